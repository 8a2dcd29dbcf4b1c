import type { ActorRef } from './actor.ts';
import { isObject } from './json.ts';
import { inSentence } from './kind-words.ts';

/** What one entry says of something whose row is not there: ids, a number and a moment, and nothing of its content. */
export type LogKnown = {
  readonly act: string;
  /** Name of the kind and what it is called, where the entry is about a record. */
  readonly kind: string | null;
  readonly label: string | null;
  readonly version: number | null;
  readonly by: ActorRef;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** Place of the entry; `null` while it waits for one. */
  readonly entry: number | null;
};

/** The same with the name of who acted, as it stands when it is read: the log itself holds none. */
export type LogKnownNamed = LogKnown & { readonly byName?: string | null };

/** The parts of an entry that tell what it is about; nothing where they are not all there. */
export function knownOf(
  body: Readonly<Record<string, unknown>>,
  entry: number | null,
  labelOf: (kind: string) => string | undefined,
): LogKnown | null {
  const { act, kind, version, actor, at } = body;
  if (typeof act !== 'string' || typeof at !== 'string' || !isObject(actor)) return null;
  const by = actorOf(actor);
  if (by === null) return null;
  const named = typeof kind === 'string' ? kind : null;
  return {
    act,
    kind: named,
    label: named === null ? null : (labelOf(named) ?? named),
    version: typeof version === 'number' ? version : null,
    by,
    at,
    entry,
  };
}

const actorTypes = ['person', 'token', 'telemetry', 'rule', 'visitor'] as const;

function actorOf({ type, id }: Readonly<Record<string, unknown>>): ActorRef | null {
  const known = actorTypes.find((name) => name === type);
  return known === undefined || typeof id !== 'string' ? null : { type: known, id };
}

/** "risk, version 3, edited by Head of claims on 2026-11-22 at 08:15 UTC, entry 57" */
export function knownWords(known: LogKnownNamed): string {
  const parts = [
    known.label === null ? null : inSentence(known.label),
    known.version === null ? null : `version ${known.version}`,
    `${doneWords(known.act)} by ${actorWords(known.by, known.byName ?? null)} on ${momentWords(known.at)}`,
    known.entry === null ? null : `entry ${known.entry}`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

const approvals: Readonly<Record<string, string>> = {
  submit: 'submitted',
  approve: 'approved',
  reject: 'rejected',
  withdraw: 'withdrawn',
  reinstate: 'reinstated',
  void: 'voided',
  accept: 'accepted',
};

/** Acts are named by a noun and what became of it. Of records and approvals the version was named before. */
function doneWords(act: string): string {
  const [noun = '', verb = ''] = act.split('.');
  if (noun === 'record') return verb;
  if (noun === 'approval') return approvals[verb] ?? verb;
  return `${noun} ${verb}`.replaceAll('-', ' ');
}

/** Who acted, as far as a name is known. */
function actorWords({ type, id }: ActorRef, name: string | null): string {
  switch (type) {
    case 'person':
      return name ?? `person ${id}`;
    case 'token':
      return `the token ${name ?? id}`;
    case 'telemetry':
      return `the source ${name ?? id}`;
    case 'rule':
      return `the rule ${id}`;
    case 'visitor':
      return 'a visitor';
  }
}

/** To the minute: the entry has the rest. What is no moment stands as it is. */
function momentWords(at: string): string {
  const [, day, minute] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(at) ?? [];
  return day === undefined ? at : `${day} at ${minute} UTC`;
}
