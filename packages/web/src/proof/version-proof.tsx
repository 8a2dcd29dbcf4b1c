import type { VersionProofWire } from '@throughline/domain/wire-log.ts';
import { useState } from 'react';
import { get } from '../api/client.ts';
import { forThisOrganisation } from '../api/organisation.ts';
import { t } from '../text/t.ts';
import { Button } from '../ui/button.tsx';
import { DownloadIcon } from '../ui/icons.ts';
import { Link } from '../ui/link.tsx';
import type { ClaimedVersion } from './check.ts';
import { CheckHere } from './check-here.tsx';
import css from './version-proof.module.css';

type VersionProofProps = {
  collection: string;
  recordRef: string;
  /** What the page shows of the version: the proof has to be about exactly this. */
  claimed: ClaimedVersion;
  /** It has a place in the log: before that there is nothing to check. */
  placed: boolean;
};

/** Digest on request, the check in this browser, and the proof as a file. */
export const VersionProof = ({ collection, recordRef, claimed, placed }: VersionProofProps) => {
  const [whole, setWhole] = useState(false);
  const path = `/api/v1/${collection}/${recordRef}/versions/${claimed.version}/proof`;
  const digest = (
    <Button look="ghost" flush aria-expanded={whole} onClick={() => setWhole(!whole)}>
      {whole ? t('proof.hide') : t('proof.show')}
    </Button>
  );
  return (
    <div className={css.proof}>
      {placed ? (
        <CheckHere ask={async () => ({ type: 'version', proof: await get<VersionProofWire>(path), claimed })}>
          {digest}
          <Link href={forThisOrganisation(`${path}.tlog-proof`)} className={css.download} download="">
            <DownloadIcon size={14} /> {t('proof.download')}
          </Link>
        </CheckHere>
      ) : (
        <span>{digest}</span>
      )}
      {whole ? (
        <code className={css.digest} title={t('proof.digest')}>
          {claimed.digest}
        </code>
      ) : null}
    </div>
  );
};
