import { useMutation } from '@tanstack/react-query';
import { mostOfAddress, rolesForNew } from '@throughline/domain/provider.ts';
import type { SignInProviderWire } from '@throughline/domain/wire-provider.ts';
import { type FormEvent, useState } from 'react';
import { saveProvider } from '../../api/provider.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { ChoicesField } from '../../ui/fields/choices-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { bodyOf, draftOf } from './provider-draft.ts';
import { ProviderGroups, type ProviderPartProps } from './provider-groups.tsx';
import { ProviderTest } from './provider-test.tsx';
import { isRole, roleOptions } from './roles.ts';
import css from './settings.module.css';
import { ShownOnce } from './shown-once.tsx';
import { t } from './words.ts';

type Secret = NonNullable<SignInProviderWire['provider']>['secret'];

const Connection = ({ draft, refused, onChange, secret }: ProviderPartProps & { secret: Secret }) => (
  <section className={css.form} aria-labelledby="provider-connection">
    <h2 id="provider-connection" className={css.heading}>
      {t('provider.connection')}
    </h2>
    <TextField
      label={t('provider.issuer')}
      help={t('provider.issuer-help')}
      type="url"
      value={draft.issuer}
      error={refused.issuer}
      maxLength={300}
      onChange={(issuer) => onChange({ ...draft, issuer })}
    />
    <ProviderTest issuer={draft.issuer} />
    <TextField
      label={t('provider.client')}
      value={draft.clientId}
      error={refused.clientId}
      maxLength={300}
      onChange={(clientId) => onChange({ ...draft, clientId })}
    />
    <TextField
      label={t('provider.secret')}
      help={t(`provider.secret-${secret}`)}
      type="password"
      autoComplete="new-password"
      value={draft.secret}
      error={refused.secret}
      maxLength={2000}
      onChange={(typed) => onChange({ ...draft, secret: typed })}
    />
    <TextField
      label={t('provider.scopes')}
      help={t('provider.scopes-help')}
      value={draft.scopes}
      error={refused.scopes}
      onChange={(scopes) => onChange({ ...draft, scopes })}
    />
  </section>
);

/** `standing`: the whole address where people sign in now. */
const Door = ({
  draft,
  refused,
  onChange,
  standing,
}: ProviderPartProps & { standing: string | undefined }) => (
  <section className={css.form} aria-labelledby="provider-door">
    <h2 id="provider-door" className={css.heading}>
      {t('provider.door')}
    </h2>
    <Checkbox
      label={t('provider.offered')}
      checked={draft.offered}
      onChange={(offered) => onChange({ ...draft, offered })}
    />
    <TextField
      label={t('provider.text')}
      value={draft.text}
      error={refused.text}
      maxLength={60}
      onChange={(text) => onChange({ ...draft, text })}
    />
    <Checkbox
      label={t('provider.listed')}
      checked={draft.listed}
      onChange={(listed) => onChange({ ...draft, listed })}
    />
    <TextField
      label={t('provider.address')}
      help={t('provider.address-help')}
      value={draft.address}
      error={refused.address}
      maxLength={mostOfAddress}
      onChange={(address) => onChange({ ...draft, address })}
    />
    {standing === undefined ? null : (
      <>
        <p className={css.explain}>{t('provider.address-whole-help')}</p>
        <ShownOnce label={t('provider.address-whole')} text={standing} />
      </>
    )}
  </section>
);

/** Mail domains that lead here: told, as whoever operates the server says them, with the command that does. */
const Leads = ({ domains }: { domains: readonly string[] }) => {
  const organisation = useSession()?.organisation;
  return (
    <section className={css.form} aria-labelledby="provider-leads">
      <h2 id="provider-leads" className={css.heading}>
        {t('provider.leads')}
      </h2>
      <p>{domains.length === 0 ? t('provider.leads-none') : domains.join(', ')}</p>
      <p className={css.explain}>{t('provider.leads-help')}</p>
      <ShownOnce
        label={t('provider.leads-command')}
        text={`npx throughline organisation domain add ${organisation?.slug ?? organisation?.id} example.org`}
      />
    </section>
  );
};

const Who = ({ draft, refused, onChange }: ProviderPartProps) => (
  <section className={css.form} aria-labelledby="provider-who">
    <h2 id="provider-who" className={css.heading}>
      {t('provider.who')}
    </h2>
    <TextField
      label={t('provider.domains')}
      help={t('provider.domains-help')}
      value={draft.domains}
      error={refused.domains}
      onChange={(domains) => onChange({ ...draft, domains })}
    />
    <ChoiceField
      label={t('provider.new-members')}
      value={draft.newMembers}
      options={(['invited', 'anyone'] as const).map((value) => ({
        value,
        label: t(`provider.new.${value}`),
      }))}
      error={refused.newMembers}
      onChange={(next) => onChange({ ...draft, newMembers: next === 'anyone' ? 'anyone' : 'invited' })}
    />
    {draft.newMembers === 'anyone' ? (
      <ChoicesField
        label={t('provider.new-roles')}
        help={t('provider.new-roles-help')}
        value={draft.newRoles}
        options={roleOptions().filter(({ value }) => isRole(value) && rolesForNew(value))}
        error={refused.newRoles}
        onChange={(next) => onChange({ ...draft, newRoles: next.filter(isRole) })}
      />
    ) : null}
    <div>
      <Checkbox
        label={t('provider.links')}
        checked={draft.linksByMail}
        onChange={(linksByMail) => onChange({ ...draft, linksByMail })}
      />
      <p className={css.explain}>{t('provider.links-help')}</p>
    </div>
  </section>
);

const Worth = ({ draft, refused, onChange }: ProviderPartProps) => (
  <section className={css.form} aria-labelledby="provider-worth">
    <h2 id="provider-worth" className={css.heading}>
      {t('provider.worth')}
    </h2>
    <ChoiceField
      label={t('provider.own')}
      help={t('provider.own-help')}
      value={draft.ownSignIn}
      options={(['everyone', 'administrators'] as const).map((value) => ({
        value,
        label: t(`provider.own.${value}`),
      }))}
      error={refused.ownSignIn}
      onChange={(next) =>
        onChange({ ...draft, ownSignIn: next === 'administrators' ? 'administrators' : 'everyone' })
      }
    />
    <TextField
      label={t('provider.factor')}
      help={t('provider.factor-help')}
      value={draft.factorValues}
      error={refused.factorValues}
      onChange={(factorValues) => onChange({ ...draft, factorValues })}
    />
    <Checkbox
      label={t('provider.presence')}
      checked={draft.provesPresence}
      onChange={(provesPresence) => onChange({ ...draft, provesPresence })}
    />
  </section>
);

/** Refusals by field; of an entry of a list by the list, which is one field here, but for groups. */
const byField = (errors: readonly { at: string; message: string }[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    errors.map(({ at, message }) => [at.startsWith('groups.') ? at : (at.split('.')[0] ?? at), message]),
  );

/** All of how people sign in, saved at once. */
export const ProviderForm = ({
  known,
  onSaved,
}: {
  known: SignInProviderWire;
  onSaved: (now: SignInProviderWire) => void;
}) => {
  const [draft, setDraft] = useState(() => draftOf(known.provider));
  const save = useMutation({
    mutationFn: () => saveProvider(bodyOf(draft)),
    onSuccess: (now) => {
      setDraft(draftOf(now.provider));
      onSaved(now);
    },
  });
  const problem = troubleOf(save.error);
  const part = { draft, refused: byField(problem?.errors ?? []), onChange: setDraft };
  const address = known.provider?.address;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className={css.parts} onSubmit={submit} noValidate>
      <Connection {...part} secret={known.provider?.secret ?? 'none'} />
      <Door {...part} standing={address ? `${known.signIn}${address}` : undefined} />
      <Leads domains={known.leads} />
      <Who {...part} />
      <ProviderGroups {...part} />
      <Worth {...part} />
      {problem === null ? null : <ProblemBox problem={problem} />}
      <div>
        <Button type="submit" look="primary" size="form" busy={save.isPending}>
          {t('provider.save')}
        </Button>
      </div>
    </form>
  );
};
