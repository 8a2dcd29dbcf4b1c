import { DomainError, notFound } from '@throughline/domain/errors.ts';
import { moveAsAct } from '@throughline/domain/finding-answer.ts';
import { archiveObstacle } from '@throughline/domain/kinds/archiving.ts';
import { changedParts } from '@throughline/domain/kinds/edit.ts';
import type { AbilityWire } from '@throughline/domain/wire.ts';
import { ensureNotAudited } from '../../records/audited.ts';
import { homeOf, parentsOf } from '../../records/home.ts';
import { ensureIndependent } from '../../records/independence.ts';
import { refuseLiftByFile } from '../../records/legal-hold.ts';
import { loweredByFile } from '../../records/rating-lowered.ts';
import { goneObstacle, lessFaults } from '../../records/two-hands.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { digestOf } from '../../store/digest.ts';
import { type BuiltOn, builtOn, madeIn, type Touched, touchedBy } from '../../store/import-traces.ts';
import { findImport, lockImport, releaseKeys, type StoredImport, updateImport } from '../../store/imports.ts';
import type { Reader } from '../../store/reader.ts';
import { refsById, targetsById } from '../../store/records.ts';
import { askForStatistics, changedMuch } from '../../store/statistics.ts';
import type { LockedRecord, Write } from '../../store/write.ts';
import { ensureMayImport } from './analyse-file.ts';
import { lockMany } from './lock-many.ts';

const words: Readonly<Record<BuiltOn['what'], string>> = {
  revision: 'changed since',
  approval: 'approved or decided upon since',
  link: 'linked to by other records',
  comment: 'commented on',
};

/**
 * Undoes an import by a new change: what it made is archived and lets go of its keys, what it changed is as before. Only
 * while nothing was built on it; otherwise `conflict` names what was, and nothing is undone.
 */
export async function undoImport(services: Services, ctx: Context, id: string): Promise<StoredImport> {
  const seen = await services.store.read(ctx, (reader) => findImport(reader, id));
  if (!seen) throw notFound();
  ensureMayImport(ctx.actor, services.registry.get(seen.kind), services.registry);
  return services.store.change({ ...ctx, because: id }, async (write) => {
    const stored = await lockImport(write, id);
    if (!stored) throw notFound();
    if (stored.state !== 'applied' || !stored.appliedAt)
      throw new DomainError('conflict', 'Only an import that was applied can be undone.');
    const touched = await touchedBy(write, id);
    const locked = await lockMany(
      write,
      touched.map((one) => one.record),
    );
    const obstacles = await builtOn(write, id, stored.appliedAt);
    if (obstacles.length > 0) throw await builtUpon(write, obstacles);
    const made = touched.filter((one) => one.made).map((one) => one.record);
    for (const [index, one] of touched.entries()) {
      const record = locked.get(one.record);
      if (record) await revert(write, record, one);
      if (index % 2_000 === 1_999) await write.spill();
    }
    await releaseKeys(write, made);
    await updateImport(write, id, { state: 'undone', undoneAt: ctx.at });
    const digest = digestOf({ import: id, records: touched.map((one) => one.record).sort() });
    write.log({ act: 'import.undone', import: id, digest: digest.toString('hex'), rows: touched.length });
    if (changedMuch(touched.length)) await askForStatistics(write);
    return { ...stored, state: 'undone', undoneAt: ctx.at };
  });
}

async function revert(write: Write, record: LockedRecord, was: Touched): Promise<void> {
  if (was.made) {
    if (record.archivedAt) return;
    await ensureNotAudited(write, record, { act: 'archive' });
    await ensureStays(write, record, { archived: true });
    write.archive(record);
    return;
  }
  if (!was.fields || !was.links || was.state === null)
    throw new DomainError(
      'conflict',
      'What stood before this import was erased, so it cannot be brought back.',
    );
  let now = was.archived && record.archivedAt ? write.restore(record) : record;
  const kind = write.registry.get(record.kind);
  const before = { fields: was.fields, links: was.links };
  const changed = changedParts(record.content, before);
  if (changed.length > 0) {
    await ensureNotAudited(write, record, { act: 'edit', changed });
    const ref = `${kind.prefix}-${record.number}`;
    refuseLiftByFile(kind, record.content, before, ref);
    const [less] = await lessFaults(write, write.ctx, kind, record, before);
    if (less) throw new DomainError('conflict', `${ref}: ${less.message} Nothing was undone.`);
    const [lowered] = await loweredByFile(write, kind, record.id, { before: record.content, next: before });
    if (lowered) throw new DomainError('conflict', `${ref}: ${lowered.message} Nothing was undone.`);
    const system = homeOf(kind, before, await targetsById(write, parentsOf(kind, before)));
    await ensureIndependent(
      write,
      kind,
      { id: record.id, kind: kind.name, system, content: before },
      was.state,
    );
    const material = changed.some((part) => kind.material.includes(part));
    now = write.edit(now, before, { changed, material, system });
  }
  if (was.state === record.state) return;
  const judged = moveAsAct(kind.name, record.state, was.state);
  if (judged) await ensureNotAudited(write, record, judged);
  await ensureStays(write, record, { state: was.state });
  write.move(now, was.state);
}

/** What takes two hands does not go with the file that brought it in. Throws `conflict`. */
async function ensureStays(
  write: Write,
  record: LockedRecord,
  to: Parameters<typeof goneObstacle>[4],
): Promise<void> {
  const kind = write.registry.get(record.kind);
  const obstacle = await goneObstacle(write, write.ctx, kind, record, to);
  if (obstacle !== undefined)
    throw new DomainError('conflict', `${kind.prefix}-${record.number}: ${obstacle} Nothing was undone.`);
}

async function builtUpon(reader: Reader, obstacles: readonly BuiltOn[]): Promise<DomainError> {
  const refs = await refsById(
    reader,
    obstacles.map((one) => one.record),
  );
  const items = obstacles.flatMap((one) => {
    const ref = refs.get(one.record);
    if (!ref) return [];
    const name = `${reader.registry.get(ref.kind).prefix}-${ref.number}`;
    return [{ at: name, message: `It was ${words[one.what]}.` }];
  });
  return new DomainError('conflict', `${sentence(obstacles)} Nothing was undone.`, items);
}

function sentence(obstacles: readonly BuiltOn[]): string {
  const counts = new Map(obstacles.map((one) => [one.what, one.count]));
  const parts = [...counts].map(
    ([what, count]) => `${count} ${count === 1 ? 'record was' : 'records were'} ${words[what]}`,
  );
  return `This import cannot be undone: ${parts.join(', ')}.`;
}

/**
 * How many uses in use undoing takes out: archiving one is refused, and undoing takes back what
 * the file alone said. Whoever undoes is told before.
 */
export async function goingOn(reader: Reader, stored: StoredImport): Promise<number> {
  if (stored.state !== 'applied') return 0;
  const kind = reader.registry.get('use-case');
  const states = Object.keys(kind.lifecycle.states)
    .filter((state) => archiveObstacle(kind, state) !== undefined)
    .map((state) => `${kind.name}:${state}`);
  return madeIn(reader, stored.id, states);
}

/** Whether an import could be undone now, and why not. */
export async function undoability(reader: Reader, stored: StoredImport): Promise<AbilityWire> {
  // What stands in the way is not the caller's role, so nobody else could either.
  const no = (reason: string): AbilityWire => ({ allowed: false, reason, who: [] });
  if (stored.state === 'undone') return no('It was undone.');
  if (stored.state !== 'applied' || !stored.appliedAt) return no('It was not applied.');
  const obstacles = await builtOn(reader, stored.id, stored.appliedAt);
  return obstacles.length > 0 ? no(sentence(obstacles)) : { allowed: true };
}
