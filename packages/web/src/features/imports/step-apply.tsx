import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ImportWire } from '@throughline/domain/wire-import.ts';
import { useEffect, useState } from 'react';
import { newIdempotencyKey, post } from '../../api/client.ts';
import { jobQuery } from '../../api/jobs.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { refusal } from '../../kinds/roles.ts';
import { formatInstant } from '../../text/dates.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Link } from '../../ui/link.tsx';
import { useSearchState } from '../../ui/navigate.ts';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { notify } from '../../ui/toast.tsx';
import { DemoBeside } from './demo-beside.tsx';
import { FitNotice, FormsNote } from './fit-notice.tsx';
import css from './imports.module.css';
import { MissingTable } from './preview-tables.tsx';
import { RejectedLink } from './rejected-link.tsx';
import { StepFoot } from './step-foot.tsx';
import type { StepProps } from './step-props.ts';
import { importQuery, previewQuery } from './use-import.ts';
import { appliedSentence, applySentence } from './wizard-state.ts';
import { w } from './words.ts';

/** The job under way; when it has ended, everything the import touched is asked again. */
const Running = ({ job: id, onEnd }: { job: string; onEnd: () => void }) => {
  const client = useQueryClient();
  const { data: job, error, refetch } = useQuery(jobQuery(id));
  const ended = job?.state === 'done' || job?.state === 'failed' || job?.state === 'cancelled';
  useEffect(() => {
    if (job?.state !== 'done') return;
    onEnd();
    // An applied import has no preview: asking for it again would be refused.
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'import-preview' });
  }, [job?.state, onEnd, client]);
  const problem = troubleOf(error);
  if (problem !== null) return <ErrorLine problem={problem} onRetry={() => void refetch()} />;
  if (job === undefined) return <Skeleton height={20} />;
  if (ended && job.state !== 'done') {
    return (
      <div role="alert">
        <p className={css.applySentence}>
          {job.state === 'failed' ? w('import.apply.failed') : w('import.apply.cancelled')}
        </p>
        <p className={css.small}>{job.message}</p>
      </div>
    );
  }
  return (
    <div className={css.progress}>
      <Progress
        label={job.message === '' ? w('import.apply.waiting') : job.message}
        done={job.done}
        total={job.total}
        {...(job.total === null && job.done === 0 ? { words: '' } : {})}
      />
      <p className={css.small}>{w('import.apply.leave')}</p>
    </div>
  );
};

const Ready = ({ found, onStep }: StepProps) => {
  const [search, setSearch] = useSearchState();
  const [archiveMissing, setArchiveMissing] = useState(false);
  const [key] = useState(newIdempotencyKey);
  const preview = useQuery(previewQuery(found.id));
  const apply = useMutation({
    mutationFn: () => {
      const { added = 0, changed = 0, missing = 0 } = preview.data?.counts ?? {};
      const body = { archiveMissing, expect: { added, changed, missing } };
      return post<{ job: { id: string } }>(`/api/v1/imports/${found.id}/apply`, body, {
        idempotencyKey: key,
      });
    },
    onSuccess: ({ job }) => setSearch({ job: job.id }),
  });
  const counts = preview.data?.counts;
  const problem = troubleOf(apply.error ?? preview.error);
  const [ended, setEnded] = useState(false);
  const [mixing, setMixing] = useState(false);
  const undecided = useSession()?.demo === 'loaded' && !mixing;
  const unseen = counts === undefined ? w('import.apply.needs-preview') : undefined;
  const reason = undecided ? w('import.demo.needed') : unseen;
  return (
    <>
      <h1 className={css.stepTitle}>
        {counts === undefined ? w('import.step.apply') : applySentence(counts, archiveMissing)}
      </h1>
      <FitNotice found={found} step="apply" />
      {counts === undefined && problem === null ? <Skeleton height={20} lines={2} /> : null}
      <FormsNote found={found} />
      <p className={css.small}>{w('import.apply.one-change')}</p>
      {search.job === undefined ? <DemoBeside mixing={mixing} onMix={() => setMixing(true)} /> : null}
      {counts === undefined || counts.missing === 0 || search.job !== undefined ? null : (
        <Checkbox
          label={w('import.apply.archive-missing', { n: counts.missing })}
          checked={archiveMissing}
          onChange={setArchiveMissing}
        />
      )}
      {archiveMissing && (counts?.stays ?? 0) > 0 ? (
        <p className={css.small}>{w('import.apply.stays-why')}</p>
      ) : null}
      {problem === null ? null : <ProblemBox problem={problem} onRetry={() => void preview.refetch()} />}
      {search.job === undefined || ended ? null : <Running job={search.job} onEnd={() => setEnded(true)} />}
      <StepFoot onBack={() => onStep('preview')}>
        {search.job === undefined ? (
          <Button
            look={undecided ? 'default' : 'primary'}
            size="form"
            busy={apply.isPending}
            reason={reason}
            reasonShown={undecided}
            onClick={() => apply.mutate()}
          >
            {w('import.apply.do')}
          </Button>
        ) : null}
      </StepFoot>
    </>
  );
};

const Undo = ({ found }: { found: ImportWire }) => {
  const client = useQueryClient();
  const [key] = useState(newIdempotencyKey);
  const [asked, setAsked] = useState(false);
  const undo = useMutation({
    mutationFn: () => post<ImportWire>(`/api/v1/imports/${found.id}/undo`, {}, { idempotencyKey: key }),
    onSuccess: async (now) => {
      client.setQueryData(importQuery(found.id).queryKey, now);
      notify({ text: w('import.undo-done', { name: found.file.name }) });
      await client.invalidateQueries();
    },
    // What stands in the way now is said beside the button as well.
    onError: () => client.invalidateQueries({ queryKey: importQuery(found.id).queryKey }),
  });
  const problem = troubleOf(undo.error);
  const close = (): void => setAsked(false);
  return (
    <section className={css.undo}>
      <p className={css.small}>{w('import.undo-text')}</p>
      <div>
        <Button
          look="danger"
          reason={refusal(found.undoable)}
          reasonShown
          onClick={() => {
            undo.reset();
            setAsked(true);
          }}
        >
          {w('import.undo')}
        </Button>
      </div>
      <Dialog
        opened={asked}
        onClose={close}
        title={w('import.undo-ask')}
        actions={
          <>
            <Button look="danger" size="form" busy={undo.isPending} onClick={() => undo.mutate()}>
              {w('import.undo')}
            </Button>
            <Button size="form" onClick={close}>
              {w('import.undo-keep')}
            </Button>
          </>
        }
      >
        <p>{w('import.undo-what', { n: found.counts?.added ?? 0 })}</p>
        {found.inUse === 0 ? null : <p>{w('import.undo-in-use', { n: found.inUse })}</p>}
        {problem === null ? null : <ProblemBox problem={problem} />}
      </Dialog>
    </section>
  );
};

/** What an undone import left behind, and the ways on. */
const Undone = ({ kind }: Pick<StepProps, 'kind'>) => (
  <>
    <h1 className={css.stepTitle}>{w('import.undone')}</h1>
    <p className={css.applySentence}>{w('import.undone-text')}</p>
    <p className={css.ways}>
      <Link href={`/import?kind=${kind.name}`}>{w('import.undone-again')}</Link>
      <Link href={`/${kind.collection}`}>{w('import.open-register')}</Link>
    </p>
  </>
);

/** The last step: one sentence, the work, the report, and the way back (UX d). */
export const StepApply = (props: StepProps) => {
  const { found, kind } = props;
  const zone = useTimeZone();
  if (found.state === 'analysed') return <Ready {...props} />;
  if (found.state === 'undone') return <Undone kind={kind} />;
  const at = found.appliedAt === null ? '' : formatInstant(new Date(found.appliedAt), zone);
  return (
    <>
      <h1 className={css.stepTitle}>{appliedSentence(found.counts ?? {}, at)}</h1>
      <p className={css.applySentence}>
        <Link href={`/${kind.collection}`}>{w('import.open-register')}</Link>
      </p>
      {(found.counts?.rejected ?? 0) === 0 ? null : <RejectedLink id={found.id} />}
      {found.stayed.length === 0 ? null : (
        <>
          <p className={css.small}>{w('import.stayed', { n: found.counts?.stays ?? found.stayed.length })}</p>
          <MissingTable records={found.stayed} total={found.counts?.stays ?? found.stayed.length} />
        </>
      )}
      <Undo found={found} />
    </>
  );
};
