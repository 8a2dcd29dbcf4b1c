import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { JobWire } from '@throughline/domain/wire.ts';
import { post } from '../../api/client.ts';
import { isEnded, jobsQuery } from '../../api/jobs.ts';
import { startDownload } from '../../api/organisation.ts';
import { documentOf } from '../../api/person-export.ts';
import { troubleOf } from '../../api/trouble.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/date-text.tsx';
import plain from '../../ui/plain.module.css';
import { ErrorLine } from '../../ui/problem.tsx';
import { Progress } from '../../ui/progress.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { notify } from '../../ui/toast.tsx';
import { bulkOutcome, jobText, timeLeft } from './job-progress.ts';
import css from './jobs.module.css';

const Outcome = ({ job }: { job: JobWire }) => {
  const outcome = bulkOutcome(job);
  if (outcome === null) return null;
  return (
    <>
      <p className={css.small}>{outcome.sentence}</p>
      {outcome.refusals.length === 0 ? null : (
        <details className={css.small}>
          <summary>{t('jobs.bulk.why')}</summary>
          <ul>
            {outcome.refusals.map((refusal) => (
              <li key={refusal.id}>
                <b>{refusal.name}</b>: {refusal.reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
};

const Row = ({ job }: { job: JobWire }) => {
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => post(`/api/v1/jobs/${job.id}/cancel`, {}),
    onSuccess: () => {
      notify({ text: t('jobs.cancelled', { what: jobText(job) }) });
      void client.invalidateQueries({ queryKey: jobsQuery.queryKey });
    },
  });
  const left = timeLeft(job, Date.now());
  const document = documentOf(job, Date.now());
  const problem = troubleOf(cancel.error);
  return (
    <tr>
      <th scope="row">
        {jobText(job)}
        <Outcome job={job} />
        {problem === null ? null : <ErrorLine problem={problem} />}
      </th>
      <td>{t(`jobs.state.${job.state}`)}</td>
      <td className={css.progressCell}>
        <Progress label={jobText(job)} done={job.done} total={job.total} />
        {left === null ? null : <span className={css.small}>{left}</span>}
      </td>
      <td className={plain.tight}>{job.startedAt === null ? '–' : <RelativeTime at={job.startedAt} />}</td>
      <td className={plain.tight}>{job.endedAt === null ? '–' : <RelativeTime at={job.endedAt} />}</td>
      <td className={plain.tight}>
        {document === null ? null : (
          <Button
            aria-label={t('jobs.fetch-of', { what: jobText(job) })}
            onClick={() => startDownload(document)}
          >
            {t('jobs.fetch')}
          </Button>
        )}
        {isEnded(job) ? null : (
          <Button
            aria-label={t('jobs.cancel-of', { what: jobText(job) })}
            busy={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            {t('jobs.cancel')}
          </Button>
        )}
      </td>
    </tr>
  );
};

const headings = ['what', 'state', 'progress', 'started', 'ended'] as const;

/** Long work, newest first. */
export const JobsTable = () => {
  const { data, error, refetch } = useQuery(jobsQuery);
  const problem = troubleOf(error);
  return (
    <>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={4} /> : null}
      {data?.length === 0 ? <p className={css.small}>{t('jobs.none')}</p> : null}
      {data === undefined || data.length === 0 ? null : (
        <ScrollBox label={t('jobs.title')}>
          <table className={plain.table} aria-label={t('jobs.title')}>
            <thead>
              <tr>
                {headings.map((heading) => (
                  <th key={heading} scope="col">
                    {t(`jobs.${heading}`)}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {data.map((job) => (
                <Row key={job.id} job={job} />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </>
  );
};
