import { useKinds } from '../api/kinds.ts';
import { t } from '../text/t.ts';
import { BrokenProofIcon } from '../ui/icons.ts';
import { Link } from '../ui/link.tsx';
import { entryOf, type Fault, faultHref } from './faults.ts';
import { faultPlace } from './log-summary.ts';
import css from './proof.module.css';
import { shortDigests } from './short-digest.ts';

/** The register that a ref belongs to is told by its prefix; a ref of no known kind has no page. */
const useRecordHref = (ref: string | null): string | null => {
  const kinds = useKinds();
  const prefix = ref?.split('-')[0];
  const kind = kinds.all.find((known) => known.prefix === prefix);
  return ref === null || kind === undefined ? null : `/${kind.collection}/${ref}?tab=history`;
};

/** One fault of the last verification: where, what, and the ways to the entry and the record. */
export const FaultLine = ({ fault }: { fault: Fault }) => {
  const record = useRecordHref(fault.ref);
  const entry = entryOf(fault);
  return (
    <div className={css.fault}>
      <BrokenProofIcon />
      <div>
        <p className={css.faultSentence}>{shortDigests(fault.message ?? faultPlace(fault))}</p>
        <p className={css.ways}>
          {entry === null ? null : <Link href={faultHref(fault)}>{t('proof.gap-open', { n: entry })}</Link>}
          {record === null ? null : (
            <Link href={record}>{t('proof.open-history', { ref: fault.ref ?? '' })}</Link>
          )}
        </p>
      </div>
    </div>
  );
};
