import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { GroupWire } from '@throughline/domain/wire-people.ts';
import type { WaitsWire } from '@throughline/domain/wire-proposals.ts';
import { useState } from 'react';
import { newIdempotencyKey, patch, post } from '../../api/client.ts';
import { useMembers } from '../../api/members.ts';
import { groupsQuery } from '../../api/people.ts';
import { proposalsQuery } from '../../api/proposals.ts';
import { useSession } from '../../api/session.ts';
import { p } from '../../proposals/proposal-text.ts';
import { whyOf } from '../../proposals/why-field.tsx';
import { ChoicesField } from '../../ui/fields/choices-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { notify } from '../../ui/toast.tsx';
import { fieldErrors } from './field-errors.ts';
import { isRole, roleOptions } from './roles.ts';
import css from './settings.module.css';
import { givenByGroup } from './takes-two.ts';
import { TwoHands } from './two-hands.tsx';
import { t } from './words.ts';

/** What changes of a group: members who come and go by name, so that nobody undoes what others did meanwhile. */
export const changeOf = (
  before: GroupWire,
  now: { readonly name: string; readonly roles: readonly string[]; readonly members: readonly string[] },
) => {
  const here = before.members.map(({ id }) => id);
  return {
    name: now.name.trim(),
    roles: now.roles.filter(isRole),
    add: now.members.filter((id) => !here.includes(id)),
    remove: here.filter((id) => !now.members.includes(id)),
  };
};

/** Makes a group, or changes one. */
export const GroupDialog = ({ group, onClose }: { group: GroupWire | null; onClose: () => void }) => {
  const client = useQueryClient();
  const everyone = useMembers();
  const me = useSession();
  const [key] = useState(newIdempotencyKey);
  const [name, setName] = useState(group?.name ?? '');
  const [roles, setRoles] = useState<readonly string[]>(group?.roles ?? []);
  const [members, setMembers] = useState<readonly string[]>(group?.members.map(({ id }) => id) ?? []);
  const [why, setWhy] = useState('');
  const [asked, setAsked] = useState(false);
  const save = useMutation({
    mutationFn: () => {
      const now = { name, roles, members };
      return group === null
        ? post<GroupWire & Partial<WaitsWire>>(
            '/api/v1/groups',
            { name: name.trim(), roles: roles.filter(isRole), members, ...whyOf(why) },
            { idempotencyKey: key },
          )
        : patch<GroupWire | WaitsWire>(`/api/v1/groups/${group.id}`, {
            ...changeOf(group, now),
            ...whyOf(why),
          });
    },
    onSuccess: (saved) => {
      const done = group === null ? t('groups.made', { name: name.trim() }) : t('settings.saved');
      notify({ text: 'waits' in saved ? p('proposal.roles-wait') : done });
      void client.invalidateQueries({ queryKey: proposalsQuery.queryKey });
      void client.invalidateQueries({ queryKey: groupsQuery.queryKey });
      void client.invalidateQueries({ queryKey: ['session'] });
      onClose();
    },
  });
  const errors = fieldErrors(save.error, ['reason', 'name', 'roles', 'members', 'add']);
  const whyError = errors.at('reason');
  // Whoever is in it stays to be seen, also after they left; nobody who left joins.
  const people = everyone
    .filter((one) => one.active && !one.roles.includes('external-auditor'))
    .map(({ id, name: label }) => ({ value: id, label }));
  const gone = (group?.members ?? [])
    .filter(({ id }) => !people.some(({ value }) => value === id))
    .map(({ id, name: label }) => ({ value: id, label: t('groups.left', { name: label }) }));
  const rolesOf = (id: string): readonly string[] =>
    id === me?.member?.id ? me.roles : (everyone.find((one) => one.id === id)?.roles ?? []);
  const before = { roles: group?.roles ?? [], members: group?.members.map(({ id }) => id) ?? [] };
  const given = givenByGroup(before, { roles, members }, rolesOf);
  const submit = (): void => {
    setAsked(true);
    if (name.trim() !== '') save.mutate();
  };
  return (
    <FormDialog
      onClose={onClose}
      size="medium"
      title={group === null ? t('groups.make') : t('groups.change-of', { name: group.name })}
      submit={group === null ? t('groups.make-do') : t('settings.save')}
      cancel={group === null ? t('form.cancel') : t('settings.cancel')}
      busy={save.isPending}
      onSubmit={submit}
    >
      <div className={css.dialogForm}>
        <TextField
          label={t('groups.name')}
          help={t('groups.name-help')}
          value={name}
          maxLength={200}
          autoFocus
          error={asked && name.trim() === '' ? t('settings.needed') : errors.at('name')}
          onChange={setName}
        />
        <ChoicesField
          label={t('groups.roles')}
          help={t('groups.roles-help')}
          value={roles}
          options={roleOptions().filter(({ value }) => value !== 'external-auditor')}
          error={errors.at('roles')}
          onChange={setRoles}
        />
        <ChoicesField
          label={t('groups.members')}
          value={members}
          options={[...people, ...gone]}
          optional
          error={errors.at('members') ?? errors.at('add')}
          onChange={setMembers}
        />
        <TwoHands
          given={given}
          asked={roles.includes('admin')}
          value={why}
          error={whyError}
          onChange={setWhy}
        />
        {errors.rest === null ? null : <ProblemBox problem={errors.rest} />}
      </div>
    </FormDialog>
  );
};
