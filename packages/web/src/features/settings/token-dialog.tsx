import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { usualMostTokenDays, usualTokenDays } from '@throughline/domain/token-life.ts';
import { tokenActs } from '@throughline/domain/token-reach.ts';
import type { NewTokenWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { newIdempotencyKey, post } from '../../api/client.ts';
import { useKinds } from '../../api/kinds.ts';
import { useServiceAccounts } from '../../api/members.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { ChoicesField } from '../../ui/fields/choices-field.tsx';
import { DayField } from '../../ui/fields/day-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { organisationQuery } from './organisation-page.tsx';
import { isRole, roleOptions } from './roles.ts';
import { dayAhead, type ScopeChoice, scopeOf } from './scope-words.ts';
import css from './settings.module.css';
import { notHeldNote } from './takes-two.ts';
import { t } from './words.ts';

const actChoices = ['all', 'read-only', 'chosen'] as const;
const isActChoice = (text: string | null): text is ScopeChoice['acts'] =>
  actChoices.some((choice) => choice === text);

type ScopeFieldsProps = {
  scope: ScopeChoice;
  asked: boolean;
  onChange: (scope: ScopeChoice) => void;
};

/** What the token is narrowed to: "only reads" is one choice. */
const ScopeFields = ({ scope, asked, onChange }: ScopeFieldsProps) => {
  const kinds = useKinds();
  return (
    <>
      <ChoiceField
        label={t('settings.tokens.acts')}
        value={scope.acts}
        options={actChoices.map((value) => ({ value, label: t(`settings.tokens.acts.${value}`) }))}
        onChange={(acts) => onChange({ ...scope, acts: isActChoice(acts) ? acts : 'all' })}
      />
      {scope.acts === 'chosen' ? (
        <ChoicesField
          label={t('settings.tokens.acts-chosen')}
          value={scope.chosen}
          options={tokenActs.map((value) => ({ value, label: t(`settings.tokens.act.${value}`) }))}
          error={asked && scope.chosen.length === 0 ? t('settings.tokens.acts-needed') : undefined}
          onChange={(chosen) => onChange({ ...scope, chosen })}
        />
      ) : null}
      <ChoicesField
        label={t('settings.tokens.kinds')}
        help={t('settings.tokens.kinds-help')}
        value={scope.kinds}
        options={kinds.all.map(({ name, plural }) => ({ value: name, label: plural }))}
        optional
        onChange={(chosen) => onChange({ ...scope, kinds: chosen })}
      />
    </>
  );
};

/** Whether the scope leaves acts on people, tokens or settings, of which some take two hands. */
const reaches = ({ acts, chosen }: ScopeChoice): boolean =>
  acts === 'all' ||
  (acts === 'chosen' && chosen.some((act) => ['members', 'tokens', 'settings'].includes(act)));

export type TokenDialogProps = { onClose: () => void; onMade: (token: NewTokenWire) => void };

/** Makes a token: what it is for, in which roles and scope, until when. The last day counts whole, in UTC. */
export const TokenDialog = ({ onClose, onMade }: TokenDialogProps) => {
  const client = useQueryClient();
  const accounts = useServiceAccounts().filter((account) => account.active);
  const mostDays = useQuery(organisationQuery).data?.tokenMaxDays ?? usualMostTokenDays;
  const [key] = useState(newIdempotencyKey);
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<readonly string[]>([]);
  const [scope, setScope] = useState<ScopeChoice>({ acts: 'all', chosen: [], kinds: [] });
  const [account, setAccount] = useState<string | null>(null);
  const [until, setUntil] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const lastDay = until ?? dayAhead(new Date(), Math.min(usualTokenDays, mostDays));
  const make = useMutation({
    mutationFn: () =>
      post<NewTokenWire>(
        '/api/v1/tokens',
        {
          name: name.trim(),
          roles: roles.filter(isRole),
          scope: scopeOf(scope),
          service: account,
          expiresAt: `${lastDay}T23:59:59Z`,
        },
        { idempotencyKey: key },
      ),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: ['tokens'] });
      onMade(made);
    },
  });
  const problem = troubleOf(make.error);
  const notHeld = notHeldNote(roles, useSession()?.roles ?? [], account);
  const submit = (): void => {
    setAsked(true);
    if (name.trim() !== '' && roles.length > 0 && notHeld === undefined && scopeOf(scope) !== undefined)
      make.mutate();
  };
  return (
    <FormDialog
      onClose={onClose}
      size="medium"
      title={t('settings.tokens.make-title')}
      submit={t('settings.tokens.make-do')}
      cancel={t('form.cancel')}
      busy={make.isPending}
      onSubmit={submit}
    >
      <div className={css.dialogForm}>
        <TextField
          label={t('settings.tokens.name')}
          help={t('settings.tokens.name-help')}
          value={name}
          maxLength={200}
          autoFocus
          error={asked && name.trim() === '' ? t('settings.needed') : undefined}
          onChange={setName}
        />
        {accounts.length === 0 ? null : (
          <ChoiceField
            label={t('settings.tokens.account')}
            help={t('settings.tokens.account-help')}
            value={account}
            options={accounts.map(({ id, name: label }) => ({ value: id, label }))}
            placeholder={t('settings.tokens.account-none')}
            optional
            onChange={setAccount}
          />
        )}
        <ChoicesField
          label={t('settings.tokens.roles')}
          help={t('settings.tokens.roles-help')}
          value={roles}
          options={roleOptions()}
          error={notHeld ?? (asked && roles.length === 0 ? t('settings.role-needed') : undefined)}
          onChange={setRoles}
        />
        {reaches(scope) ? <p className={css.explain}>{t('settings.tokens.two-hands')}</p> : null}
        <ScopeFields scope={scope} asked={asked} onChange={setScope} />
        <DayField
          label={t('settings.tokens.last-day')}
          help={t('settings.tokens.last-day-help', { n: mostDays })}
          value={lastDay}
          onChange={setUntil}
        />
        {problem === null ? null : <ProblemBox problem={problem} />}
      </div>
    </FormDialog>
  );
};
