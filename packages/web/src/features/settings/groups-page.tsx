import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { GroupWire } from '@throughline/domain/wire-people.ts';
import type { WaitsWire } from '@throughline/domain/wire-proposals.ts';
import { useState } from 'react';
import { del } from '../../api/client.ts';
import { groupsQuery } from '../../api/people.ts';
import { isWaiting, proposalsQuery } from '../../api/proposals.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { p } from '../../proposals/proposal-text.ts';
import { Proposals } from '../../proposals/proposals.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import plain from '../../ui/plain.module.css';
import { ErrorLine } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { notify } from '../../ui/toast.tsx';
import { GroupDialog } from './group-dialog.tsx';
import { refusedBut, roleWords } from './roles.ts';
import css from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';
import { t } from './words.ts';

const memberWords = (members: GroupWire['members']): string =>
  members.map(({ name, active }) => (active ? name : t('groups.left', { name }))).join(', ');

type RowProps = { group: GroupWire; administers: boolean; onChange: () => void; onEnd: () => void };

const Row = ({ group, administers, onChange, onEnd }: RowProps) => (
  <tr>
    <th scope="row">{group.name}</th>
    <td>
      {group.roles.length === 0 ? (
        <span className={css.quiet}>{t('groups.roles-none')}</span>
      ) : (
        roleWords(group.roles)
      )}
    </td>
    <td>
      {group.members.length === 0 ? (
        <span className={css.quiet}>{t('groups.members-none')}</span>
      ) : (
        memberWords(group.members)
      )}
    </td>
    {administers ? (
      <td className={plain.tight}>
        <span className={css.oneLine}>
          <Button aria-label={t('groups.change-of', { name: group.name })} onClick={onChange}>
            {t('groups.change')}
          </Button>
          <Button aria-label={t('groups.end-of', { name: group.name })} onClick={onEnd}>
            {t('settings.tokens.end')}
          </Button>
        </span>
      </td>
    ) : null}
  </tr>
);

const EndDialog = ({ group, onClose }: { group: GroupWire; onClose: () => void }) => {
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => del<WaitsWire | undefined>(`/api/v1/groups/${group.id}`),
    onSuccess: (answer) => {
      notify({ text: isWaiting(answer) ? p('proposal.waits') : t('groups.ended', { name: group.name }) });
      void client.invalidateQueries({ queryKey: proposalsQuery.queryKey });
      void client.invalidateQueries({ queryKey: groupsQuery.queryKey });
      onClose();
    },
  });
  const problem = troubleOf(end.error);
  return (
    <FormDialog
      onClose={onClose}
      title={t('groups.end-title', { name: group.name })}
      submit={t('groups.end')}
      cancel={t('settings.cancel')}
      look="danger"
      busy={end.isPending}
      onSubmit={() => end.mutate()}
    >
      <p className={css.dialogText}>{t('groups.end-text', { n: group.members.length })}</p>
      {problem === null ? null : <ErrorLine problem={problem} />}
    </FormDialog>
  );
};

/** `/groups`: people who have roles together. */
export const Page = () => {
  const me = useSession();
  const administers = me?.roles.includes('admin') === true;
  const [open, setOpen] = useState<'make' | GroupWire | null>(null);
  const [ending, setEnding] = useState<GroupWire | null>(null);
  const { data, error, refetch } = useQuery(groupsQuery);
  const problem = troubleOf(error);
  const make =
    me === undefined ? undefined : (
      <Button
        look={administers ? 'primary' : 'default'}
        size="form"
        reason={refusedBut('admin', me.roles)}
        reasonShown
        onClick={() => setOpen('make')}
      >
        {t('groups.make')}
      </Button>
    );
  const some = data !== undefined && data.length > 0;
  return (
    <SettingsFrame
      title={some ? t('groups.sentence', { n: data.length }) : t('groups.title')}
      sentence={t('groups.explain')}
      actions={some ? make : undefined}
    >
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={4} /> : null}
      {data?.length === 0 ? <EmptyState sentence={t('groups.none')} actions={make} drawn={false} /> : null}
      {some ? (
        <ScrollBox label={t('groups.title')}>
          <table className={plain.table} aria-label={t('groups.title')}>
            <thead>
              <tr>
                <th scope="col">{t('groups.name')}</th>
                <th scope="col">{t('groups.roles')}</th>
                <th scope="col">{t('groups.members')}</th>
                {administers ? <td /> : null}
              </tr>
            </thead>
            <tbody>
              {data.map((group) => (
                <Row
                  key={group.id}
                  group={group}
                  administers={administers}
                  onChange={() => setOpen(group)}
                  onEnd={() => setEnding(group)}
                />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      ) : null}
      <Proposals matters={['administrator-group']} className={css.form} />
      {open === null ? null : (
        <GroupDialog group={open === 'make' ? null : open} onClose={() => setOpen(null)} />
      )}
      {ending === null ? null : <EndDialog group={ending} onClose={() => setEnding(null)} />}
    </SettingsFrame>
  );
};
