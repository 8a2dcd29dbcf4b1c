import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MemberWire } from '@throughline/domain/wire.ts';
import { del } from '../../api/client.ts';
import { membersQuery } from '../../api/members.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { roleWords } from './roles.ts';
import css from './settings.module.css';
import { t } from './words.ts';

/** Where a member signs in from, and which of their roles came by it. */
export const OutsideAccounts = ({ member }: { member: MemberWire }) => {
  const client = useQueryClient();
  const unlink = useMutation({
    mutationFn: (id: string) => del(`/api/v1/members/${member.id}/outside/${id}`),
    onSuccess: () => void client.invalidateQueries({ queryKey: membersQuery.queryKey }),
  });
  const problem = troubleOf(unlink.error);
  const accounts = (member.outside ?? []).filter(({ kind }) => kind === 'openid');
  return accounts.map(({ id, source, roles }) => (
    <div key={id}>
      <p className={css.explain}>
        {t('provider.linked-at', { source })}{' '}
        {roles.length === 0 ? null : t('provider.by-groups', { source, roles: roleWords(roles) })}
      </p>
      <Button
        size="form"
        busy={unlink.isPending}
        aria-label={t('provider.unlink-of', { name: member.name })}
        onClick={() => unlink.mutate(id)}
      >
        {t('provider.account-unlink')}
      </Button>
      {problem === null ? null : <ErrorLine problem={problem} />}
    </div>
  ));
};
