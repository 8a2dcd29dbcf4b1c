import type { Actor } from '../actor.ts';
import type { ApprovalAtHand } from '../approvals.ts';
import { DomainError } from '../errors.ts';
import { quoted } from '../text.ts';
import { says, saysSentence } from '../trace/read.ts';
import { daysToCome } from './days-come.ts';
import type { Field } from './fields.ts';
import type { Content, Kind, Transition } from './kind.ts';
import { isWeighty } from './weighty-steps.ts';

export type Subject = {
  readonly state: string;
  readonly content: Content;
  readonly approval: ApprovalAtHand;
  /** Why it is stale, where more can be said than that something changed. */
  readonly staleSays?: string | undefined;
  /** Whether a member is the person who acts, whatever account they act by; without it, members are compared. */
  readonly isActor?: (member: string) => boolean;
  /** The same of those whom the actor stands in for. */
  readonly isAbsent?: (member: string) => boolean;
  /** Who else was named in a member field since the work began, by field. */
  readonly namedBefore?: Readonly<Record<string, readonly string[]>>;
  /** The same since there is a record at all: what a step asks that is possible from the first state. */
  readonly namedEver?: Readonly<Record<string, readonly string[]>>;
  /** Members who had a hand in what is judged (`doing`). */
  readonly doers?: readonly string[];
  /** What the same change wrote before. */
  readonly wrote?: readonly string[];
};

const byPerson = 'A person takes this step, so that it can be seen who it was.';

const unapproved: Readonly<Record<Exclude<ApprovalAtHand, 'stands'>, string>> = {
  none: 'An approval of exactly this version is needed first.',
  stale: 'What its approval stood on changed since, so it is approved anew first.',
  own: 'Whoever approved this turned out to be one person with who wrote it. Another person approves it first.',
  beyond:
    'Its approval lets through more by now than whoever gave it may. Somebody whose authority reaches that confirms it first.',
};

/** Why a transition may not happen now, in words; nothing when it may. */
export function transitionObstacle(
  kind: Kind,
  name: string,
  subject: Subject,
  actor: Actor,
  now: string,
): string | undefined {
  const transition = transitionOf(kind, name);
  if (!transition) return `${kind.label} has no step ${quoted(name)}.`;
  if (!transition.from.includes(subject.state)) {
    const from = transition.from.map((state) => kind.lifecycle.states[state]?.label ?? state).join(' or ');
    return `${transition.label} is possible from ${from}; this is ${kind.lifecycle.states[subject.state]?.label ?? subject.state}.`;
  }
  // Nobody is asked for words with which it would be refused all the same.
  const never = transition.never?.(subject.content);
  if (never !== undefined) return never;
  const missing = missingParts(kind, transition, subject.content);
  if (missing.length > 0) return `${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} needed first.`;
  return (
    wholeObstacle(kind, name, transition, subject, actor, now) ?? unsaidObstacle(kind, transition, subject)
  );
}

/** A step that says why is taken with its own words: those of an earlier time, or of another hand, are not its reason. */
function unsaidObstacle(kind: Kind, { says: why }: Transition, subject: Subject): string | undefined {
  if (why === undefined) return undefined;
  const label = `“${kind.fields[why]?.label ?? why}”`;
  if (!subject.wrote?.includes(why)) return `${label} is said with this step, in a sentence.`;
  return saysSentence(subject.content, why) ? undefined : `${label} does not say it in a sentence.`;
}

/** What else stands in the way of a step, once nothing that it needs is blank. */
function wholeObstacle(
  kind: Kind,
  name: string,
  transition: Transition,
  subject: Subject,
  actor: Actor,
  now: string,
): string | undefined {
  const ahead = daysToCome(kind, subject.content, now).find(({ field }) =>
    transition.requires?.includes(field),
  );
  if (ahead) return ahead.says;
  if (transition.approved && subject.approval !== 'stands')
    return (subject.approval === 'stale' ? subject.staleSays : undefined) ?? unapproved[subject.approval];
  return handObstacle(kind, name, transition, subject, actor) ?? transition.guard?.(subject.content, now);
}

/**
 * The blank fields that alone stand in the way of a step, as far as it can be judged without them: whoever takes it is
 * asked for them. None where a relation is missing too, or it would be refused all the same.
 */
export function blanksOf(
  kind: Kind,
  name: string,
  subject: Subject,
  actor: Actor,
  now: string,
): readonly string[] {
  const transition = transitionOf(kind, name);
  if (!transition?.from.includes(subject.state) || transition.never?.(subject.content) !== undefined)
    return [];
  const blank = (transition.requires ?? []).filter((part) => !says(subject.content, part));
  const askable = blank.length <= mostAsked && blank.every((part) => isAskable(kind.fields[part]));
  const asked = transition.says === undefined ? blank : [...blank, transition.says];
  return askable && wholeObstacle(kind, name, transition, subject, actor, now) === undefined ? asked : [];
}

/** More is a form, and is filled in as one. */
const mostAsked = 4;

const isAskable = (field: Field | undefined): boolean =>
  field !== undefined && !field.derived && !field.byAct && !['rows', 'file'].includes(field.type);

/**
 * Whether this is the hand for the step: a person, not the doer, and whoever the record names for it. A program shows
 * nobody's presence, so it takes no step that others rely on as on somebody's word.
 */
function handObstacle(
  kind: Kind,
  name: string,
  { from, notBy, takenBy, decides }: Transition,
  subject: Subject,
  actor: Actor,
): string | undefined {
  if (actor.type === 'token' && isWeighty(kind, name)) return byPerson;
  if (!notBy && !takenBy && !decides) return undefined;
  if (actor.type !== 'person') return byPerson;
  const isActor = subject.isActor ?? ((member: string) => member === actor.member);
  const isAbsent =
    subject.isAbsent ?? ((member: string) => actor.standsFor?.some((one) => one.member === member) ?? false);
  const label = (field: string): string => kind.fields[field]?.label ?? field;
  const named = (field: string): string[] => {
    const value = subject.content.fields[field];
    return typeof value === 'string' ? [value] : [];
  };
  const doer = notBy?.find((field) => named(field).some(isActor));
  if (doer) return `${label(doer)} is you, so somebody else does this.`;
  const history = from.includes(kind.lifecycle.initial) ? subject.namedEver : subject.namedBefore;
  const past = notBy?.find((field) => history?.[field]?.some(isActor));
  if (past) return `${label(past)} was you before, so somebody else does this.`;
  // A deputy is bound by what the absent did, by whichever right they act.
  const absent = notBy?.find((field) => [...named(field), ...(history?.[field] ?? [])].some(isAbsent));
  if (absent) return `${label(absent)} is or was somebody whom you stand in for, so somebody else does this.`;
  if (notBy && subject.doers?.some((doer) => isActor(doer) || isAbsent(doer)))
    return 'You, or somebody whom you stand in for, had a hand in what is judged here, so somebody else does this.';
  if (takenBy && !named(takenBy).some(isActor))
    return `${label(takenBy)} is somebody else, who takes this step.`;
  return undefined;
}

/** Decides a transition: answers the state reached, or throws `conflict` with the reason. */
export function decideTransition(
  kind: Kind,
  name: string,
  subject: Subject,
  actor: Actor,
  now: string,
): string {
  const obstacle = transitionObstacle(kind, name, subject, actor, now);
  const transition = transitionOf(kind, name);
  if (obstacle !== undefined || !transition)
    throw new DomainError('conflict', obstacle ?? `There is no step ${quoted(name)}.`);
  return transition.to;
}

/** A step by its own name: `constructor` is a property of every object and a step of none. */
function transitionOf(kind: Kind, name: string): Transition | undefined {
  const { transitions } = kind.lifecycle;
  return Object.hasOwn(transitions, name) ? transitions[name] : undefined;
}

/** Labels of what a step needs and the content lacks, with the words that stand there and say nothing (`says`). */
export function missingParts(
  kind: Kind,
  transition: Pick<Transition, 'requires'>,
  content: Content,
): string[] {
  return (transition.requires ?? [])
    .filter((part) => !says(content, part))
    .map((part) => {
      const label = kind.fields[part]?.label ?? kind.relations[part]?.label ?? part;
      const blank = content.fields[part];
      return typeof blank === 'string' ? `${label} (${quoted(blank)} says nothing)` : label;
    });
}
