import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { JobWire } from '@throughline/domain/wire.ts';
import { useEffect, useState } from 'react';
import { post } from '../../api/client.ts';
import { type BulkResult, bulkResult, isEnded, jobQuery } from '../../api/jobs.ts';
import type { BulkWire } from '../../api/records.ts';
import { t } from '../../text/t.ts';
import type { Trouble } from '../../ui/problem.tsx';
import { resultOf } from './bulk-outcome.tsx';

export type DryRun = {
  /** What it would do, once that is known. */
  tried: BulkResult | null;
  /** The job that finds out, while it does. */
  job: Pick<JobWire, 'done' | 'total'> | null;
  problem: Trouble | null;
  /** Takes the answer to a dry run: an outcome, or the job that finds one. */
  take: (answer: BulkWire) => void;
  /** Forgets what was found, and stops what is still looking. */
  forget: () => void;
};

const endOf = (job: JobWire): { tried: BulkResult } | { problem: Trouble | null } => {
  if (job.state === 'cancelled') return { problem: null };
  const tried = job.state === 'done' ? bulkResult(job) : null;
  if (tried !== null) return { tried };
  return { problem: { title: job.message === '' ? t('bulk.check-failed') : job.message } };
};

/** What a change of many records would do: told at once, or by a job that is followed and stopped when nobody asks any more. */
export const useDryRun = (): DryRun => {
  const [atOnce, setAtOnce] = useState<BulkResult | null>(null);
  const [id, setId] = useState<string | null>(null);
  const { data, error } = useQuery({ ...jobQuery(id ?? ''), enabled: id !== null });
  const ended = data !== undefined && isEnded(data);
  const looking = id !== null && !ended && error === null;
  const client = useQueryClient();
  // Nobody waits for what is stopped: where that cannot be asked, the job ends by itself and changes nothing.
  const { mutate: stop } = useMutation({ mutationFn: (of: string) => post(`/api/v1/jobs/${of}/cancel`, {}) });
  useEffect(() => {
    if (id === null) return undefined;
    // Asked anew or away from the page, the answer is for nobody.
    return () => {
      const last = client.getQueryData(jobQuery(id).queryKey);
      if (last === undefined || !isEnded(last)) stop(id);
    };
  }, [client, id, stop]);
  const end = ended ? endOf(data) : { problem: null };
  const failed = error === null ? null : { title: t('bulk.check-failed'), detail: error.message };
  return {
    tried: atOnce ?? ('tried' in end ? end.tried : null),
    job: looking ? (data ?? { done: 0, total: null }) : null,
    problem: failed ?? ('problem' in end ? end.problem : null),
    take: (answer) => {
      setId(answer.job?.id ?? null);
      setAtOnce(answer.job === undefined ? resultOf(answer) : null);
    },
    forget: () => {
      setId(null);
      setAtOnce(null);
    },
  };
};
