import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import { refusalWords } from '@throughline/domain/kind-words.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import {
  can,
  may,
  type RecordAct,
  type RecordFacts,
  refusedBy,
  rightTo,
  scopeRefuses,
  whoCan,
} from '@throughline/domain/permissions.ts';
import type { Reader } from '../store/reader.ts';
import { factsOf, findRecord } from '../store/records.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { type Named, whoCould } from './who-could.ts';

/** The refusal of an act on something that may be seen: the reason and who could. It says where a token's scope refuses. */
export function forbidden(
  kind: Kind,
  act: RecordAct,
  actor: Actor,
  facts?: RecordFacts,
  people?: readonly Named[],
): DomainError {
  const who = whoCan(kind.name, act);
  const by = refusedBy(actor, kind.name, act, facts);
  return by === 'scope'
    ? new DomainError('out-of-scope', refusalWords(act, kind, by), [], { who })
    : new DomainError('forbidden', refusalWords(act, kind, by), [], { who, ...(people ? { people } : {}) });
}

/**
 * Coarse: asked before anything is read. What may never be read is not there; a token whose scope leaves a kind out is
 * told so, for that says nothing of any record.
 */
export function ensureMay(actor: Actor, kind: Kind, act: RecordAct): void {
  if (!may(actor, kind.name, 'read'))
    throw scopeRefuses(actor, kind.name, 'read') ? forbidden(kind, 'read', actor) : notFound();
  if (!may(actor, kind.name, act)) throw forbidden(kind, act, actor);
}

/** Loads a record that the actor may read, or answers as if it were not there. */
export async function loadReadable(
  reader: Reader,
  actor: Actor,
  kind: Kind,
  ref: string,
): Promise<StoredRecord> {
  const record = await findReadable(reader, actor, kind, ref);
  if (!record) throw notFound();
  return record;
}

/** The same for whoever has another answer for what is not there; what may not be read is refused here as well. */
export async function findReadable(
  reader: Reader,
  actor: Actor,
  kind: Kind,
  ref: string,
): Promise<StoredRecord | undefined> {
  const record = await findRecord(reader, kind, ref);
  if (record && !can(actor, 'read', await factsOf(reader, record))) throw notFound();
  return record;
}

/** Loads a record for update and makes sure that the actor may do this to it. */
export async function lockFor(write: Write, kind: Kind, ref: string, act: RecordAct): Promise<LockedRecord> {
  const found = await findRecord(write, kind, ref);
  const record = found ? (await write.lock([found.id])).get(found.id) : undefined;
  if (!record) throw notFound();
  const facts = await factsOf(write, record);
  if (!can(write.ctx.actor, 'read', facts)) throw notFound();
  if (!can(write.ctx.actor, act, facts)) {
    const people = (await whoCould(write, write.ctx.actor, [act], facts, write.ctx.at)).get(act);
    throw forbidden(kind, act, write.ctx.actor, facts, people);
  }
  ensureRight(write, kind, act, { id: record.id, facts });
  return record;
}

/** Makes sure that the actor may do this, and keeps for whom a deputy does it. */
export function ensureRight(
  write: Write,
  kind: Kind,
  act: RecordAct,
  record: { readonly id: string; readonly facts: RecordFacts },
): void {
  const right = rightTo(write.ctx.actor, act, record.facts);
  if (!right) throw forbidden(kind, act, write.ctx.actor, record.facts);
  write.actFor(record.id, right.onBehalfOf);
}

/** Refuses a change made on an older version than the one that stands (If-Match). */
export function ensureVersion(record: StoredRecord, expected: number | null): void {
  if (expected === null || expected === record.version) return;
  throw new DomainError(
    'changed',
    'Somebody else changed this in between. Your change was not applied.',
    [],
    {
      version: record.version,
      expected,
    },
  );
}
