import { actorRef } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { answering, auditedObstacle, type JudgedAct } from '@throughline/domain/finding-answer.ts';
import { writersOf } from '../store/history.ts';
import { persons } from '../store/identities.ts';
import { factsOf } from '../store/records.ts';
import type { LockedRecord, Write } from '../store/write.ts';

/**
 * Keeps what an auditor or tester found from those it is about (9.2.2), under whichever account, by a token or in
 * another's place: they answer it, and somebody else says what it is worth and whether it is closed. Throws `forbidden`.
 */
export async function ensureNotAudited(
  write: Write,
  record: LockedRecord,
  act: JudgedAct,
  /** What the same change wrote before. */
  wroteNow: readonly string[] = [],
): Promise<void> {
  const { actor } = write.ctx;
  if (record.kind !== 'finding' || actor.type === 'rule') return;
  const who = await persons(write);
  const { systemOwner } = await factsOf(write, record);
  const person = (id: unknown): string[] => (typeof id === 'string' ? who.of({ type: 'person', id }) : []);
  const absent = actor.type === 'person' ? (actor.standsFor ?? []).map(({ member }) => member) : [];
  const acting = new Set([...who.of(actorRef(actor)), ...absent.flatMap(person)]);
  const isActor = (these: readonly string[]): boolean => these.some((one) => acting.has(one));
  const { fields } = record.content;
  const said = wroteNow.some((part) => answering.includes(part));
  const wrote = act.act === 'edit' ? [] : await writersOf(write, record.id, answering);
  const obstacle = auditedObstacle(
    act,
    { state: record.state, fields },
    {
      owner: isActor(person(fields.owner)),
      systemOwner: isActor(person(systemOwner)),
      answered: said || isActor(wrote.flatMap((deed) => who.of(deed))),
      raised: isActor(person(fields.raisedBy)),
    },
  );
  if (obstacle !== undefined) throw new DomainError('forbidden', obstacle);
}
