import { t } from '../text/t.ts';
import { BrokenProofIcon } from '../ui/icons.ts';
import { Link } from '../ui/link.tsx';
import { type Fault, faultHref } from './faults.ts';
import css from './proof.module.css';

/** A name that carries the split fingerprint and its words: in a list, whose row leads to the record. */
export const BrokenName = ({ children }: { children: string }) => (
  <span className={css.name}>
    <span className={css.text}>{children}</span>
    <span className={css.broken}>
      <BrokenProofIcon />
      {t('proof.broken')}
    </span>
  </span>
);

/** The split fingerprint with its words; it leads to the entry (UX d, Broken proof). */
export const BrokenMark = ({ fault }: { fault: Fault }) => (
  <Link href={faultHref(fault)} look="plain" className={css.broken}>
    <BrokenProofIcon />
    {t('proof.broken')}
  </Link>
);
