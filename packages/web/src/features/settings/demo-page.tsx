import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DemoWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { loadDemo, mayTurnDemo, removeDemo, useDemo } from '../../api/demo.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useNavigate } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { notify } from '../../ui/toast.tsx';
import css from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';
import { t } from './words.ts';

const ask = { load: loadDemo, remove: removeDemo };

const Standing = ({ demo }: { demo: DemoWire | undefined }) => {
  if (demo === undefined || demo.standing === 'none') return <>{t('demo.offered')}</>;
  if (demo.standing === 'partly') return <>{t('demo.partly')}</>;
  return <>{t('demo.loaded', { n: demo.records.length, systems: demo.systems })}</>;
};

const RemoveDialog = ({
  busy,
  onRemove,
  onClose,
}: {
  busy: boolean;
  onRemove: () => void;
  onClose: () => void;
}) => (
  <Dialog
    opened
    onClose={onClose}
    title={t('demo.remove')}
    actions={
      <>
        <Button look="danger" size="form" busy={busy} onClick={onRemove}>
          {t('demo.remove')}
        </Button>
        <Button look="ghost" size="form" onClick={onClose}>
          {t('demo.keep')}
        </Button>
      </>
    }
  >
    <p className={css.explain}>{t('demo.remove-text')}</p>
  </Dialog>
);

/** `/demo`: loading and removing the demo organisation, in one place (UX d). */
export const Page = () => {
  const me = useSession();
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
    onError: () => setAsked(false),
  });
  const problem = troubleOf(run.error);
  const refused = me === undefined || mayTurnDemo(me.roles) ? undefined : t('demo.refused');
  // Who may load it and is not offered it has records of the organisation's own.
  const noRoom = me !== undefined && me.demo === undefined ? t('demo.no-room') : undefined;
  return (
    <SettingsFrame title={t('demo.title')} sentence={t('demo.sentence')}>
      <div className={css.form}>
        <p className={css.explain}>
          <Standing demo={demo} /> {t('demo.counts')}
        </p>
        {problem === null ? null : <ErrorLine problem={problem} />}
        <div className={css.demoActions}>
          {demo?.standing === 'loaded' ? null : (
            <Button
              size="form"
              look="primary"
              busy={run.isPending}
              reason={refused ?? noRoom}
              reasonShown
              onClick={() => run.mutate('load')}
            >
              {t('demo.load')}
            </Button>
          )}
          {me?.demo === 'loaded' ? (
            <Button size="form" look="danger" reason={refused} reasonShown onClick={() => setAsked(true)}>
              {t('demo.remove')}
            </Button>
          ) : null}
        </div>
      </div>
      {asked ? (
        <RemoveDialog
          busy={run.isPending}
          onRemove={() => run.mutate('remove')}
          onClose={() => setAsked(false)}
        />
      ) : null}
    </SettingsFrame>
  );
};
