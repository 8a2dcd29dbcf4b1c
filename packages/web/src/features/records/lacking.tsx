import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { isLocked, partLabel } from '../../kinds/parts.ts';
import { t } from '../../text/t.ts';
import { Link } from '../../ui/link.tsx';
import { lackOf } from './next-step.ts';
import css from './record.module.css';

type LackingProps = { kind: KindWire; record: RecordWire; editable: boolean };

/** Where one part is filled in: on its own, where the record is shown. */
const hrefOf = ({ collection }: KindWire, { ref }: RecordWire, part: string): string =>
  `/${collection}/${ref}?${new URLSearchParams({ edit: part })}`;

/** What stands in the way of any approval, with the way to each part that would mend it; nothing where nothing does. */
export const Lacking = ({ kind, record, editable }: LackingProps) => {
  const lack = lackOf(kind, record);
  if (lack === undefined) return null;
  const parts = lack.parts.filter((part) => {
    const field = kind.fields[part];
    return field === undefined || !isLocked(field);
  });
  return (
    <div className={css.lacking}>
      <p>
        <b>{t(`approval.lacking-${kind.approving}`)}</b> {lack.says}
      </p>
      {!editable || parts.length === 0 ? null : (
        <ul className={css.lackingParts} aria-label={t('approval.lacking-parts')}>
          {parts.map((part) => (
            <li key={part}>
              <Link href={hrefOf(kind, record, part)}>{partLabel(kind, part)}</Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
