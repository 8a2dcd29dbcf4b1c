import { useState } from 'react';
import { newIdempotencyKey } from '../api/client.ts';
import { useKinds } from '../api/kinds.ts';
import { troubleOf } from '../api/trouble.ts';
import { refusal } from '../kinds/roles.ts';
import { shortDigest } from '../proof/short-digest.ts';
import { t } from '../text/t.ts';
import { FormDialog } from '../ui/form-dialog.tsx';
import { Link } from '../ui/link.tsx';
import { ErrorLine } from '../ui/problem.tsx';
import { notify } from '../ui/toast.tsx';
import css from './dialogs.module.css';
import { SinceApproved } from './since-approved.tsx';
import { Unlimited } from './unlimited.tsx';
import { useRecord, useRecordChange } from './use-record.ts';

/** Approval of exactly the version that is shown, by its digest (UX f 19). */
export const ApproveDialog = ({ record, onClose }: { record: string; onClose: () => void }) => {
  const kinds = useKinds();
  const { path, query } = useRecord(record);
  const [key] = useState(newIdempotencyKey);
  const found = query.data?.body;
  const kind = kinds.byName(found?.kind ?? '');
  const version = found?.version ?? 0;
  const change = useRecordChange(path, query.data?.etag, () => {
    notify({ text: t('action.approve.done', { ref: record, version }) });
    onClose();
  });
  const problem = troubleOf(change.error ?? query.error);
  const ability = found?.abilities.approve;
  const approve = (): void => {
    if (found === undefined) return;
    const body = { act: 'approve', version: found.version, digest: found.proof.digest };
    change.mutate({ part: 'approvals', body, key });
  };
  return (
    <FormDialog
      onClose={onClose}
      size="medium"
      title={t('action.approve.title', { ref: record })}
      submit={t('action.approve.do', { version })}
      cancel={t('action.step.keep')}
      busy={change.isPending || found === undefined}
      reason={ability === undefined ? undefined : refusal(ability)}
      onSubmit={approve}
    >
      <p className={css.text}>
        <b>{found?.title ?? record}</b>{' '}
        {found === undefined ? null : <Link href={kinds.href(found)}>{t('action.approve.read')}</Link>}
      </p>
      <p className={css.text}>{t('action.approve.text', { ref: record, version })}</p>
      {found === undefined || kind === undefined ? null : <SinceApproved kind={kind} record={found} />}
      <Unlimited unlimited={found?.approval?.unlimited} />
      <p className={css.digest}>
        {t('action.approve.digest')} <code>{found === undefined ? '' : shortDigest(found.proof.digest)}</code>
      </p>
      {problem === null ? null : <ErrorLine problem={problem} />}
    </FormDialog>
  );
};
