import { useQuery } from '@tanstack/react-query';
import type { JobWire } from '@throughline/domain/wire.ts';
import { useEffect, useRef } from 'react';
import { isEnded, jobsQuery } from '../../api/jobs.ts';
import { useSession } from '../../api/session.ts';
import { t } from '../../text/t.ts';
import { Link } from '../../ui/link.tsx';
import { useNavigate } from '../../ui/navigate.ts';
import { Progress } from '../../ui/progress.tsx';
import { notify } from '../../ui/toast.tsx';
import { endedSince, jobText } from './job-progress.ts';
import css from './jobs.module.css';

/** Long work under way, wherever one is in the product; says when it is done. Nothing shows while nothing runs. */
export const JobsTray = () => {
  const me = useSession();
  const navigate = useNavigate();
  const { data } = useQuery({ ...jobsQuery, enabled: me !== undefined });
  const before = useRef<readonly JobWire[]>([]);
  useEffect(() => {
    if (data === undefined) return;
    for (const job of endedSince(before.current, data)) {
      const text = t(job.state === 'done' ? 'jobs.done-notice' : 'jobs.failed-notice', {
        what: jobText(job),
      });
      notify({ text, action: { label: t('jobs.show'), run: () => navigate('/jobs') } });
    }
    before.current = data;
  }, [data, navigate]);
  const running = (data ?? []).filter((job) => !isEnded(job));
  const first = running[0];
  if (first === undefined) return null;
  return (
    <Link href="/jobs" look="plain" className={css.tray}>
      <span className={css.trayHead}>{t('jobs.running', { n: running.length })}</span>
      <Progress label={jobText(first)} done={first.done} total={first.total} />
    </Link>
  );
};
