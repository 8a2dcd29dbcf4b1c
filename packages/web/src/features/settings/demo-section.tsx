import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { JobWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { del, newIdempotencyKey, post } from '../../api/client.ts';
import { useDemo } from '../../api/demo.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useNavigate } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { notify } from '../../ui/toast.tsx';
import css from './settings.module.css';

const ask = {
  load: () => post<JobWire>('/api/v1/demo', undefined, { idempotencyKey: newIdempotencyKey() }),
  remove: () => del<JobWire>('/api/v1/demo'),
};

/** Loading and removing the demo organisation, in one place (UX d). Nothing where neither can be done. */
export const DemoSection = ({ refused }: { refused: string | undefined }) => {
  const here = useSession()?.demo;
  const demo = useDemo();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asked, setAsked] = useState(false);
  const run = useMutation({
    mutationFn: (what: keyof typeof ask) => ask[what](),
    onSuccess: async (_job, what) => {
      notify({ text: t(what === 'load' ? 'welcome.demo-running' : 'demo.removing') });
      await client.invalidateQueries({ queryKey: ['jobs'] });
      navigate('/jobs');
    },
  });
  const problem = troubleOf(run.error);
  if (here === undefined) return null;
  const whole = demo?.standing === 'loaded';
  return (
    <section id="demo" className={css.form} aria-labelledby="demo-title">
      <h2 id="demo-title" className={css.heading}>
        {t('demo.title')}
      </h2>
      <p className={css.explain}>
        {here === 'offered'
          ? t('demo.offered')
          : whole
            ? t('demo.loaded', { n: demo.records.length, systems: demo.systems })
            : t('demo.partly')}{' '}
        {t('demo.counts')}
      </p>
      {problem === null ? null : <ErrorLine problem={problem} />}
      <div className={css.demoActions}>
        {whole ? null : (
          <Button size="form" busy={run.isPending} reason={refused} onClick={() => run.mutate('load')}>
            {t('demo.load')}
          </Button>
        )}
        {here === 'loaded' ? (
          <Button size="form" look="danger" reason={refused} onClick={() => setAsked(true)}>
            {t('demo.remove')}
          </Button>
        ) : null}
      </div>
      {asked ? (
        <Dialog
          opened
          onClose={() => setAsked(false)}
          title={t('demo.remove')}
          actions={
            <>
              <Button look="danger" size="form" busy={run.isPending} onClick={() => run.mutate('remove')}>
                {t('demo.remove')}
              </Button>
              <Button look="ghost" size="form" onClick={() => setAsked(false)}>
                {t('demo.keep')}
              </Button>
            </>
          }
        >
          <p className={css.explain}>{t('demo.remove-text')}</p>
        </Dialog>
      ) : null}
    </section>
  );
};
