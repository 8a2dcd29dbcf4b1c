import type { JobWire } from '@throughline/domain/wire.ts';
import { bulkDryRun, bulkResult } from '../../api/jobs.ts';
import { t } from '../../text/t.ts';

/** How long a job still takes, from its pace so far. Nothing for the first three seconds: an early guess is a wrong one (UX d). */
export const timeLeft = (job: JobWire, now: number): string | null => {
  if (job.state !== 'running' || job.startedAt === null || job.total === null || job.done <= 0) return null;
  const gone = now - Date.parse(job.startedAt);
  if (!(gone >= 3_000) || job.done >= job.total) return null;
  const seconds = Math.ceil(((gone / job.done) * (job.total - job.done)) / 1000);
  return seconds < 90
    ? t('jobs.left', { n: seconds })
    : t('jobs.left-minutes', { n: Math.round(seconds / 60) });
};

/** Jobs that were under way at the last look and have ended since. What a change would do is told where it was asked. */
export const endedSince = (before: readonly JobWire[], now: readonly JobWire[]): readonly JobWire[] => {
  const running = new Set(
    before.filter(({ state }) => state === 'waiting' || state === 'running').map(({ id }) => id),
  );
  return now.filter(
    ({ id, type, state }) =>
      running.has(id) && type !== bulkDryRun && (state === 'done' || state === 'failed'),
  );
};

const types = ['export-person', 'import', bulkDryRun, 'bulk', 'demo-remove', 'demo'] as const;

/** What a job does, in words: its own message while it has one, else what sort of work it is. */
export const jobText = ({ type, message }: Pick<JobWire, 'type' | 'message'>): string => {
  if (message !== '') return message;
  const known = types.find((word) => type.includes(word));
  return t(known === undefined ? 'jobs.type.other' : `jobs.type.${known}`);
};

export type BulkOutcome = {
  sentence: string;
  refusals: readonly { id: string; name: string; reason: string }[];
};

/** What a finished change of many records came to, or would; null for other work and while it runs. */
export const bulkOutcome = (job: Pick<JobWire, 'type' | 'result'>): BulkOutcome | null => {
  const result = bulkResult(job);
  if (result === null) return null;
  const { applied, unchanged, refused, refusals } = result;
  const told = [
    t(job.type === bulkDryRun ? 'jobs.bulk.would' : 'jobs.bulk.applied', { n: applied }),
    ...(unchanged === 0 ? [] : [t('bulk.unchanged', { n: unchanged })]),
    ...(refused === 0 ? [] : [t('jobs.bulk.refused', { n: refused })]),
  ];
  return {
    sentence: told.join(' '),
    refusals: refusals.map(({ id, ref = '', title = '', reason }) => ({
      id,
      name: [ref, title].filter((part) => part !== '').join(' ') || id,
      reason,
    })),
  };
};
