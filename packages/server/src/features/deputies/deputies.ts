import { type Actor, actorRef } from '@throughline/domain/actor.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { DomainError, type ErrorItem, notFound, unprocessable } from '@throughline/domain/errors.ts';
import { isOpened } from '@throughline/domain/opened-account.ts';
import { administersInOwnRight, canHandOn } from '@throughline/domain/permissions.ts';
import { ensurePresent } from '../../records/presence.ts';
import { confirmers, handsByMatter } from '../../records/second-hand.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import {
  addDeputy,
  endDeputy,
  listDeputies,
  type NewDeputy,
  type StoredDeputy,
} from '../../store/deputies.ts';
import { lettersIn } from '../../store/hands-behind.ts';
import { persons } from '../../store/identities.ts';
import { findMember } from '../../store/members.ts';
import { oneAtATime } from '../../store/one-at-a-time.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import type { Write } from '../../store/write.ts';

/** As somebody may see it: why a person is away is between them, their deputy and whoever administers people. */
export type ShownDeputy = Omit<StoredDeputy, 'why'> & {
  readonly why: string | null;
  /** Whether today lies between the days. */
  readonly now: boolean;
  /** Whether whoever asks may end it. */
  readonly mayEnd: boolean;
};

/** Who stands in for whom from today on, for everybody to see: it explains who acts for whom. */
export async function readDeputies(services: Services, who: Asker): Promise<ShownDeputy[]> {
  return services.store.read(who, async (reader) => {
    const day = await today(reader, services.clock());
    return (await listDeputies(reader, day)).map((one) => shown(one, who.actor, day));
  });
}

/**
 * Names a deputy for an absence: people for themselves, whoever administers people for anybody. @throws DomainError
 * `forbidden`, `unprocessable` with an item per part that cannot be, `conflict` where they stand in on these days already
 */
export async function nameDeputy(services: Services, ctx: Context, input: NewDeputy): Promise<ShownDeputy> {
  ensureMayName(ctx.actor, input.absent);
  return services.store.change(ctx, async (write) => {
    await oneAtATime(write, 'deputies');
    const day = await today(write, ctx.at);
    await ensureFit(write, input, day);
    await ensureOtherHand(write, input);
    const id = await addDeputy(write, input);
    return shown(found(await listDeputies(write, day, { id })), ctx.actor, day);
  });
}

export async function readDeputy(services: Services, who: Asker, id: string): Promise<ShownDeputy> {
  return services.store.read(who, async (reader) => {
    const day = await today(reader, services.clock());
    return shown(found(await listDeputies(reader, day, { id })), who.actor, day);
  });
}

/**
 * Ends a deputy's time before its last day: whoever is away, the deputy, or whoever administers people, who shows once
 * more that it is them. @throws DomainError `not-found`, `forbidden`, `step-up`
 */
export async function stopDeputy(services: Services, ctx: Context, id: string): Promise<void> {
  await services.store.change(ctx, async (write) => {
    const deputy = found(await listDeputies(write, await today(write, ctx.at), { id }));
    if (!mayEnd(ctx.actor, deputy))
      throw new DomainError('forbidden', 'Whoever is away, their deputy or an administrator ends this.', [], {
        who: ['admin'],
      });
    if (!isTheirOwn(ctx.actor, deputy)) await ensurePresent(write);
    await endDeputy(write, deputy);
  });
}

/** By their own right: a deputy ends nothing in the place of the absent that was arranged for others. */
const administers = (actor: Actor): boolean => administersInOwnRight(actor, 'members');

const isMember = (actor: Actor, member: string): boolean =>
  actor.type === 'person' && actor.member === member;

const isTheirOwn = (actor: Actor, { absent, member }: StoredDeputy): boolean =>
  isMember(actor, absent.id) || isMember(actor, member.id);

const mayEnd = (actor: Actor, deputy: StoredDeputy): boolean =>
  isTheirOwn(actor, deputy) || (administers(actor) && !isOpened(actor));

function ensureMayName(actor: Actor, absent: string): void {
  // A deputy names no further one in the place of the absent, which would outlast what they were given.
  if (isMember(actor, absent) || canHandOn(actor, 'members')) return;
  throw new DomainError(
    'forbidden',
    'You name a deputy for yourself alone. For others, administrators do.',
    [],
    {
      who: ['admin'],
    },
  );
}

/**
 * Nobody takes another person's place by themselves, under whichever account, nor gives it to whom they let in where another
 * administrator could: that would lift every separation of duties, and give by one hand a role that takes two.
 */
async function ensureOtherHand(write: Write, { absent, member }: NewDeputy): Promise<void> {
  const { actor, at } = write.ctx;
  if (isMember(actor, absent)) return;
  const who = await persons(write);
  const by = actorRef(actor);
  const acting = who.of(by);
  if (acting.includes(who.person(member)))
    throw new DomainError(
      'forbidden',
      'You do not put yourself in another person’s place. They do, or another administrator.',
      [],
      { who: ['admin'] },
    );
  const letIn = (await lettersIn(write, [member])).some((one) =>
    who.of(one.by).some((person) => acting.includes(person)),
  );
  if (!letIn) return;
  const others = await confirmers(
    write,
    { matter: 'administrator', by, onBehalfOf: null, about: member },
    handsByMatter(write, at),
  );
  if (others.length === 0) return;
  throw new DomainError(
    'forbidden',
    'You let this person in, so whoever is away names them, or another administrator.',
    [],
    { who: ['admin'], people: others.slice(0, 5) },
  );
}

/** The longest absence that a deputy is named for, in days: what lasts longer is a role, given to a person. */
const longestDays = 366;
const dayMs = 86_400_000;

async function ensureFit(write: Write, input: NewDeputy, day: string): Promise<void> {
  const { absent, member, first, last } = input;
  const items: ErrorItem[] = [];
  for (const at of ['absent', 'member'] as const) {
    const person = await findMember(write, input[at]);
    if (!person?.active || person.type !== 'person')
      items.push({ at, message: 'There is no such person in this organisation.' });
    else if (person.roles.includes('external-auditor'))
      items.push({ at, message: 'External auditors have no deputies and are none.' });
  }
  if (absent === member)
    items.push({ at: 'member', message: 'Name somebody else: nobody stands in for themselves.' });
  if (first < day) items.push({ at: 'first', message: 'This day is past. Name today or a later day.' });
  if (last < first) items.push({ at: 'last', message: 'The last day is before the first.' });
  else if (Date.parse(last) - Date.parse(first) >= longestDays * dayMs)
    items.push({ at: 'last', message: 'A deputy is named for a year at most.' });
  if (items.length > 0) throw unprocessable(items);
  const standing = await listDeputies(write, first, { member: absent });
  if (standing.some((one) => one.absent.id === absent && one.member.id === member && one.first <= last))
    throw new DomainError('conflict', 'They stand in on some of these days already. End that first.', [
      { at: 'member', message: 'They stand in on some of these days already.' },
    ]);
}

function shown(deputy: StoredDeputy, actor: Actor, day: string): ShownDeputy {
  const may = mayEnd(actor, deputy);
  return {
    ...deputy,
    why: may ? deputy.why : null,
    now: deputy.first <= day && day <= deputy.last,
    mayEnd: may,
  };
}

const today = async (reader: Reader, now: Date): Promise<string> =>
  dayIn(now, (await organisationSettings(reader)).timeZone);

function found([deputy]: readonly StoredDeputy[]): StoredDeputy {
  if (!deputy) throw notFound();
  return deputy;
}
