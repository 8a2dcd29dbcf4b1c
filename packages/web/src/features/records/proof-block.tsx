import type { RecordWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { formatNumber, t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { FingerprintIcon } from '../../ui/icons.ts';
import css from './record.module.css';

/** A digest as people compare it: four groups of four, then the last four figures. */
export const shortDigest = (digest: string): string => {
  const groups = digest.slice(0, 16).match(/.{1,4}/g) ?? [];
  return digest.length <= 20 ? groups.join(' ') : `${groups.join(' ')} … ${digest.slice(-4)}`;
};

/** That this version is in the log, in one quiet place (UX a9). */
export const ProofBlock = ({ record }: { record: RecordWire }) => {
  const [whole, setWhole] = useState(false);
  const { digest, entry } = record.proof;
  return (
    <section className={css.block} aria-labelledby="proof-title">
      <h2 id="proof-title">{t('proof.title')}</h2>
      <div className={css.proof}>
        <span className={css.intact}>
          <FingerprintIcon />
          {entry === null
            ? t('proof.waiting', { n: record.version })
            : t('proof.in-log', { n: record.version })}
        </span>
        {entry === null ? null : <span>{t('proof.entry', { n: formatNumber(entry) })}</span>}
        <span className={css.digest} title={t('proof.digest')}>
          {whole ? digest : shortDigest(digest)}
        </span>
        <span>
          <Button look="ghost" className={css.flush} aria-expanded={whole} onClick={() => setWhole(!whole)}>
            {whole ? t('proof.hide') : t('proof.show')}
          </Button>
        </span>
      </div>
    </section>
  );
};
