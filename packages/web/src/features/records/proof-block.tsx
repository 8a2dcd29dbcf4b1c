import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { FaultLine } from '../../proof/fault-line.tsx';
import { faultOfVersion } from '../../proof/faults.ts';
import { useRecordFaults } from '../../proof/record-faults.ts';
import { VersionProof } from '../../proof/version-proof.tsx';
import { formatNumber, t } from '../../text/t.ts';
import { FingerprintIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/link.tsx';
import css from './record.module.css';

/** That this version is in the log, in one quiet place (UX a9); loud only where it does not match (UX d, Broken proof). */
export const ProofBlock = ({ kind, record }: { kind: KindWire; record: RecordWire }) => {
  const faults = useRecordFaults(kind.collection, record);
  const fault = faultOfVersion(faults, record.version, record.version);
  const { digest, entry } = record.proof;
  const number =
    entry === null ? null : (
      <Link href={`/log?entry=${entry}`} look="quiet">
        {t('proof.entry', { n: formatNumber(entry) })}
      </Link>
    );
  return (
    <section className={css.block} aria-labelledby="proof-title">
      <h2 id="proof-title">{t('proof.title')}</h2>
      <div className={css.proof}>
        {fault === undefined ? (
          <span className={css.intact}>
            <FingerprintIcon />
            {entry === null
              ? t('proof.waiting', { n: record.version })
              : t('proof.in-log', { n: record.version })}
          </span>
        ) : (
          <FaultLine fault={fault} />
        )}
        {number}
        <VersionProof
          collection={kind.collection}
          recordRef={record.ref}
          claimed={{ record: record.id, version: record.version, digest }}
          placed={entry !== null}
        />
      </div>
    </section>
  );
};
