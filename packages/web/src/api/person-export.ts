import type { Json } from '@throughline/domain/json.ts';
import type { JobWire } from '@throughline/domain/wire.ts';
import { get, post } from './client.ts';
import { isEnded } from './jobs.ts';
import { startDownload } from './organisation.ts';

const waitMs = 700;

/**
 * Takes out everything that is held about a member: asked for, put together in the background, and saved as a file once
 * it is ready. Answers the job as it ended, which says why where nothing came of it. Throws `Problem`.
 */
export const takeOutPerson = async (member: string): Promise<JobWire> => {
  let job = await post<JobWire>(`/api/v1/members/${member}/export`);
  while (!isEnded(job)) {
    await new Promise((done) => setTimeout(done, waitMs));
    job = await get<JobWire>(`/api/v1/jobs/${job.id}`);
  }
  const document = documentOf(job, Date.now());
  if (document !== null) startDownload(document);
  return job;
};

const textIn = (value: Json, name: string): string | null => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const found = new Map<string, Json>(Object.entries(value)).get(name);
  return typeof found === 'string' ? found : null;
};

/** Where a finished document is fetched, for a day, by whoever asked for it; null of other work, and once it expired. */
export const documentOf = (
  { id, type, state, result }: Pick<JobWire, 'id' | 'type' | 'state' | 'result'>,
  now: number,
): string | null => {
  if (type !== 'export-person' || state !== 'done') return null;
  const [member, until] = [textIn(result, 'member'), textIn(result, 'until')];
  if (member === null || until === null || Date.parse(until) <= now) return null;
  return `/api/v1/members/${member}/export/${id}`;
};
