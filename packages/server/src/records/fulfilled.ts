import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { barOfMembers } from '@throughline/domain/duties.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { stillMissed } from '@throughline/domain/gates/answers.ts';
import { askedOf, type Criterion, deriveCriteria } from '@throughline/domain/gates/derive.ts';
import { finderIn } from '@throughline/domain/gates/seen.ts';
import { fulfilledAnew, type SaidFulfilled } from '@throughline/domain/kinds/conditions.ts';
import { cellWords, shortened } from '@throughline/domain/kinds/gate-rows.ts';
import type { Content } from '@throughline/domain/kinds/kind.ts';
import { can } from '@throughline/domain/permissions.ts';
import type { Sentence } from '@throughline/domain/trace/types.ts';
import { namedIn } from '../store/history.ts';
import type { Reader } from '../store/reader.ts';
import { factsOf, memberNames } from '../store/records.ts';
import { recusalsOf } from '../store/recusals.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { type Duties, readDuties } from './deciders.ts';
import { moreThanScope } from './gate-step.ts';
import { type LineWorld, lineWorld } from './line-world.ts';
import { type By, type NotAlone, noSecondHand, secondHands } from './two-hands.ts';
import type { Named } from './who-could.ts';

/**
 * A condition of a gate is called fulfilled by somebody who neither sees to it nor asked for the gate (A.6.2.5, 5.3), and
 * only once the line holds where records tell. Throws `forbidden` with who could, or `conflict` with what the line says.
 */
export async function ensureFulfilled(write: Write, before: LockedRecord, next: Content): Promise<void> {
  if (before.kind !== 'gate' || before.state !== 'passed') return;
  const said = fulfilledAnew(before.content.fields, next.fields);
  if (said.length === 0) return;
  if (write.narrow) throw new DomainError('forbidden', moreThanScope);
  for (const { at, of } of said) {
    const refused = await notTheirWord(write, write.ctx, before, cellWords(of, 'missOwner') || null);
    if (!refused) continue;
    const { reason, ...facts } = refused;
    throw new DomainError('forbidden', reason, [itemAt(at, reason)], facts);
  }
  await ensureLineHolds(write, before, said);
}

const itemAt = (row: number, message: string) => ({ at: `fields.fulfilments.${row}`, message });

const anothersWord =
  'That a condition is fulfilled is the word of another person than the one who sees to it and the one who asked for the gate.';

/** Why it is not for somebody to call a condition fulfilled, and who could; nothing where they may. */
async function notTheirWord(
  reader: Reader,
  by: By,
  gate: StoredRecord,
  owner: string | null,
): Promise<NotAlone | undefined> {
  const duties = await dutiesOf(reader, by.at, gate, owner);
  return noSecondHand(reader, by, gate, { kind: 'gate', act: 'edit', first: anothersWord, duties });
}

export type Fulfillers = {
  /** Whether whoever asks is one of them. */
  readonly allowed: boolean;
  /** The first few of them by name. */
  readonly people: readonly Named[];
};

/** Who could call a condition of a gate fulfilled. Programs and external auditors have no business with who is here. */
export async function fulfillers(
  reader: Reader,
  by: By,
  gate: StoredRecord,
  owner: string | null,
): Promise<Fulfillers> {
  const duties = await dutiesOf(reader, by.at, gate, owner);
  const second = { kind: 'gate', act: 'edit', first: anothersWord, duties } as const;
  const mayWrite = can(by.actor, 'edit', await factsOf(reader, gate));
  return {
    allowed: mayWrite && (await noSecondHand(reader, by, gate, second)) === undefined,
    people:
      by.actor.type !== 'person' || by.actor.scope ? [] : await secondHands(reader, by.at, gate, second),
  };
}

/** Who sees to a condition judges their own work, which a waiver lets be; who asked for the gate never decides on it. */
async function dutiesOf(
  reader: Reader,
  now: Date,
  { id, system }: StoredRecord,
  owner: string | null,
): Promise<Duties> {
  const duties = await readDuties(reader, now);
  const { requestedBy = [] } = await namedIn(reader, id, ['requestedBy']);
  const recused = await recusalsOf(reader, [id, system]);
  return {
    ...duties,
    bars: [
      barOfMembers('author', owner === null ? [] : [owner], duties.who),
      barOfMembers('requester', requestedBy, duties.who),
      barOfMembers(
        'recused',
        recused.map((one) => one.member),
        duties.who,
      ),
    ],
  };
}

async function ensureLineHolds(
  write: Write,
  gate: LockedRecord,
  said: readonly SaidFulfilled[],
): Promise<void> {
  const catalogue = loadCatalogue();
  const judging = { catalogue, clock: () => write.ctx.at };
  const world = gate.system === null ? undefined : await lineWorld(judging, write, gate.system);
  const own = world?.inputs.own.find(({ id }) => id === gate.id);
  const asked = own && askedOf(own);
  if (!world || !asked) throw new DomainError('conflict', 'The system is archived: bring it back first.');
  const criteria = deriveCriteria({ organisation: world.facts, inputs: world.inputs, catalogue }, asked);
  const items = [];
  for (const { at, of } of said) {
    const missed = stillMissed(of, criteria);
    if (missed) items.push(itemAt(at, await notYet(write, world, missed)));
  }
  if (items.length > 0)
    throw new DomainError('conflict', items.map(({ message }) => message).join(' '), items);
}

/** What the line says of a criterion that does not hold yet, as text. */
async function notYet(reader: Reader, world: LineWorld, { text, says }: Criterion): Promise<string> {
  const find = finderIn(world.inputs, world.facts);
  const people = says.flatMap((sentence) =>
    sentence.flatMap((part) => (typeof part !== 'string' && 'member' in part ? [part.member] : [])),
  );
  const names = await memberNames(reader, people);
  const plain = (sentence: Sentence): string =>
    sentence
      .map((part) => {
        if (typeof part === 'string') return part;
        if ('day' in part) return part.day;
        return 'member' in part
          ? (names.get(part.member) ?? 'somebody')
          : (find(part.record)?.ref ?? 'a record that is gone');
      })
      .join('');
  const words = says.map(plain).join(' ');
  return `“${shortened(text)}” is not fulfilled by what is on record: ${words === '' ? 'nothing tells that it is met.' : words} Put it right first.`;
}
