import { type Actor, actorRef } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { isUnborne, ratedWithin } from '@throughline/domain/trace/closed-risks.ts';
import type { Services } from '../services.ts';
import { persons } from '../store/identities.ts';
import type { Reader } from '../store/reader.ts';
import { versionsWritten } from '../store/risk-decisions.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { contextIn, type LineWorld, lineWorld, worldOfNone } from './line-world.ts';

/** What may be read in part only would be judged as if the rest were not there. */
export const borneUnseen = 'Whether this risk is borne takes more than this scope sees.';

/**
 * A risk is not closed while it stands above what is borne and nobody with authority accepted it (8.3), nor by whoever
 * rated it within that: they would put it out of sight alone. Throws `conflict` with what is missing.
 */
export async function ensureBorne(
  services: Services,
  write: Write,
  record: LockedRecord,
  transition: string,
  /** What the same change wrote before. */
  wrote: readonly string[],
): Promise<void> {
  if (record.kind !== 'risk' || transition !== 'close') return;
  if (write.narrow) throw new DomainError('forbidden', borneUnseen);
  const world =
    record.system === null
      ? await worldOfNone(services, write, record.id)
      : await lineWorld(services, write, record.system);
  const obstacle = world && (await closingObstacle(write, world, record, write.ctx.actor, wrote));
  if (obstacle !== undefined) throw new DomainError('conflict', obstacle);
}

/** Why somebody does not close a risk, in words; nothing where they may. */
export async function closingObstacle(
  reader: Reader,
  world: LineWorld,
  record: StoredRecord,
  actor: Actor,
  wrote: readonly string[] = [],
): Promise<string | undefined> {
  const before = world.inputs.own.find(({ id }) => id === record.id);
  if (!before) return undefined;
  const context = contextIn(world);
  const risk = { ...before, ...record.content };
  if (isUnborne(context, risk))
    return 'This risk stands above what is borne without treatment, and nobody with authority accepts it. Rate it anew where that is over, or have it accepted first.';
  const written = await versionsWritten(reader, record.id);
  const now = { fields: risk.fields, changed: wrote, by: actorRef(actor) };
  const rated = ratedWithin(context, risk, [...written, now]);
  if (rated === null) return undefined;
  const who = await persons(reader);
  const hands = new Set(rated.by.flatMap((deed) => who.of(deed)));
  return actingAs(actor).some((deed) => who.of(deed).some((person) => hands.has(person)))
    ? closedByAnother[rated.since]
    : undefined;
}

/** The deeds of whoever acts: a deputy is bound by what the absent did, by whichever right they act. */
const actingAs = (actor: Actor) => [
  actorRef(actor),
  ...(actor.type === 'person' ? (actor.standsFor ?? []) : []).map(({ member }) => ({
    type: 'person',
    id: member,
  })),
];

const closedByAnother = {
  above:
    'You, or somebody whom you stand in for, rated this risk since it stood above what is borne without treatment. Another person closes it, or somebody with authority accepts it first.',
  found:
    'It carries a significant finding, and you, or somebody whom you stand in for, took that in or rated it. Another person closes it, or somebody with authority accepts it first.',
} as const;
