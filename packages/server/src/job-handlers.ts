import { isObject, type Json } from '@throughline/domain/json.ts';
import { demoJobs } from './features/demo/ask-demo.ts';
import { loadDemo } from './features/demo/load-demo.ts';
import { removeDemo } from './features/demo/remove-demo.ts';
import { type ApplyChoice, applyImport } from './features/imports/apply-import.ts';
import { sendInvitation } from './features/mail/send-invitation.ts';
import { sendNotice } from './features/mail/send-notice.ts';
import { sendReset } from './features/mail/send-reset.ts';
import { sendWarning } from './features/mail/send-warning.ts';
import { makeExport } from './features/members/export-member.ts';
import type { JobHandler, JobHandlers } from './jobs/run-job.ts';
import { type BulkAct, bulkChange } from './records/bulk-change.ts';
import { bulkJobs } from './records/bulk-request.ts';
import type { Context } from './store/context.ts';
import { invitationJob } from './store/invitation-mail.ts';
import { personExportJob } from './store/person-exports.ts';
import { noticeJob, resetJob, warningJob } from './store/reset-mail.ts';

/** Everything that is worked in the background, by the type that asks for it. */
export const jobHandlers: JobHandlers = {
  [bulkJobs.change]: (...job) => bulk(job, { dryRun: false }),
  [bulkJobs.dryRun]: (...job) => bulk(job, { dryRun: true }),
  'apply-import': applyImportJob,
  [invitationJob]: sendInvitation,
  [resetJob]: sendReset,
  [noticeJob]: sendNotice,
  [warningJob]: sendWarning,
  [personExportJob]: makeExport,
  [demoJobs.load]: async (services, _input, tools) => ({
    ...(await loadDemo(services, unprompted(tools.ctx), (done, total, message) =>
      tools.progress(done, total, message),
    )),
  }),
  [demoJobs.remove]: async (services, _input, tools) => ({
    ...(await removeDemo(services, unprompted(tools.ctx))),
  }),
};

/** Nobody reads the id of a job as a reason: what is because of nothing else says nothing. */
const unprompted = (ctx: Context): Context => ({ ...ctx, because: null });

async function bulk(
  [services, input, tools]: Parameters<JobHandler>,
  { dryRun }: { readonly dryRun: boolean },
): Promise<Json> {
  const { kind: name, ids, act, because } = readBulk(input);
  const kind = services.registry.get(name);
  const outcome = await bulkChange(
    services,
    { ...tools.ctx, because },
    kind,
    { ids, act },
    {
      dryRun,
      progress: (done) =>
        tools.progress(done, ids.length, `${kind.plural} ${dryRun ? 'looked at' : 'changed'}`),
    },
  );
  const { applied, unchanged, refused, voided, stale } = outcome;
  const counts = { applied: applied.length, unchanged: unchanged.length, refused: refused.length };
  // A list of jobs is asked for often: it tells how many, and of what refused enough to see why.
  return { counts, refused: refused.slice(0, mostRefusals).map((one) => ({ ...one })), voided, stale };
}

const mostRefusals = 100;

async function applyImportJob(...[services, input, tools]: Parameters<JobHandler>): Promise<Json> {
  if (!isObject(input) || typeof input.import !== 'string')
    throw new TypeError('An import is named by its id');
  const choice: ApplyChoice = isObject(input.choice) ? input.choice : {};
  // After a crash the job is run again: an import that was applied by then is done, not a mistake.
  const again = { ...choice, again: true };
  const applied = await applyImport(services, tools.ctx, input.import, again, (done, total, message) =>
    tools.progress(done, total, message),
  );
  return { import: input.import, counts: applied.counts };
}

/** Input of a bulk job, as the request that asked for it wrote it. */
function readBulk(input: Json): { kind: string; ids: string[]; act: BulkAct; because: string | null } {
  if (
    !isObject(input) ||
    typeof input.kind !== 'string' ||
    !Array.isArray(input.ids) ||
    !isObject(input.act)
  ) {
    throw new TypeError('A bulk change names its kind, its records and its act');
  }
  const because = typeof input.because === 'string' ? input.because : null;
  return { kind: input.kind, ids: input.ids.map(String), act: readAct(input.act), because };
}

function readAct(act: Readonly<Record<string, unknown>>): BulkAct {
  if (isObject(act.patch)) return { patch: act.patch };
  if (typeof act.transition === 'string') return { transition: act.transition };
  if (act.archive === true) return { archive: true };
  throw new TypeError('A bulk change edits, takes a step or archives');
}
