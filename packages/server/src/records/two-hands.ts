import { type Actor, actorRef } from '@throughline/domain/actor.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { isDemoMember } from '@throughline/domain/demo-member.ts';
import { barOf, barOfMembers, dutyWords, judgeDuties } from '@throughline/domain/duties.ts';
import { DomainError, type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { isBinding, lessAsked, type Stood } from '@throughline/domain/kinds/two-hands.ts';
import { isOpened, openedWords } from '@throughline/domain/opened-account.ts';
import { can, type RecordAct, type Role, whoCan } from '@throughline/domain/permissions.ts';
import { archivedAsOf, lastWriters, revisionsOf, type StoredRevision } from '../store/history.ts';
import { persons } from '../store/identities.ts';
import { organisationSettings } from '../store/organisations.ts';
import { membersActing } from '../store/powers.ts';
import type { Reader } from '../store/reader.ts';
import { factsOf, inverseLinks, recordsById } from '../store/records.ts';
import { recusalsOf } from '../store/recusals.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { type Duties, readDuties } from './deciders.ts';
import { handsOf } from './own-erasing.ts';
import { type Named, namesAtMost } from './who-could.ts';

export type By = { readonly actor: Actor; readonly at: Date };
type Held = Pick<StoredRecord, 'id' | 'content' | 'state'> & { readonly archivedAt: Date | null };

const standing = ({ content, state, archivedAt }: Held): Stood => ({
  content,
  state,
  archived: archivedAt !== null,
});

/**
 * What is wrong with content that takes away, by one hand, what a record asks (`twoHands` of its kind), by part. It is held
 * against what stood before whoever writes began today.
 */
export async function lessFaults(
  reader: Reader,
  by: By,
  kind: Kind,
  record: Held,
  next: Content,
): Promise<ErrorItem[]> {
  if (!kind.twoHands) return [];
  const today = await todayOf(reader, by.at);
  if (lessAsked(kind, standing(record), next, today).length === 0) return [];
  const stood = await stoodBefore(reader, by, record);
  return stood ? lessAsked(kind, stood, next, today) : [];
}

/** The same inside a change. Throws `unprocessable` by field. */
export async function ensureNoLess(
  reader: Reader,
  by: By,
  kind: Kind,
  record: Held,
  next: Content,
): Promise<void> {
  const faults = await lessFaults(reader, by, kind, record, next);
  if (faults.length > 0) throw unprocessable(faults);
}

/**
 * Why a record is not taken out of the register, or taken back into a state in which it binds no more, by one hand; nothing
 * where it may be.
 */
export async function goneObstacle(
  reader: Reader,
  by: By,
  kind: Kind,
  record: Held,
  to: { readonly archived: true } | { readonly state: string },
): Promise<string | undefined> {
  const { twoHands } = kind;
  const next = { ...standing(record), ...to };
  if (!twoHands || !isBinding(kind, standing(record)) || isBinding(kind, next)) return undefined;
  if (!(await boundBefore(reader, by, kind, record))) return undefined;
  return 'archived' in to ? twoHands.says.archive : twoHands.says.end;
}

const callersAtMost = 500;

/**
 * Why a record is not archived while what takes two hands calls for it: gone, it would leave nothing that speaks of the
 * call. Nothing where it may be.
 */
export async function calledForObstacle(
  reader: Reader,
  { id, kind: name }: Pick<StoredRecord, 'id' | 'kind'>,
): Promise<string | undefined> {
  const calls = reader.registry.kinds.flatMap((kind) =>
    (kind.twoHands?.callsFor ?? []).flatMap((relation) =>
      kind.relations[relation]?.to.includes(name) ? [`${kind.name} ${relation}`] : [],
    ),
  );
  if (calls.length === 0) return undefined;
  const pointing = (await inverseLinks(reader, id, callersAtMost)).filter(({ kind, relation }) =>
    calls.includes(`${kind} ${relation}`),
  );
  const callers = await recordsById(
    reader,
    pointing.map((one) => one.id),
  );
  const binding = pointing.filter((one) => {
    const caller = callers.get(one.id);
    return caller !== undefined && isBinding(reader.registry.get(one.kind), standing(caller));
  });
  const refs = binding
    .slice(0, namesAtMost)
    .map(({ kind, number }) => `${reader.registry.get(kind).prefix}-${number}`);
  if (refs.length === 0) return undefined;
  const [call, binds] = binding.length === 1 ? ['calls', 'binds'] : ['call', 'bind'];
  const more = binding.length > refs.length ? ` and ${binding.length - refs.length} more` : '';
  return `${refs.join(', ')}${more} ${call} for it and ${binds}, so it stays in the register. It goes once another person ended what calls for it.`;
}

/** Why somebody is no second hand, and who could be. */
export type NotAlone = {
  readonly reason: string;
  readonly who: readonly Role[];
  readonly people: readonly Named[];
};

/** The same inside a change, or for a door that refuses in its own way. */
export async function endingRefusal(...asked: Parameters<typeof notAlone>): Promise<DomainError | undefined> {
  const { reason, ...facts } = (await notAlone(...asked)) ?? {};
  return reason === undefined ? undefined : new DomainError('forbidden', reason, [], facts);
}

/**
 * Why whoever asks does not take a step by which a record binds no more: they said that it ended, or stood back, and a
 * waiver in writing alone lets authors decide. Nothing where they may.
 * @param wrote what the same change wrote before
 */
export async function notAlone(
  reader: Reader,
  by: By,
  kind: Kind,
  record: StoredRecord,
  to: { readonly state: string; readonly wrote?: readonly string[] },
): Promise<NotAlone | undefined> {
  const { twoHands } = kind;
  const next = { ...standing(record), state: to.state };
  if (!twoHands || !isBinding(kind, standing(record)) || isBinding(kind, next)) return undefined;
  if (!(await boundBefore(reader, by, kind, record))) return undefined;
  const duties = await readDuties(reader, by.at);
  const wroteNow = to.wrote?.some((part) => twoHands.said.includes(part)) ? [actorRef(by.actor)] : [];
  const said = [...(await lastWriters(reader, record.id, twoHands.said)), ...wroteNow];
  const stoodBack = await recusalsOf(reader, [record.id, record.system]);
  const bars = [
    barOf('author', said, duties.who),
    barOfMembers(
      'recused',
      stoodBack.map((one) => one.member),
      duties.who,
    ),
  ];
  return noSecondHand(reader, by, record, {
    ...{ kind: kind.name, act: 'transition' },
    ...{ first: twoHands.says.end, duties: { ...duties, bars } },
  });
}

/** An act that wants a second hand: whom duties keep from it, and what is said to the first. */
type Second = {
  readonly kind: string;
  readonly act: RecordAct;
  readonly first: string;
  readonly duties: Duties;
};

/** Why whoever acts is no second hand, and who could be; nothing where they are one. */
export async function noSecondHand(
  reader: Reader,
  by: By,
  record: StoredRecord,
  second: Second,
): Promise<NotAlone | undefined> {
  const reason = barredBy(second.first, by.actor, second.duties);
  if (reason === undefined) return undefined;
  const people = await secondHands(reader, by.at, record, second);
  const roles = whoCan(second.kind, second.act);
  return { reason: people.length > 0 ? reason : `${reason} ${nobodyElse}`, who: roles, people };
}

/** Who could take an act that wants a second hand, the first few by name. */
export async function secondHands(
  reader: Reader,
  now: Date,
  record: StoredRecord,
  { kind, act, duties }: Omit<Second, 'first'>,
): Promise<Named[]> {
  const facts = await factsOf(reader, record);
  return (await membersActing(reader, now, { roles: whoCan(kind, act) }))
    .filter(
      ({ id, actor }) =>
        !isDemoMember(id) && can(actor, act, facts) && barredBy('', actor, duties) === undefined,
    )
    .slice(0, namesAtMost)
    .map(({ id, name }) => ({ id, name }));
}

const nobodyElse =
  'Nobody else here could: let somebody in who may, or have “Another person approves” waived in writing.';

/** Why somebody is no second hand: no program is, nor an account of which nobody knows who uses it, nor the first hand. */
function barredBy(first: string, actor: Actor, { who, bars, waiver }: Duties): string | undefined {
  if (actor.type !== 'person') return first;
  if (isOpened(actor)) return openedWords;
  const { barred } = judgeDuties(handsOf(actor, who), bars, waiver !== null);
  if (barred === null) return undefined;
  return barred === 'recused' ? dutyWords.recused : first;
}

/** Whether a record bound before whoever acts began today. */
async function boundBefore(reader: Reader, by: By, kind: Kind, record: Held): Promise<boolean> {
  const stood = await stoodBefore(reader, by, record);
  return stood !== undefined && isBinding(kind, stood);
}

async function todayOf(reader: Reader, at: Date): Promise<string> {
  return dayIn(at, (await organisationSettings(reader)).timeZone);
}

const versionsAtOnce = 20;

/**
 * How a record stood before whoever acts wrote of it today: its newest version of an earlier day or by another person,
 * by whatever account or token. Nothing where they alone wrote all of it today.
 */
async function stoodBefore(reader: Reader, by: By, { id }: Held): Promise<Stood | undefined> {
  const { timeZone } = await organisationSettings(reader);
  const today = dayIn(by.at, timeZone);
  for (let before: number | undefined; ; ) {
    const from = before === undefined ? {} : { before };
    const page = await revisionsOf(reader, id, { limit: versionsAtOnce, ...from });
    for (const revision of page) {
      if (dayIn(revision.at, timeZone) === today && (await isBy(reader, by.actor, revision))) continue;
      const { version, state, fields, links } = revision;
      const archived = (await archivedAsOf(reader, id, version)) !== null;
      // What was erased was archived, and asks nothing.
      return { content: { fields: fields ?? {}, links: links ?? {} }, state, archived };
    }
    before = page.at(-1)?.version;
    if (before === undefined) return undefined;
  }
}

/** Whether a version is by the person who acts; who is who is looked up where that is not plain. */
async function isBy(
  reader: Reader,
  actor: Actor,
  { actor_type: type, actor_id: id, on_behalf_of: onBehalfOf }: StoredRevision,
): Promise<boolean> {
  const me = actorRef(actor);
  if (me.type === type && me.id === id) return true;
  const who = await persons(reader);
  const mine = who.of(me);
  return who.of({ type, id, onBehalfOf }).some((person) => mine.includes(person));
}
