import type { Actor } from '@throughline/domain/actor.ts';
import { addDays } from '@throughline/domain/day.ts';
import type { Json } from '@throughline/domain/json.ts';
import { criteriaRows } from '@throughline/domain/kinds/gate-rows.ts';
import type { Role } from '@throughline/domain/permissions.ts';
import { isAnswered } from '@throughline/domain/risk/answered.ts';
import { rowsOf } from '@throughline/domain/trace/read.ts';
import { decideInside } from '../../records/decide-approval.ts';
import { editInside } from '../../records/edit-record.ts';
import { takeCriteriaInside } from '../../records/gate-criteria.ts';
import { suggestionsOf } from '../../records/run-suggestions.ts';
import { transitionInside } from '../../records/transition-record.ts';
import type { Services } from '../../services.ts';
import { approvalsOf } from '../../store/approvals.ts';
import { demoMember } from '../../store/demo.ts';
import type { LockedRecord, Write } from '../../store/write.ts';
import type { SourceRecord } from './demo-source.ts';

/** Who writes the demo where no person of it has to. */
export const demoRule: Actor = { type: 'rule', rule: 'demo' };

type Person = { readonly key: string; readonly roles: readonly Role[] };

/** A person of the demo as an actor. They cannot sign in; what they decide in the demo says that they did. */
export function demoPerson(organisation: string, people: readonly Person[], key: string): Actor {
  const person = people.find((one) => one.key === key);
  if (!person) throw new RangeError(`The demo has no person ${key}`);
  return { type: 'person', member: demoMember(organisation, key), roles: person.roles };
}

export type DemoStep =
  | { readonly do: 'step'; readonly record: string; readonly transition: string; readonly by: string | null }
  | { readonly do: 'approve' | 'submit'; readonly record: string; readonly by: string | null }
  | { readonly do: 'afterwards' | 'criteria'; readonly record: string; readonly by: null };

/** The steps of one round, by who takes them: a record's first steps, then all second ones, and so on. */
export function stepsOfRound(
  records: readonly SourceRecord[],
  round: number,
): Map<string | null, DemoStep[]> {
  const found = new Map<string | null, DemoStep[]>();
  for (const { key, steps } of records) {
    const text = steps[round];
    // A dash waits for others: a gate is decided when what it stands on was.
    if (text === undefined || text === '-') continue;
    const step = readStep(key, text);
    found.set(step.by, [...(found.get(step.by) ?? []), step]);
  }
  return found;
}

function readStep(record: string, text: string): DemoStep {
  const [act, ...rest] = text.split(':');
  if (act === 'do' && rest[0]) return { do: 'step', record, transition: rest[0], by: rest[1] ?? null };
  if (act === 'approve' && rest[0]) return { do: 'approve', record, by: rest[0] };
  if (act === 'submit' || act === 'afterwards' || act === 'criteria') return { do: act, record, by: null };
  throw new RangeError(`The demo has no step ${text}`);
}

/** Takes a step unless it was taken before: a load that was stopped goes on where it was. */
export async function takeStep(
  services: Services,
  write: Write,
  record: LockedRecord,
  step: DemoStep,
  afterwards: Readonly<Record<string, Json>>,
): Promise<void> {
  const kind = write.registry.get(record.kind);
  if (step.do === 'afterwards') {
    await editInside(write, kind, record, { fields: afterwards });
    return;
  }
  if (step.do === 'criteria') {
    if (record.state === 'asked') await answerCriteria(services, write, record);
    return;
  }
  if (step.do === 'step') {
    const { from = [] } = kind.lifecycle.transitions[step.transition] ?? {};
    if (!from.includes(record.state)) return;
    const ready =
      record.kind === 'risk-assessment' && step.transition === 'finish'
        ? await considerRest(services, write, record)
        : record;
    await transitionInside(services, write, kind, ready, step.transition);
    return;
  }
  const acts = (await approvalsOf(write, [record.id])).get(record.id) ?? [];
  if (acts.some((one) => one.act === step.do)) return;
  await decideInside(services, write, kind, record, {
    ref: record.id,
    act: step.do,
    version: record.version,
    digest: record.digest.toString('hex'),
    reason: null,
  });
}

/** What the run was not told of each source and threat that is suggested for its system: looked at, and left. */
async function considerRest(services: Services, write: Write, run: LockedRecord): Promise<LockedRecord> {
  const { suggestions } = await suggestionsOf(services, write, run);
  const rest = suggestions.filter((one) => !isAnswered(one));
  const left = rest.map(({ id, title }) => ({
    ...{ finding: title, from: id, answer: 'no-risk' },
    reason: 'Talked through in the run: what there is of it stands in the two risks.',
  }));
  const considered = [...rowsOf(run.content, 'considered'), ...left];
  return (await editInside(write, write.registry.get(run.kind), run, { fields: { considered } })).record;
}

/** Criteria as the line has them, and answers where it leaves them to people. */
async function answerCriteria(services: Services, write: Write, gate: LockedRecord): Promise<void> {
  const taken = await takeCriteriaInside(services, write, gate);
  const criteria = criteriaRows(taken.content.fields).map((row) => {
    if (row.answer !== undefined) return row;
    return row.finding === 'not-met'
      ? {
          ...row,
          answer: 'not-met',
          answerToMiss: 'On the list of the owner, and looked at again each month',
          missOwner: gate.content.fields.requestedBy ?? null,
          missBy: addDays(write.ctx.at.toISOString().slice(0, 10), 60),
        }
      : { ...row, answer: 'met', checked: 'Talked through in the meeting on this decision' };
  });
  const missed = criteria.filter(({ answer }) => answer === 'not-met');
  const conditions =
    missed.length > 0
      ? {
          verdict: 'pass-with-conditions',
          conditions: missed.map(({ criterion }) => `Open: ${criterion}`).join('\n\n'),
          reason:
            'What is open can wait for some weeks: each point has a person who sees to it, and a last day.',
        }
      : {};
  await editInside(write, write.registry.get('gate'), taken, { fields: { criteria, ...conditions } });
}
