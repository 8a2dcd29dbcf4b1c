import { boundWords } from '../kinds/binding.ts';
import { assessmentsCovering } from './assessments.ts';
import { isClosedUnborne } from './closed-risks.ts';
import { approvedAt, approvedOf, type Context, found } from './context.ts';
import { unanswered } from './fallen-classes.ts';
import type { TraceRecord } from './inputs.ts';
import { linksOf, textOf } from './read.ts';

type Obstacle = (c: Context, record: TraceRecord) => string | undefined;

/** Kinds that the line still speaks of where archiving one would only put it out of sight, and why one is not archived. */
const kept: Readonly<Record<string, Obstacle>> = {
  classification: keptClass,
  'impact-assessment': keptAssessment,
  risk: keptRisk,
  treatment: keptPlan,
};

/** Whether archiving a record of the kind is asked of its line. */
export const isKept = (kind: string): boolean => Object.hasOwn(kept, kind);

/** Why a record is not taken out of the register, by what its line says of it; nothing where it may be. */
export const keptObstacle: Obstacle = (c, record) => kept[record.kind]?.(c, record);

/** A class that stands, and one that was taken back while nothing answers it (EU AI Act 5): see CL4 and IM10. */
function keptClass(c: Context, record: TraceRecord): string | undefined {
  if (approvedOf(c, record) !== null && record.state !== 'withdrawn') return boundWords;
  const uses = found(c, linksOf(record, 'useCase'));
  return uses.some((use) => unanswered(c, use).some((one) => one.record.id === record.id))
    ? 'It was signed off and taken back, and no class of the use was signed off since. It stays on record until one is.'
    : undefined;
}

/** An assessment in force goes once another one was approved after it for each use that it covers (6.1.4). */
function keptAssessment(c: Context, record: TraceRecord): string | undefined {
  const approved = approvedOf(c, record);
  if (approved === null || record.state === 'withdrawn') return undefined;
  const since = approvedAt(c, record) ?? approved.at;
  const replaced = found(c, linksOf(approved, 'covers')).every((use) =>
    assessmentsCovering(c, use).some((other) => (approvedAt(c, other) ?? '') > since),
  );
  return replaced ? undefined : boundWords;
}

/** A risk that was rated is closed by its step, which asks whether it is borne (8.3), before it goes. */
function keptRisk(c: Context, record: TraceRecord): string | undefined {
  if (['currentLevel', 'residualLevel'].every((level) => textOf(record, level) === null)) return undefined;
  if (record.state !== 'closed') return 'This risk was rated. Close it by its step before you archive it.';
  return isClosedUnborne(c, record)
    ? 'This risk was closed above what is borne without treatment, and nobody with authority accepts it. Open it again first.'
    : undefined;
}

/** A plan that somebody approved, or that was given up, speaks of its risks as long as they are open (6.1.3). */
function keptPlan(c: Context, record: TraceRecord): string | undefined {
  const wasApproved = record.approvals.some(({ act }) => act === 'approve');
  if (record.state === 'planned' && !wasApproved) return undefined;
  const named = new Set([record, approvedOf(c, record) ?? record].flatMap((one) => linksOf(one, 'risks')));
  const open = found(c, [...named]).filter(({ state }) => state !== 'closed');
  return open.length > 0
    ? `${open.map(({ ref }) => ref).join(', ')}, of which this plan speaks, ${open.length > 1 ? 'are' : 'is'} open. Close what it treats first.`
    : undefined;
}
