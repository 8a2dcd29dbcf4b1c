import { useMutation, useQuery } from '@tanstack/react-query';
import type { InvitationStateWire } from '@throughline/domain/wire-pages.ts';
import { type FormEvent, useState } from 'react';
import { post } from '../../api/client.ts';
import { troubleOf } from '../../api/trouble.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { Link } from '../../ui/link.tsx';
import { usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { BarePage } from './bare-page.tsx';
import { useEntrance } from './enter.ts';
import { missing, refusedFields } from './form-errors.ts';
import { holdInvitation, useInvitation } from './held-invitation.ts';
import { StepForm } from './second-step.tsx';
import css from './sign-in.module.css';

const Accept = ({ token, invitation }: { token: string; invitation: InvitationStateWire }) => {
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string>();
  const enter = useEntrance<{ token: string; password?: string }>('/api/v1/invitations/accept', '/');
  const problem = troubleOf(enter.error);
  const refused = refusedFields(problem).password;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (invitation.yours) {
      enter.mutate({ token });
      return;
    }
    const message = missing({ password }).password;
    setError(message);
    if (message === undefined) enter.mutate({ token, password });
    else document.getElementById('invitation-password')?.focus();
  };
  if (enter.ask !== null) return <StepForm ask={enter.ask} next="/" />;
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      {problem === null || refused !== undefined ? null : <ErrorLine problem={problem} />}
      {invitation.yours ? null : (
        <>
          {/* Password managers file the password under the address that stands beside it. */}
          <input type="hidden" autoComplete="username" value={invitation.email ?? ''} readOnly />
          <TextField
            id="invitation-password"
            label={t('sign-in.password')}
            type="password"
            autoComplete="new-password"
            help={t('setup.password-help')}
            value={password}
            error={error ?? refused}
            onChange={setPassword}
          />
        </>
      )}
      <Button type="submit" look="primary" size="form" busy={enter.isPending}>
        {t(invitation.yours ? 'invitation.join' : 'invitation.do')}
      </Button>
      {invitation.yours ? null : <SignInFirst token={token} />}
    </form>
  );
};

/** A link that was handed over takes no password where mail can show whose the address is: it is sent there first. */
const SendIt = ({ token, email }: { token: string; email: string }) => {
  const send = useMutation({ mutationFn: () => post('/api/v1/invitations/mail', { token }) });
  const problem = troubleOf(send.error);
  if (send.isSuccess) return <p className={css.sentence}>{t('invitation.sent', { email })}</p>;
  return (
    <div className={css.form}>
      {problem === null ? null : <ErrorLine problem={problem} />}
      <Button look="primary" size="form" busy={send.isPending} onClick={() => send.mutate()}>
        {t('invitation.send')}
      </Button>
      <SignInFirst token={token} />
    </div>
  );
};

const SignInFirst = ({ token }: { token: string }) => (
  <p className={css.small}>
    {t('invitation.have-one')}{' '}
    <Link href="/sign-in?next=%2Finvitation" onClick={() => holdInvitation(token)}>
      {t('invitation.sign-in')}
    </Link>
  </p>
);

/** `/invitation#token=`: a member chooses a password and is in. */
export const Page = () => {
  usePageTitle(t('invitation.title-plain'));
  const token = useInvitation();
  const { data, error, refetch } = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => post<InvitationStateWire>('/api/v1/invitations/link', { token }, { signal }),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
  const problem = troubleOf(error);
  if (token === '' || (data !== undefined && data.link !== 'usable')) {
    const link = data?.link === 'used' || data?.link === 'expired' ? data.link : 'unknown';
    return (
      <BarePage title={t(`invitation.ended.${link}`)} sentence={t('invitation.ended-text')}>
        <p className={css.sentence}>
          <Link href="/sign-in">{t('invitation.to-sign-in')}</Link>
        </p>
      </BarePage>
    );
  }
  if (data === undefined) {
    return (
      <BarePage title={t('invitation.title-plain')}>
        {problem === null ? (
          <Skeleton height={32} lines={3} />
        ) : (
          <ErrorLine problem={problem} onRetry={() => void refetch()} />
        )}
      </BarePage>
    );
  }
  const who = { name: data.name ?? '', email: data.email ?? '' };
  const sentFirst = data.byMail && !data.yours;
  const sentence = data.yours ? 'yours' : sentFirst ? 'by-mail' : 'sentence';
  return (
    <BarePage
      title={t('invitation.title', { organisation: data.organisation ?? '' })}
      sentence={t(`invitation.${sentence}`, who)}
    >
      {sentFirst ? <SendIt token={token} email={who.email} /> : <Accept token={token} invitation={data} />}
    </BarePage>
  );
};
