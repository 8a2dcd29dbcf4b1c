import { type Actor, actorRef } from '@throughline/domain/actor.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import {
  answering,
  asksArea,
  auditedObstacle,
  type Hands,
  type JudgedAct,
} from '@throughline/domain/finding-answer.ts';
import { type Area, areaOf, judgedArea } from '@throughline/domain/independence.ts';
import type { Content } from '@throughline/domain/kinds/kind.ts';
import { namedIn, writersOf } from '../store/history.ts';
import { identitiesOf, persons } from '../store/identities.ts';
import { partsOf } from '../store/involvement.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Reader } from '../store/reader.ts';
import { factsOf, recordsById } from '../store/records.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { ensureTeamsOwn } from './audit-team.ts';
import { wasFound } from './found.ts';
import { workDone } from './named-before.ts';

const saidByAuditors: readonly string[] = ['finding', 'audit', 'walk', 'control-test', 'verification'];

/**
 * Keeps what an auditor, tester or verifier found from those it is about (9.2.2, A.6.2.4), under whichever account, by a token or in
 * another's place: they answer it, and somebody else says what it is worth, whether it is closed, and whether a report is
 * opened again or taken away; and leaves the team of an audit that has working papers to itself. Throws `forbidden`.
 */
export async function ensureNotAudited(
  write: Write,
  record: LockedRecord,
  act: JudgedAct,
  /** What the same change wrote before. */
  wroteNow: readonly string[] = [],
): Promise<void> {
  if (act.act === 'edit') await ensureTeamsOwn(write, record, act.changed);
  const refusal = await auditedRefusal(write, { ...write.ctx, wroteNow }, record, act);
  if (refusal) throw refusal;
}

/** The same for whoever goes on without the record: the refusal, or nothing. */
export async function auditedRefusal(
  reader: Reader,
  {
    actor,
    at,
    wroteNow = [],
  }: { readonly actor: Actor; readonly at: Date; readonly wroteNow?: readonly string[] },
  record: StoredRecord,
  act: JudgedAct,
): Promise<DomainError | undefined> {
  const hands = await auditedHands(reader, actor, record, act, at);
  if (hands === null) return undefined;
  const answered = hands.answered || wroteNow.some((part) => answering.includes(part));
  const said = { kind: record.kind, state: record.state, fields: record.content.fields };
  const obstacle = auditedObstacle(act, said, { ...hands, answered });
  return obstacle === undefined ? undefined : new DomainError('forbidden', obstacle);
}

/** Who somebody is to a finding, an audit, a walk, a test or a verification, for an act; `null` where nothing was said by auditors. */
export async function auditedHands(
  reader: Reader,
  actor: Actor,
  record: StoredRecord,
  act: JudgedAct,
  now: Date,
): Promise<Hands | null> {
  if (!saidByAuditors.includes(record.kind) || actor.type === 'rule') return null;
  const found = act.act === 'archive' && (await wasFound(reader, reader.registry.get(record.kind), record));
  const area = (found || asksArea(record, act)) && (await hadPart(reader, actor, record, now));
  if (record.kind !== 'finding') {
    const gave = found && (await gaveWord(reader, actor, record));
    const none = { owner: false, owned: false, systemOwner: false, answered: false, raised: false };
    return { ...none, area, found, gave };
  }
  const who = await persons(reader);
  const person = (id: unknown): string[] => (typeof id === 'string' ? who.of({ type: 'person', id }) : []);
  const acting = new Set([...who.of(actorRef(actor)), ...absentOf(actor).flatMap(person)]);
  const isActor = (these: readonly string[]): boolean => these.some((one) => acting.has(one));
  const { systemOwner } = await factsOf(reader, record);
  const { owner: owners = [] } = await namedIn(reader, record.id, ['owner']);
  const wrote = act.act === 'edit' ? [] : await writersOf(reader, record.id, answering);
  const { fields } = record.content;
  return {
    owner: isActor(person(fields.owner)),
    owned: isActor(owners.flatMap(person)),
    systemOwner: isActor(person(systemOwner)),
    answered: isActor(wrote.flatMap((deed) => who.of(deed))),
    raised: isActor(person(fields.raisedBy)),
    area,
  };
}

/** Whether it was somebody, under whichever account, or whom they stand in for, whose word a judgement says, ever. */
async function gaveWord(reader: Reader, actor: Actor, record: StoredRecord): Promise<boolean> {
  const { found } = reader.registry.get(record.kind);
  if (!found) return false;
  const who = await persons(reader);
  const person = (id: string): string[] => who.of({ type: 'person', id });
  const acting = new Set([...who.of(actorRef(actor)), ...absentOf(actor).flatMap(person)]);
  const { [found.by]: named = [] } = await namedIn(reader, record.id, [found.by]);
  return named.flatMap(person).some((one) => acting.has(one));
}

/** Members in whose place somebody may act now. */
const absentOf = (actor: Actor): readonly string[] =>
  actor.type === 'person' ? (actor.standsFor ?? []).map(({ member }) => member) : [];

/**
 * Whether somebody wrote, approved or owned anything of what was judged (of a finding, what its audit looked at), or did
 * the work that a verdict was given on.
 */
async function hadPart(reader: Reader, actor: Actor, record: StoredRecord, now: Date): Promise<boolean> {
  const { timeZone } = await organisationSettings(reader);
  const look = await lookOf(reader, record, dayIn(now, timeZone));
  if (!look) return false;
  const by = actorRef(actor);
  const who = await persons(reader);
  const people = [...who.of(by), ...absentOf(actor)];
  const ids = [by.id];
  for (const one of people) ids.push(...(await identitiesOf(reader, one)));
  if ((await partsOf(reader, [...new Set(ids)], look)).length > 0) return true;
  const kind = reader.registry.get(record.kind);
  if (!kind.doing) return false;
  const acting = people.map((one) => who.person(one));
  const { doers } = await workDone(reader, kind, record, who);
  return doers.some((one) => acting.includes(who.person(one)));
}

async function lookOf(reader: Reader, record: StoredRecord, today: string): Promise<Area | undefined> {
  const { kinds } = reader.registry;
  if (record.kind !== 'finding') return judgedArea(record, today, kinds);
  const audit = await auditOf(reader, record);
  return audit && areaOf(audit, today, kinds);
}

async function auditOf(reader: Reader, finding: StoredRecord): Promise<Content | undefined> {
  const [id] = finding.content.links.audit ?? [];
  return id === undefined ? undefined : (await recordsById(reader, [id])).get(id)?.content;
}
