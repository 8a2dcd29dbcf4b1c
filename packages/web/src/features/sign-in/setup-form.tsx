import { type FormEvent, useMemo, useState } from 'react';
import { troubleOf } from '../../api/trouble.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { ErrorSummary, type FieldError } from '../../ui/fields/field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { useEntrance } from './enter.ts';
import { missing, type Needed, refusedFields } from './form-errors.ts';
import css from './sign-in.module.css';

type Body = {
  token: string;
  organisation: { name: string; timeZone: string };
  person: { name: string; email: string; password: string };
};

const zones = (): readonly { value: string; label: string }[] =>
  [
    ...new Set([
      Intl.DateTimeFormat().resolvedOptions().timeZone,
      'UTC',
      ...Intl.supportedValuesOf('timeZone'),
    ]),
  ].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));

const labels = {
  organisation: 'setup.organisation-name',
  timeZone: 'setup.time-zone',
  name: 'setup.name',
  email: 'sign-in.email',
  password: 'sign-in.password',
} as const;
type Name = keyof typeof labels;
const names: readonly Name[] = ['organisation', 'timeZone', 'name', 'email', 'password'];

/** Paths of the server's refusals, to the fields of this form. */
const paths: Readonly<Record<Name, readonly string[]>> = {
  organisation: ['organisation.name'],
  timeZone: ['organisation.timeZone'],
  name: ['person.name'],
  email: ['person.email', 'email'],
  password: ['person.password', 'password'],
};

const fromServer = (refused: Needed): Needed =>
  Object.fromEntries(
    names.flatMap((name) => {
      const path = paths[name].find((entry) => refused[entry] !== undefined);
      return path === undefined ? [] : [[name, refused[path] ?? '']];
    }),
  );

/** Five fields in two groups; the time zone is the browser's until it is changed. */
export const SetupForm = ({ token }: { token: string }) => {
  const options = useMemo(zones, []);
  const [values, setValues] = useState<Record<Name, string>>({
    organisation: '',
    timeZone: options[0]?.value ?? 'UTC',
    name: '',
    email: '',
    password: '',
  });
  const [own, setOwn] = useState<Needed>({});
  const enter = useEntrance<Body>('/api/v1/setup', '/welcome');
  const problem = troubleOf(enter.error);
  const errors: Needed = { ...fromServer(refusedFields(problem)), ...own };
  const set = (name: Name) => (value: string | null) => setValues((now) => ({ ...now, [name]: value ?? '' }));
  const summary: FieldError[] = names.flatMap((name) => {
    const message = errors[name];
    return message === undefined ? [] : [{ id: `setup-${name}`, label: t(labels[name]), message }];
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = missing(values);
    setOwn(found);
    const first = names.find((name) => found[name] !== undefined);
    if (first !== undefined) {
      document.getElementById(`setup-${first}`)?.focus();
      return;
    }
    const { organisation, timeZone, name, email, password } = values;
    enter.mutate({
      token,
      organisation: { name: organisation, timeZone },
      person: { name, email, password },
    });
  };
  const field = (name: Name) => ({
    id: `setup-${name}`,
    label: t(labels[name]),
    value: values[name],
    error: errors[name],
    onChange: set(name),
  });
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      {summary.length > 0 ? <ErrorSummary errors={summary} /> : null}
      {summary.length === 0 && problem !== null ? <ErrorLine problem={problem} /> : null}
      <fieldset className={css.group}>
        <legend>{t('setup.organisation')}</legend>
        <TextField {...field('organisation')} autoComplete="organization" maxLength={200} />
        <ChoiceField {...field('timeZone')} options={options} help={t('setup.time-zone-help')} />
      </fieldset>
      <fieldset className={css.group}>
        <legend>{t('setup.person')}</legend>
        <TextField {...field('name')} help={t('setup.name-help')} maxLength={200} autoComplete="name" />
        <TextField {...field('email')} help={t('setup.email-help')} type="email" autoComplete="username" />
        <TextField
          {...field('password')}
          help={t('setup.password-help')}
          type="password"
          autoComplete="new-password"
        />
      </fieldset>
      <Button type="submit" look="primary" size="form" busy={enter.isPending}>
        {t('setup.do')}
      </Button>
    </form>
  );
};
