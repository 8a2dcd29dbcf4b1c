import { firstDay, lastDay } from '../day.ts';
import { type ErrorItem, unprocessable } from '../errors.ts';
import { dayOf } from '../trace/read.ts';
import type { Edit } from './edit.ts';
import type { Content, Kind, Transition } from './kind.ts';
import { missingParts } from './transition.ts';
import { isWeighty } from './weighty-steps.ts';

/**
 * In which states a record may begin (5.3, 10.2). What somebody writes anew begins where steps lead that bind nobody: no
 * second person, no approval, no proof. Every other state is a word that a person gives on the record itself. What an
 * import brings in says how things stood elsewhere, and stays marked as that.
 */

/** Whether anybody who may take steps at all may take this one, alone and without showing who they are. */
export function isFree(kind: Kind, name: string, { approved, notBy, takenBy, decides }: Transition): boolean {
  return !isWeighty(kind, name) && !approved && !notBy?.length && !takenBy && !decides;
}

type Fields = Content['fields'];
type Walk = ReadonlyMap<string, readonly string[]>;

/** Each state that steps lead to from another, with the shortest way there, as names of steps. */
function walk(kind: Kind, from: string, may: (name: string, step: Transition) => boolean): Walk {
  const ways = new Map<string, readonly string[]>([[from, []]]);
  for (const [state, way] of ways)
    for (const [name, step] of Object.entries(kind.lifecycle.transitions))
      if (step.from.includes(state) && !ways.has(step.to) && may(name, step))
        ways.set(step.to, [...way, name]);
  return ways;
}

const isMet = (kind: Kind, step: Transition, content: Content, now: string): boolean =>
  unmetBy(kind, step, content, now) === undefined;

/** States that free steps lead to from another, whatever the record says; that state itself among them. */
export function freeStates(kind: Kind, from: string): ReadonlySet<string> {
  return new Set(walk(kind, from, (name, step) => isFree(kind, name, step)).keys());
}

/** The states in which a new record of a kind may be made, in the order of its declaration: the first where it begins. */
export function beginnings(kind: Kind): string[] {
  const { initial, states, mayBeBroughtIn } = kind.lifecycle;
  if (!mayBeBroughtIn) return [initial];
  const free = freeStates(kind, initial);
  return [initial, ...Object.keys(states).filter((state) => state !== initial && free.has(state))];
}

/** Whether free steps lead from one state to another with what the record says, each with what it needs. */
export function leadsFreely(kind: Kind, from: string, to: string, content: Content, now: string): boolean {
  return walk(kind, from, (name, step) => isFree(kind, name, step) && isMet(kind, step, content, now)).has(
    to,
  );
}

/** The step from one state to another, one that binds nobody before others; nothing where none leads there at once. */
export function stepBetween(kind: Kind, from: string, to: string): string | undefined {
  const steps = Object.entries(kind.lifecycle.transitions).filter(
    ([, step]) => step.from.includes(from) && step.to === to,
  );
  return (steps.find(([name, step]) => isFree(kind, name, step)) ?? steps[0])?.[0];
}

/** Why a new record may not begin in a state, in words: which step leads there, and who takes it; nothing when it may. */
export function beginningObstacle(
  kind: Kind,
  state: string,
  content: Content,
  now: string,
): string | undefined {
  const { initial, states, transitions, mayBeBroughtIn } = kind.lifecycle;
  if (state === initial) return undefined;
  if (!Object.hasOwn(states, state)) return `One of: ${beginnings(kind).join(', ')}.`;
  if (!mayBeBroughtIn) return 'Steps of the life cycle lead to the others.';
  if (leadsFreely(kind, initial, state, content, now)) return undefined;
  const label = `“${states[state]?.label ?? state}”`;
  const comes = (step: Transition) => (step.to === state ? `${label} is reached by` : `${label} comes after`);
  const free = walk(kind, initial, (name, step) => isFree(kind, name, step));
  const way = free.get(state);
  if (way === undefined) {
    const name = bindingStep(kind, state, free);
    const step = name === undefined ? undefined : transitions[name];
    if (!step) return `No step leads to ${label}.`;
    return `${comes(step)} “${step.label}”, ${takenHow(kind, step)}.`;
  }
  for (const name of way) {
    const step = transitions[name];
    const unmet = step && unmetBy(kind, step, content, now);
    if (step && unmet !== undefined) return `${comes(step)} “${step.label}”: ${unmet}`;
  }
  return `No step leads to ${label}.`;
}

/** What a step needs and the content lacks, in words; nothing where it has all of it. */
export function unmetBy(kind: Kind, step: Transition, content: Content, now: string): string | undefined {
  const never = step.never?.(content);
  if (never !== undefined) return never;
  const missing = missingParts(kind, step, content);
  return missing.length > 0
    ? `${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} needed first.`
    : step.guard?.(content, now);
}

/** Why a file does not bring a record in in a state, in words: what the step there asks of files too, and it lacks. */
export function bringingInObstacle(
  kind: Kind,
  state: string,
  content: Content,
  now: string,
): string | undefined {
  const { states, transitions } = kind.lifecycle;
  const asked = Object.values(transitions).filter((step) => step.askedOfFiles && step.to === state);
  const unmet = asked.map((step) => ({ step, lacks: unmetBy(kind, step, content, now) }));
  const [first] = unmet;
  if (!first || unmet.some(({ lacks }) => lacks === undefined)) return undefined;
  return `“${states[state]?.label ?? state}” is reached by “${first.step.label}”: ${first.lacks}`;
}

/** The first step that binds on the way to a state: one that leads there at once, else one that it comes after. */
function bindingStep(kind: Kind, state: string, free: Walk): string | undefined {
  const { initial, transitions } = kind.lifecycle;
  const last = Object.entries(transitions).find(
    ([, step]) => step.to === state && step.from.some((from) => free.has(from)),
  );
  const way = walk(kind, initial, () => true).get(state) ?? [];
  return (
    last?.[0] ??
    way.find((name) => {
      const step = transitions[name];
      return step !== undefined && !isFree(kind, name, step);
    })
  );
}

/** Who takes a step that binds, in words that follow its name. */
export function takenHow(kind: Kind, { approved, notBy, takenBy }: Transition): string {
  const label = (field: string): string => `“${kind.fields[field]?.label ?? field}”`;
  const hand = takenBy
    ? `by the person under ${label(takenBy)}`
    : notBy?.length
      ? `by somebody who is not and was not under ${notBy.map(label).join(' or ')}`
      : 'by somebody who shows who they are';
  return `taken on the record itself${approved ? ', once it is approved,' : ''} ${hand}`;
}

/** States of a kind that are the word of a person on what others rely on: borne, effective, accepted, closed. */
export function decidedStates(kind: Kind): string[] {
  if (kind.lifecycle.observed) return [];
  const free = freeStates(kind, kind.lifecycle.initial);
  return Object.keys(kind.lifecycle.states).filter((state) => !free.has(state));
}

/**
 * Member fields that say who gave the word on which a state stands: nobody writes another one in afterwards. Whoever
 * doubts it takes a step; then they are free again.
 */
export function settledFields(kind: Kind, state: string): string[] {
  // Where a free step leads too, the state stands on nobody's word.
  if (freeStates(kind, kind.lifecycle.initial).has(state)) return [];
  const judges = new Set((kind.apart ?? []).map(({ field }) => field));
  const steps = Object.values(kind.lifecycle.transitions).filter(
    ({ to, notBy, takenBy }) => to === state && (notBy || takenBy),
  );
  const named = steps.flatMap(({ takenBy, requires = [] }) => [
    ...(takenBy ? [takenBy] : []),
    ...requires.filter((part) => judges.has(part)),
  ]);
  return [...new Set(named)];
}

/**
 * Fields and relations that a judgement is made of: what is material, what it belongs to, and what was said for the step
 * to it and for the one before. Who owns the work stays free, so that it can be handed on, unless they asked for the
 * judgement.
 */
export function judgedParts(kind: Kind, state: string): string[] {
  if (!kind.judges || !decidedStates(kind).includes(state)) return [];
  const steps = Object.values(kind.lifecycle.transitions);
  // A gate that was not passed is put right and approved where it stands.
  if (steps.some(({ from, approved }) => approved && from.includes(state))) return [];
  const last = steps.filter(({ to }) => to === state);
  const earlier = steps.filter(({ to }) => last.some(({ from }) => from.includes(to)));
  const said = [...last, ...earlier].flatMap(({ requires = [] }) => requires);
  const homes = Object.keys(kind.relations).filter((name) => kind.relations[name]?.type === 'within');
  const asked = kind.approvable?.requestedBy ?? [];
  const words = said.filter((part) => part !== kind.owner || asked.includes(part));
  return [...new Set([...kind.material, ...homes, ...words])];
}

/**
 * Refuses to change in another way than by a step who gave the word on which a state stands, and what it was given on;
 * and to move a day on that somebody is held to. Throws `unprocessable`.
 * @param byAct an act of its own writes, which moves such days
 */
export function refuseSettled(
  kind: Kind,
  state: string,
  before: Content,
  { changed, next }: Pick<Edit, 'changed' | 'next'>,
  byAct = false,
): void {
  const label = kind.lifecycle.states[state]?.label ?? state;
  const given = settledFields(kind, state).filter((field) => field in before.fields);
  const judged = judgedParts(kind, state);
  const problems = changed.flatMap((part) => {
    const field = kind.fields[part];
    const name = field?.label ?? kind.relations[part]?.label ?? part;
    const says = given.includes(part)
      ? `says on whose word this is “${label}”`
      : judged.includes(part)
        ? `is part of what was judged, and this is “${label}”`
        : undefined;
    if (says === undefined) return [];
    const at = `${field ? 'fields' : 'links'}.${part}`;
    return [{ at, message: `${name} ${says}. It changes with a step that leaves that state.` }];
  });
  if (!byAct && kind.notPutOff?.in.includes(state)) problems.push(...putOff(kind, before, next));
  if (problems.length > 0) throw unprocessable(problems);
}

/**
 * What is wrong with days that somebody is held to, once a step has left the state in which they were: they stand until
 * somebody looks again on a later day, so that opening again and concluding puts nothing off (9.1).
 * @param held what it said in that state last
 */
export function putOffSince(kind: Kind, held: Fields, next: Content): ErrorItem[] {
  const look = kind.notPutOff?.look;
  if (look === undefined) return [];
  const before = { fields: held, links: {} };
  const [was, is] = [dayOf(before, look), dayOf(next, look)];
  const again = was !== null && is !== null && firstDay(is) > lastDay(was);
  return again ? [] : putOff(kind, before, next);
}

function putOff({ notPutOff, fields }: Kind, before: Content, next: Content): ErrorItem[] {
  return (notPutOff?.fields ?? []).flatMap((name) => {
    const was = before.fields[name];
    const day = next.fields[name];
    if (typeof was !== 'string' || (typeof day === 'string' && day <= was)) return [];
    const label = fields[name]?.label ?? name;
    const says = notPutOff?.says ?? 'is put off by looking again alone.';
    return [{ at: `fields.${name}`, message: `${label} ${says}` }];
  });
}
