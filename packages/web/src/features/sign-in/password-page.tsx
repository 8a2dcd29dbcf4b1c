import { useMutation, useQuery } from '@tanstack/react-query';
import type { StepWire } from '@throughline/domain/wire-account.ts';
import type { ResetStateWire, SetupWire } from '@throughline/domain/wire-pages.ts';
import type { MeWire } from '@throughline/domain/wire-session.ts';
import { type FormEvent, useState } from 'react';
import { isStep } from '../../api/account.ts';
import { get, post } from '../../api/client.ts';
import { troubleOf } from '../../api/trouble.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { Link } from '../../ui/link.tsx';
import { useLinkSecret, usePageTitle, useSearchState } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { BarePage } from './bare-page.tsx';
import { useArrival } from './enter.ts';
import { FactorForm } from './factor-form.tsx';
import { missing, refusedFields } from './form-errors.ts';
import css from './sign-in.module.css';

const ToSignIn = () => (
  <p className={css.small}>
    <Link href="/sign-in">{t('invitation.to-sign-in')}</Link>
  </p>
);

/** Asks for a link; what is said afterwards is the same whoever has the address. */
const AskForm = ({ start }: { start: string }) => {
  const [email, setEmail] = useState(start);
  const [error, setError] = useState<string>();
  const ask = useMutation({ mutationFn: () => post('/api/v1/password-resets', { email }) });
  const problem = troubleOf(ask.error);
  const refused = refusedFields(problem).email;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = missing({ email });
    setError(found.email);
    if (found.email === undefined) ask.mutate();
    else document.getElementById('password-email')?.focus();
  };
  if (ask.isSuccess) {
    return (
      <BarePage title={t('password.asked')} sentence={t('password.asked-text', { email })}>
        <ToSignIn />
      </BarePage>
    );
  }
  return (
    <BarePage title={t('password.lost')} sentence={t('password.lost-text')}>
      <form className={css.form} onSubmit={submit} noValidate>
        {problem === null || refused !== undefined ? null : <ErrorLine problem={problem} />}
        <TextField
          id="password-email"
          label={t('sign-in.email')}
          type="email"
          autoComplete="username"
          value={email}
          error={error ?? refused}
          onChange={setEmail}
        />
        <Button type="submit" look="primary" size="form" busy={ask.isPending}>
          {t('password.ask')}
        </Button>
      </form>
      <ToSignIn />
    </BarePage>
  );
};

/** Without a mail server nothing is asked for here: the page says who helps. */
const Ask = ({ start }: { start: string }) => {
  const { data, error, refetch } = useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }) => get<SetupWire>('/api/v1/setup', { signal }),
  });
  const problem = troubleOf(error);
  if (data?.mail === true) return <AskForm start={start} />;
  return (
    <BarePage title={t('password.lost')} sentence={data === undefined ? '' : t('password.no-mail')}>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined && problem === null ? <Skeleton height={32} lines={2} /> : null}
      <ToSignIn />
    </BarePage>
  );
};

const Choose = ({ token, email }: { token: string; email: string }) => {
  const arrive = useArrival('/');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string>();
  const [ask, setAsk] = useState<StepWire | null>(null);
  const send = (more: object) =>
    post<MeWire | StepWire>('/api/v1/password-resets/use', { token, password, ...more });
  const set = useMutation({
    mutationFn: () => send({}),
    onSuccess: (answer) => (isStep(answer) ? setAsk(answer) : arrive(answer)),
  });
  const problem = troubleOf(set.error);
  const refused = refusedFields(problem).password;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = missing({ password });
    setError(found.password);
    if (found.password === undefined) set.mutate();
    else document.getElementById('password-new')?.focus();
  };
  if (ask !== null) {
    return (
      <>
        <p className={css.sentence}>{t('password.factor')}</p>
        <FactorForm
          methods={ask.methods}
          passkey={ask.passkey}
          submit={t('password.do')}
          onShown={async (shown) => {
            const answer = await send({ step: ask.step, ...shown });
            if (isStep(answer)) setAsk(answer);
            else arrive(answer);
          }}
        />
      </>
    );
  }
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      {problem === null || refused !== undefined ? null : <ErrorLine problem={problem} />}
      {/* Password managers file the password under the address that stands beside it. */}
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <TextField
        id="password-new"
        label={t('account.password-next')}
        type="password"
        autoComplete="new-password"
        help={t('setup.password-help')}
        value={password}
        error={error ?? refused}
        onChange={setPassword}
      />
      <Button type="submit" look="primary" size="form" busy={set.isPending}>
        {t('password.do')}
      </Button>
    </form>
  );
};

const ByLink = ({ token }: { token: string }) => {
  const { data, error, refetch } = useQuery({
    queryKey: ['password-reset', token],
    queryFn: ({ signal }) => post<ResetStateWire>('/api/v1/password-resets/link', { token }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const problem = troubleOf(error);
  if (data === undefined) {
    return (
      <BarePage title={t('password.title')}>
        {problem === null ? (
          <Skeleton height={32} lines={3} />
        ) : (
          <ErrorLine problem={problem} onRetry={() => void refetch()} />
        )}
      </BarePage>
    );
  }
  if (data.link !== 'usable') {
    return (
      <BarePage title={t(`password.ended.${data.link}`)} sentence={t('password.ended-text')}>
        <p className={css.sentence}>
          <Link href="/password">{t('password.again')}</Link>
        </p>
        <ToSignIn />
      </BarePage>
    );
  }
  const who = { email: data.email ?? '' };
  return (
    <BarePage
      title={t('password.title')}
      sentence={t(data.secondFactor ? 'password.sentence-factor' : 'password.sentence', who)}
    >
      <Choose token={token} email={who.email} />
    </BarePage>
  );
};

/** `/password`: asks for a link where a password is lost; `/password#token=`: sets a new one by it. */
export const Page = () => {
  usePageTitle(t('password.title'));
  const [search] = useSearchState();
  const token = useLinkSecret();
  return token === '' ? <Ask start={search.email ?? ''} /> : <ByLink token={token} />;
};
