import { actorRef } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { peopleNamed } from '@throughline/domain/kinds/people-in.ts';
import { persons } from '../store/identities.ts';
import { hasSealed } from '../store/parties.ts';
import { memberNames } from '../store/records.ts';
import type { LockedRecord, Write } from '../store/write.ts';

/**
 * Who reads the working papers of an audit is said by those who read them: once it has one, its lead and team change who
 * is among them, and nobody else lets themselves in (9.2.2). Throws `forbidden`, and names who can.
 */
export async function ensureTeamsOwn(
  write: Write,
  record: LockedRecord,
  changed: readonly string[],
): Promise<void> {
  const { actor } = write.ctx;
  if (actor.type === 'rule' || !write.registry.holdsSealed(record.kind)) return;
  for (const { name, sealed } of write.registry.kinds) {
    const { relation, readBy = [] } = sealed?.andOf ?? {};
    if (relation === undefined || !changed.some((part) => readBy.some((path) => path.split('.')[0] === part)))
      continue;
    const readers = [...new Set(peopleNamed(readBy, record.content.fields))];
    const who = await persons(write);
    const mine = who.of(actorRef(actor));
    if (readers.length === 0 || readers.some((id) => mine.includes(who.person(id)))) continue;
    if (!(await hasSealed(write, { holder: record.id, kind: name, relation }))) continue;
    const names = await memberNames(write, readers);
    throw new DomainError('forbidden', teamsOwn, [], {
      who: [],
      people: readers.slice(0, 5).map((id) => ({ id, name: names.get(id) ?? '' })),
    });
  }
}

const teamsOwn =
  'Working papers belong to this audit, which its lead and team alone read. One of them says who is among them.';
