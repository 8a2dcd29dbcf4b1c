import type { SoaEvidenceWire } from '@throughline/domain/wire-soa.ts';
import { useKinds } from '../../api/kinds.ts';
import { DateText } from '../../ui/date-text.tsx';
import { Link } from '../../ui/link.tsx';
import css from './soa.module.css';
import { w } from './words.ts';

type EvidenceLineProps = {
  evidence: SoaEvidenceWire | undefined;
  /** Where all pieces of the control stand. */
  href: string;
};

/** How much evidence still speaks for a control, to which day, and what no longer does. */
export const EvidenceLine = ({ evidence, href }: EvidenceLineProps) => {
  const kinds = useKinds();
  if (evidence === undefined) return null;
  const { current, stale, aside, newest } = evidence;
  if (current + stale + aside === 0) return <span className={css.small}>{w('soa.evidence.none')}</span>;
  const apart = [
    ...(stale === 0 ? [] : [w('soa.evidence.stale', { n: stale })]),
    ...(aside === 0 ? [] : [w('soa.evidence.aside', { n: aside })]),
  ];
  return (
    <span className={css.small}>
      <Link href={href}>{w('soa.evidence.current', { n: current })}</Link>
      {newest === null ? null : (
        <>
          {', '}
          <Link href={kinds.href(newest.record)} title={`${newest.record.ref} ${newest.record.title}`}>
            <DateText value={newest.to} before={w('soa.evidence.to')} />
          </Link>
        </>
      )}
      {apart.length === 0 ? null : <span className={css.stale}>{`; ${apart.join(', ')}`}</span>}
    </span>
  );
};
