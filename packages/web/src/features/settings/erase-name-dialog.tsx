import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ErasureReason } from '@throughline/domain/erasure.ts';
import type { MemberWire } from '@throughline/domain/wire.ts';
import { newIdempotencyKey, post } from '../../api/client.ts';
import { troubleOf } from '../../api/trouble.ts';
import { EraseForm } from '../../kinds/erase-form.tsx';
import { notify } from '../../ui/toast.tsx';
import { t } from './words.ts';

/** Takes away for good the name of a person who left; what they did stays under a number that says nothing. */
export const EraseNameDialog = ({ member, onClose }: { member: MemberWire; onClose: () => void }) => {
  const client = useQueryClient();
  const erase = useMutation({
    mutationFn: (reason: ErasureReason) =>
      post<MemberWire>(
        `/api/v1/members/${member.id}/erase`,
        { reason },
        { idempotencyKey: newIdempotencyKey() },
      ),
    onSuccess: async () => {
      notify({ text: t('erase.name-done') });
      await client.invalidateQueries();
      onClose();
    },
  });
  return (
    <EraseForm
      title={t('erase.name-title', { name: member.name })}
      submit={t('erase.name-do')}
      gone={[t('erase.gone.name'), t('erase.gone.address')]}
      stays={[t('erase.stays.acts'), t('erase.stays.texts'), t('erase.stays.login')]}
      word={member.name}
      label={t('erase.type', { word: member.name })}
      busy={erase.isPending}
      problem={troubleOf(erase.error)}
      onErase={(reason) => erase.mutate(reason)}
      onClose={onClose}
    />
  );
};
