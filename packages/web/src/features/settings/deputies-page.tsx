import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DeputyWire } from '@throughline/domain/wire-people.ts';
import { useState } from 'react';
import { del } from '../../api/client.ts';
import { deputiesQuery } from '../../api/people.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { formatDay } from '../../text/dates.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import plain from '../../ui/plain.module.css';
import { ErrorLine } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { notify } from '../../ui/toast.tsx';
import { DeputyDialog } from './deputy-dialog.tsx';
import css from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';
import { t } from './words.ts';

/** Ends a deputy's time; the list is read anew. */
export const useEndDeputy = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => del(`/api/v1/deputies/${id}`),
    onSuccess: () => {
      notify({ text: t('deputies.ended') });
      void client.invalidateQueries({ queryKey: deputiesQuery.queryKey });
    },
  });
};

const Name = ({ name, you }: { name: string; you: boolean }) => (
  <>
    {name} {you ? <span className={css.quiet}>{t('deputies.you')}</span> : null}
  </>
);

type RowProps = { deputy: DeputyWire; me: string | undefined; busy: boolean; onEnd: () => void };

const Row = ({ deputy, me, busy, onEnd }: RowProps) => (
  <tr>
    <th scope="row">
      <Name name={deputy.absent.name} you={deputy.absent.id === me} />
    </th>
    <td>
      <Name name={deputy.member.name} you={deputy.member.id === me} />
    </td>
    <td className={plain.tight}>
      {formatDay(deputy.first)} – {formatDay(deputy.last)}{' '}
      <span className={css.quiet}>{t(deputy.now ? 'deputies.now' : 'deputies.later')}</span>
    </td>
    <td>{deputy.why ?? ''}</td>
    <td className={plain.tight}>
      {deputy.abilities.end.allowed ? (
        <Button
          aria-label={t('deputies.end-of', { member: deputy.member.name, absent: deputy.absent.name })}
          busy={busy}
          onClick={onEnd}
        >
          {t('deputies.end')}
        </Button>
      ) : null}
    </td>
  </tr>
);

/** `/deputies`: who acts for whom during an absence. */
export const Page = () => {
  const session = useSession();
  const me = session?.member?.id;
  const [naming, setNaming] = useState(false);
  const { data, error, refetch } = useQuery(deputiesQuery);
  const end = useEndDeputy();
  const problem = troubleOf(error ?? end.error);
  const administers = session?.roles.includes('admin') === true;
  const mayName = me !== undefined && session?.roles.includes('external-auditor') === false;
  const name = mayName ? (
    <Button look="primary" size="form" onClick={() => setNaming(true)}>
      {t('deputies.name')}
    </Button>
  ) : undefined;
  const some = data !== undefined && data.length > 0;
  return (
    <SettingsFrame
      title={some ? t('deputies.sentence') : t('deputies.title')}
      sentence={t('deputies.explain')}
      actions={some ? name : undefined}
    >
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={3} /> : null}
      {data?.length === 0 ? <EmptyState sentence={t('deputies.none')} actions={name} drawn={false} /> : null}
      {some ? (
        <ScrollBox label={t('deputies.title')}>
          <table className={plain.table} aria-label={t('deputies.title')}>
            <thead>
              <tr>
                <th scope="col">{t('deputies.absent')}</th>
                <th scope="col">{t('deputies.member')}</th>
                <th scope="col">{t('deputies.days')}</th>
                <th scope="col">{t('deputies.why')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {data.map((deputy) => (
                <Row
                  key={deputy.id}
                  deputy={deputy}
                  me={me}
                  busy={end.isPending && end.variables === deputy.id}
                  onEnd={() => end.mutate(deputy.id)}
                />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      ) : null}
      {naming ? (
        <DeputyDialog absent={me ?? null} chooses={administers} onClose={() => setNaming(false)} />
      ) : null}
    </SettingsFrame>
  );
};
