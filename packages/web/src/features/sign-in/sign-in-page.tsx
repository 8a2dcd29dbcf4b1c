import { useQuery } from '@tanstack/react-query';
import type { SetupWire } from '@throughline/domain/wire-pages.ts';
import { type FormEvent, useState } from 'react';
import { get } from '../../api/client.ts';
import { troubleOf } from '../../api/trouble.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { Link } from '../../ui/link.tsx';
import { usePageTitle, usePath, useSearchState } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { BarePage } from './bare-page.tsx';
import { safeNext, useEntrance } from './enter.ts';
import { missing, type Needed } from './form-errors.ts';
import { ProviderEntrance } from './provider-entrance.tsx';
import { PasskeyEntrance, SecondStep } from './second-step.tsx';
import css from './sign-in.module.css';

/** `/sign-in`, also with an organisation's address behind it: a form, and where the server is new, the way to set it up. */
export const Page = () => {
  usePageTitle(t('sign-in.title'));
  const [search] = useSearchState();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<Needed>({});
  const setup = useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }) => get<SetupWire>('/api/v1/setup', { signal }),
  });
  const next = safeNext(search.next);
  const address = /^\/sign-in\/([a-z0-9-]{1,60})$/.exec(usePath())?.[1];
  const enter = useEntrance<{ email: string; password: string }>('/api/v1/session', next);
  const problem = troubleOf(enter.error);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // A password of another server's rules may be shorter than ours: only its presence is asked for here.
    const found = missing({ email, secret: password });
    setErrors(found);
    const first = Object.keys(found)[0];
    if (first !== undefined) document.getElementById(`sign-in-${first}`)?.focus();
    else enter.mutate({ email, password });
  };
  if (setup.data?.needed === true) {
    return (
      <BarePage title={t('sign-in.first')}>
        <p className={css.sentence}>{t('sign-in.first-text')}</p>
      </BarePage>
    );
  }
  if (enter.ask !== null) return <SecondStep ask={enter.ask} next={next} onAgain={enter.again} />;
  return (
    <BarePage title={t('sign-in.title')}>
      <form className={css.form} onSubmit={submit} noValidate>
        {problem === null ? null : <ErrorLine problem={problem} />}
        <TextField
          id="sign-in-email"
          label={t('sign-in.email')}
          type="email"
          autoComplete="username"
          value={email}
          error={errors.email}
          onChange={setEmail}
        />
        <TextField
          id="sign-in-secret"
          label={t('sign-in.password')}
          type="password"
          autoComplete="current-password"
          value={password}
          error={errors.secret}
          onChange={setPassword}
        />
        <Button type="submit" look="primary" size="form" busy={enter.isPending}>
          {t('sign-in.do')}
        </Button>
      </form>
      <ProviderEntrance
        next={next}
        email={email}
        address={address}
        onNoEmail={() => {
          setErrors({ email: t('provider.find-help') });
          document.getElementById('sign-in-email')?.focus();
        }}
      />
      <PasskeyEntrance next={next} />
      <p className={css.small}>
        <Link href={email === '' ? '/password' : `/password?email=${encodeURIComponent(email)}`}>
          {t('sign-in.lost')}
        </Link>
      </p>
    </BarePage>
  );
};
