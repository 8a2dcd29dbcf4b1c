import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MemberWire } from '@throughline/domain/wire.ts';
import type { MemberSessionWire } from '@throughline/domain/wire-account.ts';
import type { ResetWire } from '@throughline/domain/wire-pages.ts';
import type { WaitsWire } from '@throughline/domain/wire-proposals.ts';
import { useState } from 'react';
import { del, get, newIdempotencyKey, post } from '../../api/client.ts';
import { isWaiting, proposalsQuery } from '../../api/proposals.ts';
import { troubleOf } from '../../api/trouble.ts';
import { p } from '../../proposals/proposal-text.ts';
import { formatInstant } from '../../text/dates.ts';
import { Button } from '../../ui/button.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { RelativeTime } from '../../ui/date-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import plain from '../../ui/plain.module.css';
import { PlainRows } from '../../ui/plain-rows.tsx';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { notify } from '../../ui/toast.tsx';
import { fieldErrors } from './field-errors.ts';
import css from './settings.module.css';
import { ShownOnce } from './shown-once.tsx';
import { t } from './words.ts';

const base = (member: MemberWire) => `/api/v1/members/${member.id}`;

/** Where a member is signed in; each session can be ended. */
const Sessions = ({ member }: { member: MemberWire }) => {
  const client = useQueryClient();
  const queryKey = ['member-sessions', member.id];
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      get<{ items: readonly MemberSessionWire[] }>(`${base(member)}/sessions`, { signal }),
    staleTime: 0,
  });
  const end = useMutation({
    mutationFn: (path: string) => del(`${base(member)}/sessions${path}`),
    onSuccess: () => void client.invalidateQueries({ queryKey }),
  });
  const problem = troubleOf(error ?? end.error);
  const nameOf = ({ agent }: MemberSessionWire) => agent ?? t('account.session-unknown');
  return (
    <section aria-labelledby="member-sessions">
      <h3 id="member-sessions" className={css.heading}>
        {t('account.sessions')}
      </h3>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={2} /> : null}
      {data?.items.length === 0 ? <p className={css.explain}>{t('settings.access.no-session')}</p> : null}
      {data === undefined || data.items.length === 0 ? null : (
        <>
          <PlainRows
            label={t('account.sessions')}
            acts
            headings={[t('account.session'), t('settings.access.since'), t('account.session-seen')]}
          >
            {data.items.map((session) => (
              <tr key={session.id}>
                <th scope="row">{nameOf(session)}</th>
                <td className={plain.tight}>
                  <RelativeTime at={session.startedAt} />
                </td>
                <td className={plain.tight}>
                  <RelativeTime at={session.seenAt} />
                </td>
                <td className={plain.tight}>
                  <Button
                    aria-label={t('account.session-end-of', { agent: nameOf(session) })}
                    onClick={() => end.mutate(`/${session.id}`)}
                  >
                    {t('account.session-end')}
                  </Button>
                </td>
              </tr>
            ))}
          </PlainRows>
          <div>
            <Button size="form" busy={end.isPending} onClick={() => end.mutate('')}>
              {t('settings.access.end-all')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
};

/** A link to a new password, by mail or to hand over; no administrator ever sees a password. */
const PasswordLink = ({ member }: { member: MemberWire }) => {
  const make = useMutation({
    mutationFn: (byHand: boolean) =>
      post<ResetWire | WaitsWire>(
        `${base(member)}/password-reset${byHand ? '?byHand=true' : ''}`,
        {},
        { idempotencyKey: newIdempotencyKey() },
      ),
  });
  const zone = useTimeZone();
  const problem = troubleOf(make.error);
  const waits = isWaiting(make.data);
  const data = make.data === undefined || isWaiting(make.data) ? undefined : make.data;
  return (
    <section aria-labelledby="member-password">
      <h3 id="member-password" className={css.heading}>
        {t('account.password')}
      </h3>
      <p className={css.explain}>{t('settings.access.password-text')}</p>
      {problem === null ? null : <ErrorLine problem={problem} />}
      {waits ? <p>{p('proposal.waits')}</p> : null}
      {data?.mailed === true ? <p>{t('settings.access.mailed', { name: member.name })}</p> : null}
      {data?.mailed === false && data.link === null ? <p>{t('settings.people.link-gone')}</p> : null}
      {data?.link === undefined || data.link === null ? null : (
        <>
          <p className={css.dialogText}>
            {t('settings.access.link', {
              name: member.name,
              at: formatInstant(new Date(data.until ?? 0), zone),
            })}
          </p>
          <ShownOnce label={t('settings.access.link-label')} text={data.link} />
        </>
      )}
      <div className={css.buttons}>
        <Button size="form" busy={make.isPending} onClick={() => make.mutate(false)}>
          {t('settings.access.password-do')}
        </Button>
        {data?.mailed === true ? (
          <Button size="form" busy={make.isPending} onClick={() => make.mutate(true)}>
            {t('settings.people.by-hand')}
          </Button>
        ) : null}
      </div>
    </section>
  );
};

/** Another administrator alone opened the account: whoever did cannot say whose it is. */
const Vouch = ({ member }: { member: MemberWire }) => {
  const client = useQueryClient();
  const zone = useTimeZone();
  const vouch = useMutation({
    mutationFn: () => post(`${base(member)}/vouch`, {}, { idempotencyKey: newIdempotencyKey() }),
    onSuccess: async () => {
      notify({ text: t('settings.access.vouched', { name: member.name }) });
      await client.invalidateQueries();
    },
  });
  const { opened } = member;
  const problem = troubleOf(vouch.error);
  if (opened === undefined) return null;
  const slots = { name: member.name, by: opened.by, at: formatInstant(new Date(opened.at), zone) };
  return (
    <section aria-labelledby="member-opened">
      <h3 id="member-opened" className={css.heading}>
        {t('settings.access.opened')}
      </h3>
      <p className={css.explain}>
        {t(opened.linked ? 'settings.access.linked-text' : 'settings.access.opened-text', slots)}
      </p>
      {problem === null ? null : <ErrorLine problem={problem} />}
      <div>
        <Button
          size="form"
          busy={vouch.isPending}
          reason={opened.vouch ? undefined : t('settings.access.vouch-other')}
          reasonShown
          onClick={() => vouch.mutate()}
        >
          {t('settings.access.vouch')}
        </Button>
      </div>
    </section>
  );
};

/** How a member signs in, as far as an administrator has a hand in it. */
export const MemberAccess = ({
  member,
  onClose,
  onFactors,
}: {
  member: MemberWire;
  onClose: () => void;
  onFactors: () => void;
}) => (
  <Dialog
    opened
    size="large"
    title={t('settings.access.title', { name: member.name })}
    onClose={onClose}
    actions={
      <Button size="form" onClick={onClose}>
        {t('settings.done')}
      </Button>
    }
  >
    <div className={css.dialogParts}>
      <Vouch member={member} />
      <Sessions member={member} />
      {member.you === true ? (
        <p className={css.explain}>{t('settings.access.own')}</p>
      ) : (
        <>
          <PasswordLink member={member} />
          <section aria-labelledby="member-factors">
            <h3 id="member-factors" className={css.heading}>
              {t('account.factors')}
            </h3>
            <p className={css.explain}>{t('settings.access.factors-text')}</p>
            <div>
              <Button look="danger" size="form" onClick={onFactors}>
                {t('settings.access.factors-open')}
              </Button>
            </div>
          </section>
        </>
      )}
    </div>
  </Dialog>
);

/** Ends the second factors of a member who lost them, with the reason that the log binds. */
export const FactorsDialog = ({ member, onClose }: { member: MemberWire; onClose: () => void }) => {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const reset = useMutation({
    mutationFn: () =>
      post<WaitsWire | undefined>(
        `${base(member)}/factors-reset`,
        { reason },
        { idempotencyKey: newIdempotencyKey() },
      ),
    onSuccess: (answer) => {
      notify({
        text: isWaiting(answer)
          ? p('proposal.waits')
          : t('settings.access.factors-done', { name: member.name }),
      });
      void client.invalidateQueries({ queryKey: proposalsQuery.queryKey });
      onClose();
    },
  });
  const errors = fieldErrors(reset.error, ['reason']);
  return (
    <FormDialog
      onClose={onClose}
      title={t('settings.access.factors-title', { name: member.name })}
      submit={t('settings.access.factors-do')}
      cancel={t('settings.cancel')}
      look="danger"
      busy={reset.isPending}
      onSubmit={() => reset.mutate()}
    >
      <div className={css.dialogForm}>
        <p className={css.dialogText}>{t('settings.access.factors-what')}</p>
        <TextField
          label={t('settings.access.reason')}
          help={t('settings.access.reason-help')}
          value={reason}
          maxLength={500}
          autoFocus
          error={errors.at('reason')}
          onChange={setReason}
        />
        {errors.rest === null ? null : <ProblemBox problem={errors.rest} />}
      </div>
    </FormDialog>
  );
};
