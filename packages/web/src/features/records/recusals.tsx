import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { newIdempotencyKey, post } from '../../api/client.ts';
import type { Names } from '../../api/members.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { dayIn, formatDay } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { LongTextField } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { notify } from '../../ui/toast.tsx';
import css from './record.module.css';

const shortest = 10;

const StandBackDialog = ({
  kind,
  record,
  onClose,
}: {
  kind: KindWire;
  record: RecordWire;
  onClose: () => void;
}) => {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [key] = useState(newIdempotencyKey);
  const save = useMutation({
    mutationFn: () =>
      post(
        `/api/v1/${kind.collection}/${record.ref}/recusals`,
        { reason: reason.trim() },
        { idempotencyKey: key },
      ),
    onSuccess: async () => {
      notify({ text: t('recusal.done', { ref: record.ref }) });
      await client.invalidateQueries();
      onClose();
    },
  });
  const problem = troubleOf(save.error);
  return (
    <FormDialog
      onClose={onClose}
      title={t('recusal.title', { ref: record.ref })}
      submit={t('recusal.do')}
      cancel={t('recusal.keep')}
      look="danger"
      busy={save.isPending}
      {...(reason.trim().length < shortest ? { reason: t('waiver.reason-needed') } : {})}
      onSubmit={() => save.mutate()}
    >
      <div className={css.stack}>
        <p>{t('recusal.text', { ref: record.ref })}</p>
        <LongTextField
          label={t('recusal.reason')}
          help={t('recusal.reason-help')}
          value={reason}
          maxLength={2000}
          onChange={setReason}
        />
        {problem === null ? null : <ErrorLine problem={problem} />}
      </div>
    </FormDialog>
  );
};

/** Who stood back from the record or from its system, and the way to stand back (DESIGN 7). */
export const Recusals = ({ kind, record, names }: { kind: KindWire; record: RecordWire; names: Names }) => {
  const zone = useTimeZone();
  const me = useSession()?.member?.id;
  const [asked, setAsked] = useState(false);
  const recusals = record.recusals ?? [];
  const concerned = kind.approvable || ['system', 'audit', 'walk', 'control-test'].includes(kind.name);
  const open =
    concerned &&
    me !== undefined &&
    record.asOf === undefined &&
    !recusals.some((one) => one.member === me && one.record === record.id);
  if (recusals.length === 0 && !open) return null;
  return (
    <section className={css.block} aria-labelledby="recusal-title">
      <h2 id="recusal-title">{t('recusal.heading')}</h2>
      {recusals.map(({ record: about, member, reason, at }) => (
        <p key={`${about} ${member}`} className={css.quiet}>
          {t(about === record.id ? 'recusal.stood' : 'recusal.stood-system', {
            who: record.members[member] ?? names[member] ?? t('record.fact.someone'),
            when: formatDay(dayIn(new Date(at), zone)),
            reason: reason ?? t('recusal.gone'),
          })}
        </p>
      ))}
      {open ? (
        <div className={css.buttons}>
          <Button onClick={() => setAsked(true)}>{t('recusal.ask')}</Button>
        </div>
      ) : null}
      {asked ? <StandBackDialog kind={kind} record={record} onClose={() => setAsked(false)} /> : null}
    </section>
  );
};
