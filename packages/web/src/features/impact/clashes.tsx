import type { Json } from '@throughline/domain/json.ts';
import type { KindWire } from '@throughline/domain/wire.ts';
import { useMemberNames } from '../../api/members.ts';
import { valueText } from '../../kinds/parts.ts';
import { Button } from '../../ui/button.tsx';
import css from './impact.module.css';
import type { Clash } from './use-sheet.ts';
import { w } from './words.ts';

const useSaid = (kind: KindWire) => {
  const names = useMemberNames();
  return (at: string, value: Json): string => {
    const [where, name = '', cell] = at.split('.');
    const field = kind.fields[where === 'fields' ? name : 'effects'];
    if (field === undefined || value === null) return w('impact.empty');
    const column = field.type === 'rows' && cell !== undefined ? field.columns[cell] : undefined;
    if (column !== undefined) return valueText(column, value, names, '\n');
    return valueText(field, where === 'effects' ? [value] : value, names, '\n');
  };
};

const placeOf = (kind: KindWire, at: string): string => {
  const [where, name = '', cell] = at.split('.');
  if (where === 'fields') return kind.fields[name]?.label ?? name;
  const effects = kind.fields.effects;
  const column = effects?.type === 'rows' && cell !== undefined ? effects.columns[cell]?.label : undefined;
  return [w('impact.effect', { n: name }), column].filter((part) => part !== undefined).join(', ');
};

/** Where two people wrote the same place otherwise: both texts side by side, and one of them is chosen. */
export const Clashes = ({
  kind,
  clashes,
  onChoose,
}: {
  kind: KindWire;
  clashes: readonly Clash[];
  onChoose: (at: string, mine: boolean) => void;
}) => {
  const said = useSaid(kind);
  if (clashes.length === 0) return null;
  return (
    <section role="alert" className={css.clashes} aria-labelledby="impact-clash">
      <h2 id="impact-clash">{w('impact.clash')}</h2>
      <p>{w('impact.clash-text')}</p>
      {clashes.map(({ at, theirs, mine }) => (
        <div key={at} className={css.clash}>
          <h3>{placeOf(kind, at)}</h3>
          <div className={css.sides}>
            <div>
              <b>{w('impact.theirs')}</b>
              <p className={css.knownText}>{said(at, theirs)}</p>
              <Button onClick={() => onChoose(at, false)}>{w('impact.keep-theirs')}</Button>
            </div>
            <div>
              <b>{w('impact.yours')}</b>
              <p className={css.knownText}>{said(at, mine)}</p>
              <Button onClick={() => onChoose(at, true)}>{w('impact.use-yours')}</Button>
            </div>
          </div>
        </div>
      ))}
    </section>
  );
};
