import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { mayTurnDemo, removeDemo, useDemo } from '../../api/demo.ts';
import { isEnded, jobQuery } from '../../api/jobs.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { AlertIcon } from '../../ui/icons.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Progress } from '../../ui/progress.tsx';
import css from './imports.module.css';
import { w } from './words.ts';

/** The removal under way; when it has ended, every page asks again for what it counted. */
const Removing = ({ job: id, onFailed }: { job: string; onFailed: (message: string) => void }) => {
  const client = useQueryClient();
  const { data: job } = useQuery(jobQuery(id));
  const state = job?.state;
  const message = job?.message ?? '';
  useEffect(() => {
    if (state === undefined || !isEnded({ state })) return;
    if (state !== 'done') onFailed(message);
    void client.invalidateQueries();
  }, [state, message, onFailed, client]);
  return <Progress label={t('demo.removing')} done={job?.done ?? 0} total={job?.total ?? null} words="" />;
};

/**
 * The demo organisation beside a register of one's own: documents of the demo would answer for it, and every count would
 * mix both. Asks once which it shall be; nothing where no demo is loaded.
 */
export const DemoBeside = ({ mixing, onMix }: { mixing: boolean; onMix: () => void }) => {
  const me = useSession();
  const demo = useDemo();
  const [failed, setFailed] = useState<string | null>(null);
  const remove = useMutation({ mutationFn: removeDemo, onMutate: () => setFailed(null) });
  if (me?.demo !== 'loaded' || demo === undefined) return null;
  if (mixing) return <p className={css.small}>{w('import.demo.mixing')}</p>;
  const problem = troubleOf(remove.error);
  const refused = mayTurnDemo(me.roles) ? undefined : t('demo.refused');
  return (
    <div className={css.warning} role="note">
      <AlertIcon />
      <div>
        <p className={css.warningTitle}>{w('import.demo.here', { n: demo.systems })}</p>
        <p>{w('import.demo.text')}</p>
        {remove.data === undefined || failed !== null ? (
          <div className={css.ways}>
            <Button
              look="primary"
              busy={remove.isPending}
              reason={refused}
              reasonShown
              onClick={() => remove.mutate()}
            >
              {w('import.demo.remove')}
            </Button>
            <Button onClick={onMix}>{w('import.demo.mix')}</Button>
          </div>
        ) : (
          <Removing job={remove.data.id} onFailed={setFailed} />
        )}
        {failed === null ? null : <p role="alert">{failed}</p>}
        {problem === null ? null : <ErrorLine problem={problem} />}
      </div>
    </div>
  );
};
