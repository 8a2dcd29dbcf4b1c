import type { Json } from '@throughline/domain/json.ts';
import type { JobWire } from '@throughline/domain/wire.ts';
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

/** Jobs that were under way at the last look and have ended since. */
export const endedSince = (before: readonly JobWire[], now: readonly JobWire[]): readonly JobWire[] => {
  const running = new Set(
    before.filter(({ state }) => state === 'waiting' || state === 'running').map(({ id }) => id),
  );
  return now.filter(({ id, state }) => running.has(id) && (state === 'done' || state === 'failed'));
};

const types = ['import', 'bulk', 'demo-remove', 'demo'] as const;

/** What a job does, in words: its own message while it has one, else what sort of work it is. */
export const jobText = ({ type, message }: Pick<JobWire, 'type' | 'message'>): string => {
  if (message !== '') return message;
  const known = types.find((word) => type.includes(word));
  return t(known === undefined ? 'jobs.type.other' : `jobs.type.${known}`);
};

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const countOf = (value: Json | undefined): number => (typeof value === 'number' ? value : 0);
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

export type BulkOutcome = {
  sentence: string;
  refusals: readonly { id: string; name: string; reason: string }[];
};

/** What a finished change of many records came to; null for other work and while it runs. */
export const bulkOutcome = ({ type, result }: Pick<JobWire, 'type' | 'result'>): BulkOutcome | null => {
  if (type !== 'bulk' || !isObject(result) || !isObject(result.counts)) return null;
  const { applied, unchanged, refused } = result.counts;
  const told = [
    t('jobs.bulk.applied', { n: countOf(applied) }),
    ...(countOf(unchanged) === 0 ? [] : [t('bulk.unchanged', { n: countOf(unchanged) })]),
    ...(countOf(refused) === 0 ? [] : [t('jobs.bulk.refused', { n: countOf(refused) })]),
  ];
  const list = Array.isArray(result.refused) ? result.refused.filter(isObject) : [];
  return {
    sentence: told.join(' '),
    refusals: list.map((one) => ({
      id: textOf(one.id),
      name: [textOf(one.ref), textOf(one.title)].filter((part) => part !== '').join(' ') || textOf(one.id),
      reason: textOf(one.reason),
    })),
  };
};
