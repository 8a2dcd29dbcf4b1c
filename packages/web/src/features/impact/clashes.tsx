import { useQuery } from '@tanstack/react-query';
import type { Json } from '@throughline/domain/json.ts';
import type { KindWire } from '@throughline/domain/wire.ts';
import { useMemberNames } from '../../api/members.ts';
import { readHistory } from '../../api/records.ts';
import { valueText } from '../../kinds/parts.ts';
import { Button } from '../../ui/button.tsx';
import { type Clash, dimensionOf, writerOf } from './clash-state.ts';
import css from './impact.module.css';
import type { Row } from './impact-state.ts';
import { w } from './words.ts';

/** What the fields of a part are handed to show the places that two people wrote, each where it stands. */
export type ClashProps = {
  readonly clashes: readonly Clash[];
  /** Who wrote the other text, in words. */
  readonly writer: (at: string) => string;
  readonly said: (at: string, value: Json) => string;
  readonly onChoose: (at: string, mine: boolean) => void;
};

/** Values of a place in words. */
export const useSaid = (kind: KindWire) => {
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

/** Who wrote what stands at a place, from the versions since writing began; asked for only where two people wrote. */
export const useWriters = (
  kind: KindWire,
  { ref, since, now, any }: { ref: string; since: number; now: number; any: boolean },
) => {
  const { data } = useQuery({
    queryKey: ['impact-writers', ref, since, now],
    queryFn: ({ signal }) => readHistory(kind.collection, ref, undefined, signal),
    enabled: any,
  });
  return (at: string): string => writerOf(data?.items ?? [], since, at)?.byName ?? w('impact.clash-somebody');
};

const placeOf = (kind: KindWire, at: string): string => {
  const [where, name = '', cell] = at.split('.');
  if (where === 'fields') return kind.fields[name]?.label ?? name;
  const effects = kind.fields.effects;
  const column = effects?.type === 'rows' && cell !== undefined ? effects.columns[cell]?.label : undefined;
  return [w('impact.effect', { n: name }), column].filter((part) => part !== undefined).join(', ');
};

/** The part in which a clash is shown. */
export const clashPart = (
  clash: Clash,
  rows: readonly Row[],
  parts: readonly { id: string; fields: readonly string[] }[],
): string | undefined => {
  const dimension = dimensionOf(clash, rows);
  if (dimension !== null) return dimension;
  const [, name = ''] = clash.at.split('.');
  return parts.find(({ fields }) => fields.includes(name))?.id;
};

/** At the place itself: who wrote the other text, both texts, and the choice. Writing on in the field is a third answer. */
export const ClashAt = ({ at, props }: { at: string; props: ClashProps }) => {
  const clash = props.clashes.find((one) => one.at === at);
  if (clash === undefined) return null;
  const { writer, said, onChoose } = props;
  const who = writer(at);
  return (
    <section className={css.clash} aria-label={w('impact.clash-who', { who })}>
      <div className={css.sides}>
        <div>
          <h3>{w('impact.clash-who', { who })}</h3>
          <p className={css.knownText}>{said(at, clash.theirs)}</p>
          <Button size="form" onClick={() => onChoose(at, false)}>
            {w('impact.take-theirs')}
          </Button>
        </div>
        <div>
          <h3>{w('impact.clash-mine')}</h3>
          <p className={css.knownText}>{said(at, clash.mine)}</p>
          <Button size="form" onClick={() => onChoose(at, true)}>
            {w('impact.keep-mine')}
          </Button>
        </div>
      </div>
    </section>
  );
};

/** Above the parts: how many places wait for a choice, and the way to each. */
export const ClashList = ({
  kind,
  clashes,
  onGo,
}: {
  kind: KindWire;
  clashes: readonly Clash[];
  onGo: (clash: Clash) => void;
}) =>
  clashes.length === 0 ? null : (
    <section role="alert" className={css.notice} aria-labelledby="impact-clash">
      <h2 id="impact-clash">{w('impact.clash')}</h2>
      <p>{w('impact.clash-text', { n: clashes.length })}</p>
      <p className={css.places}>
        {clashes.map((clash) => (
          <button key={clash.at} type="button" className={css.link} onClick={() => onGo(clash)}>
            {placeOf(kind, clash.at)}
          </button>
        ))}
      </p>
    </section>
  );
