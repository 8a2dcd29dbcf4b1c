import { boundWords } from '../kinds/binding.ts';
import { controlTest } from '../kinds/control-test.ts';
import { isAgainst } from '../kinds/found.ts';
import type { Kind } from '../kinds/kind.ts';
import { verification } from '../kinds/verification.ts';
import { assessmentsCovering } from './assessments.ts';
import { isClosedUnborne } from './closed-risks.ts';
import { conclusive, newestTest } from './conclusive.ts';
import { approvedAt, approvedOf, type Context, found, inverse } from './context.ts';
import { unanswered } from './fallen-classes.ts';
import type { TraceRecord } from './inputs.ts';
import { byDay } from './order.ts';
import { dayOf, linksOf, textOf } from './read.ts';
import { everTestsOf } from './tests-of.ts';

type Obstacle = (c: Context, record: TraceRecord) => string | undefined;

/** Kinds that the line still speaks of where archiving one would only put it out of sight, and why one is not archived. */
const kept: Readonly<Record<string, Obstacle>> = {
  classification: keptClass,
  'impact-assessment': keptAssessment,
  risk: keptRisk,
  treatment: keptPlan,
  'control-test': keptTest,
  verification: keptVerdict,
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

const speaksAgainst = (kind: Kind, record: TraceRecord): boolean =>
  record.state === kind.found?.in && isAgainst(kind, record);

/** A test that found otherwise than effective stays while it is the last word on something that it judged (9.1). */
function keptTest(c: Context, record: TraceRecord): string | undefined {
  if (!speaksAgainst(controlTest, record) || !conclusive(record)) return undefined;
  const named = linksOf(record, 'implementation');
  const here = (implementation: TraceRecord) => implementation.system === record.system;
  const judged =
    named.length > 0
      ? named
      : found(c, linksOf(record, 'control'))
          .flatMap((control) => inverse(c, control, 'implementation', 'control').filter(here))
          .map(({ id }) => id);
  const open = judged.filter((id) => {
    const implementation = c.system.find(id);
    // What this line does not see may be in place all the same.
    if (!implementation) return true;
    const tests = everTestsOf(c, implementation, record.system).filter((test) => test.id !== record.id);
    return implementation.state !== 'ended' && newestTest([record, ...tests]) === record;
  });
  const refs = found(c, open).map(({ ref }) => ref);
  return open.length > 0
    ? `It is the last word on ${refs.join(', ') || 'what it tested'}. Test again first: what was found stays until then.`
    : undefined;
}

/** A verdict that a version did not pass stays while no later one was given on it (A.6.2.4). */
function keptVerdict(c: Context, record: TraceRecord): string | undefined {
  if (!speaksAgainst(verification, record)) return undefined;
  const later = (other: TraceRecord) =>
    other.state === record.state &&
    approvedOf(c, other) !== null &&
    byDay(dayOf(record, 'decidedOn'), dayOf(other, 'decidedOn')) < 0;
  const open = found(c, linksOf(record, 'version')).filter(
    (version) =>
      version.state !== 'withdrawn' &&
      !inverse(c, version, 'verification', 'version').some((other) => other.id !== record.id && later(other)),
  );
  return open.length > 0
    ? `It is the last verdict on ${open.map(({ ref }) => ref).join(', ')}. Verify again first: what was found stays until then.`
    : undefined;
}
