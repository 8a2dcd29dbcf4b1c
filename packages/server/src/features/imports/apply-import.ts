import { approvalStanding } from '@throughline/domain/approvals.ts';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import type { PlannedRecord, PlannedRow } from '@throughline/domain/import/plan.ts';
import type { Rejection } from '@throughline/domain/import/rejected-file.ts';
import { type PlanCounts, rejectionsOfRow } from '@throughline/domain/import/report.ts';
import { ensureNotAudited } from '../../records/audited.ts';
import { refuseLiftByFile } from '../../records/legal-hold.ts';
import { ensureMay } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { approvedOnBasisOf } from '../../store/approvals.ts';
import { ImportRowsDigest } from '../../store/bound.ts';
import type { Context } from '../../store/context.ts';
import { digestOf } from '../../store/digest.ts';
import { rowDigests, type SettledRow, settleRows } from '../../store/import-rows.ts';
import { findImport, lockImport, type StoredImport, updateImport } from '../../store/imports.ts';
import { targetsById } from '../../store/records.ts';
import { askForStatistics, changedMuch } from '../../store/statistics.ts';
import type { LockedRecord, Write } from '../../store/write.ts';
import { ensureMayImport } from './analyse-file.ts';
import { approvalsOfMany, lockMany } from './lock-many.ts';
import { archiveMissing } from './missing-records.ts';
import {
  formedSource,
  type ImportPlan,
  type Progress,
  parseImport,
  planImport,
  silent,
} from './plan-import.ts';

export type ApplyChoice = {
  /** Also archives the records that the file no longer has. Without it they are only reported. */
  readonly archiveMissing?: boolean;
  /** What the person confirmed. When the plan has become another one since, nothing is applied. */
  readonly expect?: Pick<PlanCounts, 'added' | 'changed' | 'missing'>;
  /** Asked again after a crash: an import that was applied by then is answered as it stands. */
  readonly again?: boolean;
};

const rowsAtOnce = 1_000;
const stayedAtMost = 500;

/**
 * Applies an import in one change: every record, revision, link and log entry of it, or nothing. Throws `conflict` for an
 * import that was applied before, `changed` when the register is no longer what was previewed.
 */
export async function applyImport(
  services: Services,
  ctx: Context,
  id: string,
  choice: ApplyChoice = {},
  progress: Progress = silent,
): Promise<StoredImport> {
  const begun = await services.store.read(ctx, async (reader) => {
    const stored = await findImport(reader, id);
    if (!stored) throw notFound();
    const kind = services.registry.get(stored.kind);
    ensureMayImport(ctx.actor, kind, services.registry);
    if (choice.archiveMissing) ensureMay(ctx.actor, kind, 'archive');
    if (choice.again && stored.state === 'applied') return { stored };
    ensureAnalysed(stored);
    return { parsed: await parseImport(reader, stored, progress) };
  });
  if ('stored' in begun) return begun.stored;
  const { parsed } = begun;
  await progress(parsed.rows.length, parsed.rows.length, 'Writing the records');
  return services.store.change({ ...ctx, because: id }, async (write) => {
    const stored = await lockImport(write, id);
    if (!stored) throw notFound();
    ensureAnalysed(stored);
    if (JSON.stringify(stored.analysis.mapping) !== JSON.stringify(parsed.mapping))
      throw new DomainError(
        'changed',
        'Somebody changed the columns of this import in between. Look at the preview again.',
      );
    const plan = await planImport(services, write, parsed, silent, write.ctx);
    ensureExpected(plan, choice);
    return applyPlan(services, write, stored, plan, choice);
  });
}

/** Writes what was planned in the same change, and that the import is applied. */
export async function applyPlan(
  services: Services,
  write: Write,
  stored: StoredImport,
  plan: ImportPlan,
  choice: Pick<ApplyChoice, 'archiveMissing'>,
): Promise<StoredImport> {
  const { at } = write.ctx;
  const kept = await rowDigests(write, stored.id);
  await writePlan(write, stored, plan);
  const stayed = choice.archiveMissing ? await archiveMissing(services, write, plan.missing) : [];
  const counts = { ...plan.counts, stays: stayed.length };
  const analysis = { ...stored.analysis, stayed: stayed.slice(0, stayedAtMost) };
  await updateImport(write, stored.id, { state: 'applied', analysis, counts, appliedAt: at });
  const digest = digestOf({
    file: stored.fileDigest.toString('hex'),
    mapping: stored.analysis.mapping,
    counts,
  });
  const rows = plan.rows.length;
  const cells = cellsOf(kept, plan);
  write.log({ act: 'import.applied', import: stored.id, digest: digest.toString('hex'), rows, cells });
  if (changedMuch(rows)) await askForStatistics(write);
  return { ...stored, state: 'applied', analysis, counts, appliedAt: at };
}

/** Binds every row of the file as it was kept, and what came of it. */
function cellsOf(kept: Awaited<ReturnType<typeof rowDigests>>, plan: ImportPlan): string {
  const settled = new Map(plan.rows.map((row) => [row.row, settledRow(row)]));
  const all = new ImportRowsDigest();
  for (const { row, digest } of kept) {
    const { outcome, record } = settled.get(row) ?? { outcome: 'read', record: null };
    all.add({ row, digest, outcome, record });
  }
  return all.made();
}

function settledRow(row: PlannedRow): SettledRow {
  return {
    row: row.row,
    record: row.records.at(-1)?.id ?? null,
    outcome: row.outcome,
    rejections: keptRejections(row),
  };
}

export function ensureAnalysed(stored: StoredImport): void {
  if (stored.state === 'analysed') return;
  const how = stored.state === 'applied' ? 'was applied' : 'was applied and undone';
  throw new DomainError('conflict', `This import ${how}. Upload the file again to import it again.`);
}

function ensureExpected(plan: ImportPlan, choice: ApplyChoice): void {
  const { expect } = choice;
  if (!expect) return;
  const same = (['added', 'changed', 'missing'] as const).every((part) => plan.counts[part] === expect[part]);
  if (!same)
    throw new DomainError(
      'changed',
      'The register changed since the preview. Look at the preview again.',
      [],
      {
        counts: plan.counts,
      },
    );
}

async function writePlan(write: Write, stored: StoredImport, plan: ImportPlan): Promise<void> {
  const records = plan.rows.flatMap((row) => row.records);
  const changed = records.filter((record) => record.before && record.changes.length > 0);
  const locked = await lockUnchanged(write, changed, plan);
  for (let from = 0; from < plan.rows.length; from += rowsAtOnce) {
    const piece = plan.rows.slice(from, from + rowsAtOnce);
    for (const record of piece.flatMap((row) => row.records)) writeRecord(write, stored, record, locked);
    await write.spill();
    await settleRows(write, stored.id, piece.map(settledRow));
  }
  await voidApprovals(write, changed, locked);
  await touchDependants(write, changed);
}

/** The raw cells stay with the row: of a cell only so much is repeated as tells which of them is meant. */
function keptRejections(row: PlannedRow): readonly Rejection[] | null {
  const rejections = rejectionsOfRow(row);
  return rejections.length === 0
    ? null
    : rejections.map((one) => ({ ...one, raw: one.raw.slice(0, 200).toWellFormed() }));
}

/** Locks what is going to be changed, and makes sure that it is still what the plan was made on. */
async function lockUnchanged(
  write: Write,
  changed: readonly PlannedRecord[],
  plan: ImportPlan,
): Promise<Map<string, LockedRecord>> {
  const locked = await lockMany(
    write,
    changed.map((record) => record.id),
  );
  for (const record of changed) {
    const found = locked.get(record.id);
    if (found) {
      await ensureNotAudited(write, found, { act: 'edit', changed: record.changed });
      refuseLiftByFile(record.kind, found.content, record.next, record.before?.ref ?? '');
    }
    if (found?.version !== plan.versions.get(record.id))
      throw new DomainError(
        'changed',
        `${record.before?.ref} was changed in between. Nothing was applied; try again.`,
      );
  }
  return locked;
}

function writeRecord(
  write: Write,
  stored: StoredImport,
  record: PlannedRecord,
  locked: ReadonlyMap<string, LockedRecord>,
): void {
  if (!record.before) {
    const source = record.kind.name === stored.kind ? stored.source : formedSource(stored.source);
    write.create({
      kind: record.kind,
      content: record.next,
      state: record.state,
      system: record.system,
      id: record.id,
      external: [{ source, key: record.key }],
      import: stored.id,
    });
    return;
  }
  const before = locked.get(record.id);
  if (!before) return;
  const { changed, material, system } = record;
  const edited = changed.length > 0 ? write.edit(before, record.next, { changed, material, system }) : before;
  if (record.state !== before.state) write.move(edited, record.state);
}

/** A material edit of a factual kind voids the approval that stood on its content. */
async function voidApprovals(
  write: Write,
  changed: readonly PlannedRecord[],
  locked: ReadonlyMap<string, LockedRecord>,
): Promise<void> {
  const concerned = changed.filter(
    (record) => record.material && record.kind.regime === 'factual' && record.kind.approvable,
  );
  const acts = await approvalsOfMany(
    write,
    concerned.map((record) => record.id),
  );
  for (const record of concerned) {
    const before = locked.get(record.id);
    const { status } = approvalStanding(acts.get(record.id) ?? [], () => undefined);
    if (before && (status === 'approved' || status === 'submitted'))
      write.approval(before, 'void', { version: before.version, digest: before.digest, reason: null });
  }
}

/** Approvals elsewhere that stood on a changed record turn stale: their systems are looked at again. */
async function touchDependants(write: Write, changed: readonly PlannedRecord[]): Promise<void> {
  const dependants = await approvedOnBasisOf(
    write,
    changed.map((record) => record.id),
  );
  for (const [id, facts] of await targetsById(write, dependants)) write.touch({ id, system: facts.system });
}
