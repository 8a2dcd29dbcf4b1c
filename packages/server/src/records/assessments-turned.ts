import type { Edit } from '@throughline/domain/kinds/edit.ts';
import { changingKinds } from '@throughline/domain/trace/system-change.ts';
import { assessmentsHeldAgainst } from '../store/impact.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { changesUnder } from './system-moved.ts';

/**
 * Impact assessments in force that turn stale by an edit of their system, or of a model or data set that it is made of, by
 * the rule that the line judges by (8.4, IM1): whoever changes it is told before the change takes effect. What is written
 * back turns none stale, and one that another change turned before stays as it is.
 */
export async function assessmentsTurned(write: Write, before: LockedRecord, edit: Edit): Promise<string[]> {
  if (edit.material.length === 0 || !changingKinds.includes(before.kind)) return [];
  const assessments = await assessmentsHeldAgainst(write, before.id);
  if (assessments.length === 0) return [];
  const when = { at: write.ctx.at, index: null };
  const already = await changesUnder(write, assessments, when);
  const changed = { id: before.id, at: write.ctx.at.toISOString() };
  const then = await changesUnder(write, assessments, when, changed);
  return assessments.map(({ id }) => id).filter((id) => then.has(id) && !already.has(id));
}
