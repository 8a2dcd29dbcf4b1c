import { rolesByProvider } from '@throughline/domain/provider.ts';
import { Button } from '../../ui/button.tsx';
import { ChoicesField } from '../../ui/fields/choices-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { type ProviderDraft, withGroup } from './provider-draft.ts';
import { isRole, roleOptions } from './roles.ts';
import css from './settings.module.css';
import { t } from './words.ts';

export type ProviderPartProps = {
  draft: ProviderDraft;
  /** Refusals by the field that they are about. */
  refused: Readonly<Record<string, string>>;
  onChange: (draft: ProviderDraft) => void;
};

/** Lines have no name of their own while they are typed: their place is it. */
const placed = ({ groups }: ProviderDraft) => groups.map((one, at) => ({ ...one, at, key: `group ${at}` }));

const options = () => roleOptions().filter(({ value }) => isRole(value) && rolesByProvider(value));

/** Which group of the provider has which roles here. */
export const ProviderGroups = ({ draft, refused, onChange }: ProviderPartProps) => (
  <section className={css.form} aria-labelledby="provider-groups">
    <h2 id="provider-groups" className={css.heading}>
      {t('provider.groups')}
    </h2>
    <p className={css.explain}>{t('provider.groups-text')}</p>
    <TextField
      label={t('provider.claim')}
      value={draft.groupsClaim}
      error={refused.groupsClaim}
      maxLength={200}
      onChange={(groupsClaim) => onChange({ ...draft, groupsClaim })}
    />
    {draft.groups.length === 0 ? <p className={css.explain}>{t('provider.groups-none')}</p> : null}
    {placed(draft).map(({ group, roles, at, key }) => (
      <div key={key} className={css.group}>
        <TextField
          label={t('provider.group')}
          value={group}
          error={refused[`groups.${at}.group`]}
          maxLength={300}
          onChange={(next) => onChange(withGroup(draft, at, { group: next }))}
        />
        <ChoicesField
          label={group === '' ? t('provider.group-roles') : t('provider.group-of', { group })}
          value={roles}
          options={options()}
          error={refused[`groups.${at}.roles`]}
          onChange={(next) => onChange(withGroup(draft, at, { roles: next.filter(isRole) }))}
        />
        <div>
          <Button
            aria-label={t('provider.group-remove-of', { group })}
            onClick={() => onChange({ ...draft, groups: draft.groups.filter((_, place) => place !== at) })}
          >
            {t('provider.group-remove')}
          </Button>
        </div>
      </div>
    ))}
    <div>
      <Button
        size="form"
        onClick={() => onChange({ ...draft, groups: [...draft.groups, { group: '', roles: [] }] })}
      >
        {t('provider.group-add')}
      </Button>
    </div>
  </section>
);
