import type { KindWire } from '@throughline/domain/wire.ts';
import type { ImpactKnownWire, ImpactSheetWire } from '@throughline/domain/wire-impact.ts';
import { useKinds } from '../../api/kinds.ts';
import { useMemberNames } from '../../api/members.ts';
import { valueText } from '../../kinds/parts.ts';
import { Button } from '../../ui/button.tsx';
import { RefLink } from '../../ui/link.tsx';
import css from './impact.module.css';
import { rowsIn } from './impact-state.ts';
import { Refs } from './refs.tsx';
import { w } from './words.ts';

type Side = {
  kind: KindWire;
  sheet: ImpactSheetWire;
  fields: readonly string[];
  dimension: string | undefined;
  reason: string | undefined;
  onUse: (known: ImpactKnownWire) => void;
};

const KnownOne = ({ known, props }: { known: ImpactKnownWire; props: Side }) => {
  const names = useMemberNames();
  const field = props.kind.fields[known.field];
  if (field === undefined) return null;
  const said = JSON.stringify(props.sheet.fields[known.field] ?? null) === JSON.stringify(known.value);
  return (
    <li className={css.known}>
      <p className={css.knownHead}>
        {w('impact.known-says', { label: field.label })} <Refs of={known.from} />
      </p>
      <p className={css.knownText}>{valueText(field, known.value, names, '\n')}</p>
      {said ? null : (
        <Button reason={props.reason} onClick={() => props.onUse(known)}>
          {w('impact.use')}
        </Button>
      )}
    </li>
  );
};

/** What other records say on this part, to be taken over by a person. */
const Known = (props: Side) => {
  const known = props.sheet.known.filter(({ field }) => props.fields.includes(field));
  if (props.dimension !== undefined) return null;
  return (
    <section aria-labelledby="impact-known">
      <h2 id="impact-known">{w('impact.known')}</h2>
      {known.length === 0 ? <p className={css.quiet}>{w('impact.known-none')}</p> : null}
      <ul className={css.list}>
        {known.map((one) => (
          <KnownOne key={one.field} known={one} props={props} />
        ))}
      </ul>
    </section>
  );
};

/** What was said of this dimension when it was approved last. */
const LastTime = ({ kind, sheet, dimension }: Side) => {
  const names = useMemberNames();
  const effects = kind.fields.effects;
  const last = sheet.lastTime;
  if (last === null || dimension === undefined || effects === undefined) return null;
  const rows = rowsIn({ effects: last.effects }).filter((row) => row.dimension === dimension);
  return (
    <section aria-labelledby="impact-last">
      <h2 id="impact-last">{w('impact.last-time', { n: last.version })}</h2>
      <p className={css.knownText}>
        {rows.length === 0 ? w('impact.last-time-none') : valueText(effects, rows, names, '\n')}
      </p>
    </section>
  );
};

/** Which method is followed, and how its version stands. */
const Method = ({ sheet, reason, onTake }: Side & { onTake: () => void }) => {
  const kinds = useKinds();
  const { document, says, offered } = sheet.method;
  return (
    <section aria-labelledby="impact-method">
      <h2 id="impact-method">{w('impact.method')}</h2>
      <p>
        {document === null ? null : (
          <>
            <RefLink refText={document.ref} href={kinds.href(document)} /> {document.title}.{' '}
          </>
        )}
        {says}
      </p>
      {offered === null ? null : (
        <Button reason={reason} onClick={onTake}>
          {w('impact.take-method', { ref: offered.document.ref, n: offered.version })}
        </Button>
      )}
    </section>
  );
};

/** Beside the part: what is known, what was said last time, and the method. */
export const SidePanel = (props: Side & { onTake: () => void }) => (
  <aside className={css.aside}>
    <Known {...props} />
    <LastTime {...props} />
    <Method {...props} />
  </aside>
);
