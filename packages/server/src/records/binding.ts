import { type Approval, inForce } from '@throughline/domain/approvals.ts';
import { barOfMembers, dutyWords } from '@throughline/domain/duties.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { isBound } from '@throughline/domain/kinds/binding.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { whoCan } from '@throughline/domain/permissions.ts';
import type { Reader } from '../store/reader.ts';
import { factsOf, recordsById } from '../store/records.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import {
  type Duties,
  decidedOf,
  decidersOf,
  deputyFor,
  dutiesFor,
  dutyObstacle,
  readDuties,
} from './deciders.ts';

/**
 * What taking back an approval that binds is judged by (5.3): who wrote, put forward or asked for what it covers does not,
 * nor who answers for what it is about. `null` where none stands that binds.
 */
export async function bindingDuties(
  reader: Reader,
  kind: Kind,
  record: StoredRecord,
  acts: readonly Approval[],
  common: Duties,
): Promise<Duties | null> {
  const given = inForce(acts);
  if (!given || !isBound(kind, acts, decidedOf(record))) return null;
  const duties = await dutiesFor(reader, kind, { ...decidedOf(record), digest: given.digest }, acts, common);
  const about = (kind.approvable?.binds?.ownersOf ?? []).flatMap((name) => record.content.links[name] ?? []);
  const owners = [...(await recordsById(reader, about)).values()].flatMap(({ owner }) => owner ?? []);
  return { ...duties, bars: [...duties.bars, barOfMembers('author', owners, common.who)] };
}

const ofOwnWork: readonly string[] = [dutyWords.author, dutyWords.submitter, dutyWords.requester];

/** A refusal of `judgeDecision` in the words of who takes an approval back. */
export const bindingWords = (obstacle: string): string =>
  ofOwnWork.includes(obstacle)
    ? 'You wrote this, put it forward or answer for what it is about, so another person takes its approval back.'
    : obstacle;

/** Throws `forbidden` for whoever an approval in force binds, naming who could take it back. */
export async function ensureUnbound(
  write: Write,
  kind: Kind,
  record: LockedRecord,
  acts: readonly Approval[],
): Promise<void> {
  const { actor } = write.ctx;
  const duties = await bindingDuties(write, kind, record, acts, await readDuties(write, write.ctx.at));
  if (duties === null || actor.type !== 'person') return;
  const facts = await factsOf(write, record);
  const obstacle = dutyObstacle(kind, record.content.fields, actor, duties, deputyFor(actor, facts));
  if (obstacle === undefined) return;
  const people = await decidersOf(write, kind, { content: record.content, facts }, duties);
  throw new DomainError('forbidden', bindingWords(obstacle), [], {
    who: whoCan(kind.name, 'approve'),
    people: people.slice(0, 5).map(({ id, name }) => ({ id, name })),
  });
}
