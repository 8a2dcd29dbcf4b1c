import { entailedBy } from '@throughline/domain/classification/entailed.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { entailing, heldWithout } from '@throughline/domain/trace/law.ts';
import { linksOf, textOf } from '@throughline/domain/trace/read.ts';
import type { Services } from '../services.ts';
import { signedClassesWithout } from '../store/law-classes.ts';
import type { Reader } from '../store/reader.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { Write } from '../store/write.ts';
import { rhythmOf } from './days-come.ts';
import { lawInForceIn } from './law-in-force.ts';
import { contextIn, lineWorld } from './line-world.ts';

/**
 * A duty of law that a signed-off class leads to is not taken out of the register by one person, be it that of one system
 * or of the whole organisation: the class is what decides, and another class is signed off by others (4.2). Throws
 * `conflict` with the class.
 */
export async function ensureNotEntailed(
  services: Services,
  write: Write,
  record: StoredRecord,
): Promise<void> {
  const obstacle = await entailedObstacle(services, write, record, write.ctx.at);
  if (obstacle) throw obstacle;
}

/** The same for whoever goes on without it: the refusal, or nothing. */
export async function entailedObstacle(
  services: Services,
  reader: Reader,
  record: StoredRecord,
  now: Date,
): Promise<DomainError | undefined> {
  if (record.kind !== 'obligation' || record.content.fields.source !== 'law') return undefined;
  // What may be read in part only would be judged as if the rest were not there.
  if (reader.narrow)
    return new DomainError(
      'forbidden',
      'Whether a class leads to this duty takes more than this scope sees.',
    );
  const systems =
    record.system === null ? await systemsResting(services, reader, record, now) : [record.system];
  for (const system of systems) {
    const classes = await classesLeading(services, reader, record, system);
    if (classes.length > 0) return stays(classes);
  }
  return undefined;
}

/**
 * Systems that rest on a duty of the whole organisation: a signed-off class of theirs leads to it, and they have no record
 * of it of their own. Of those that it names, or of all.
 */
async function systemsResting(
  services: Services,
  reader: Reader,
  { content }: StoredRecord,
  now: Date,
): Promise<ReadonlySet<string>> {
  const item = textOf(content, 'item');
  if (item === null) return new Set();
  const law = await lawInForceIn(services, reader);
  const { today } = await rhythmOf(reader, now);
  const signed = await signedClassesWithout(reader, item, linksOf(content, 'concerns'));
  const leading = signed.filter(({ id, fields }) =>
    entailedBy(law, [{ id, fields, links: {} }], today).some((duty) => duty.item === item),
  );
  return new Set(leading.map(({ system }) => system));
}

/** Refs of the signed-off classes of a system that lead to a duty which nothing else there holds. */
async function classesLeading(
  services: Services,
  reader: Reader,
  record: StoredRecord,
  home: string,
): Promise<string[]> {
  const world = await lineWorld(services, reader, home);
  const duty = world?.inputs.own.find(({ id }) => id === record.id) ?? world?.facts.byId.get(record.id);
  if (!world || !duty) return [];
  const c = contextIn(world);
  const owed = entailing(c, duty);
  // Another record of the whole organisation may hold it as well; of its own each system keeps what it has.
  if (!owed || (record.system === null && heldWithout(c, duty))) return [];
  return owed.classes.flatMap((id) => c.system.find(id)?.ref ?? []);
}

const stays = (classes: readonly string[]): DomainError =>
  new DomainError(
    'conflict',
    `${classes.join(' and ')} ${classes.length === 1 ? 'leads' : 'lead'} to this duty, so it stays. Where it does not follow, classify again and have that signed off.`,
  );
