import type { Actor } from '@throughline/domain/actor.ts';
import { isDemoMember } from '@throughline/domain/demo-member.ts';
import type { Deed, Persons } from '@throughline/domain/duties.ts';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import { notAllowed, notInPlace } from '@throughline/domain/kind-words.ts';
import { isOpened, openedWords } from '@throughline/domain/opened-account.ts';
import { canAdminister, canHandOn, whoAdministers } from '@throughline/domain/permissions.ts';
import { type Named, namesAtMost } from '../../records/who-could.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { authorsOf } from '../../store/history.ts';
import { persons } from '../../store/identities.ts';
import { membersActing } from '../../store/powers.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames, type RefRow, refsById } from '../../store/records.ts';
import { allRecusals, endRecusal, findRecusal, type WholeRecusal } from '../../store/recusals.ts';

export type RecusalsView = {
  /** Newest first; of records that the reader may see. */
  readonly recusals: readonly WholeRecusal[];
  readonly refs: ReadonlyMap<string, RefRow>;
  readonly names: ReadonlyMap<string, string>;
  /** Whether whoever asks ends each of those that stand, by its id. */
  readonly ends: ReadonlyMap<string, EndRight>;
};
export type EndRight =
  | { readonly may: true }
  | { readonly may: false; readonly reason: string; readonly people?: readonly Named[] };

const most = 500;

/** Who stands back from what, and who did: the newest of them. */
export async function readRecusals(services: Services, who: Asker): Promise<RecusalsView> {
  return services.store.read(who, async (reader) => {
    const rows = await allRecusals(reader, most);
    const refs = await refsById(
      reader,
      rows.map((row) => row.record),
    );
    const recusals = rows.filter((row) => refs.has(row.record));
    const people = recusals.flatMap(({ member, endedBy }) => [member, ...(endedBy ? [endedBy] : [])]);
    const ends = await endsOf(
      reader,
      who.actor,
      recusals.filter(({ endedAt }) => endedAt === null),
      services.clock(),
    );
    return { recusals, refs, names: await memberNames(reader, people), ends };
  });
}

/** Whether whoever asks ends each of these, by its id; why not, and who could instead. */
async function endsOf(
  reader: Reader,
  actor: Actor,
  standing: readonly WholeRecusal[],
  now: Date,
): Promise<Map<string, EndRight>> {
  if (standing.length === 0) return new Map();
  const who = await persons(reader);
  const written = await authorsOf(
    reader,
    standing.map(({ record }) => record),
  );
  const refusal = (recusal: WholeRecusal, one: Actor) =>
    endObstacle(one, recusal, written.get(recusal.record) ?? [], who);
  const named = actor.type === 'person' && !actor.scope;
  const others = named
    ? (await membersActing(reader, now, { roles: whoAdministers('settings') })).filter(
        ({ id }) => !isDemoMember(id),
      )
    : [];
  return new Map<string, EndRight>(
    standing.map((recusal) => {
      const reason = refusal(recusal, actor);
      if (reason === undefined) return [recusal.id, { may: true }] as const;
      const could = others.filter((one) => refusal(recusal, one.actor) === undefined).slice(0, namesAtMost);
      const people = could.map(({ id, name }) => ({ id, name }));
      return [recusal.id, { may: false, reason, ...(named ? { people } : {}) }] as const;
    }),
  );
}

/** Why somebody does not end that another stands back; nothing where they do. */
function endObstacle(
  actor: Actor,
  { member }: Pick<WholeRecusal, 'member'>,
  written: readonly Deed[],
  who: Persons,
): string | undefined {
  if (actor.type !== 'person') return byPerson;
  const mine = who.of({ type: 'person', id: actor.member });
  if (mine.includes(who.person(member))) return stoodBack;
  if (!canHandOn(actor, 'settings'))
    return isOpened(actor)
      ? openedWords
      : canAdminister(actor, 'settings')
        ? notInPlace
        : notAllowed('roles');
  return written.some((deed) => who.of(deed).some((person) => mine.includes(person))) ? wroteIt : undefined;
}

const byPerson = 'Only a person ends this; a token cannot.';
const stoodBack = 'You stood back from this yourself, so another person ends it.';
const wroteIt = 'You wrote what this person stands back from, so another person ends it.';

/**
 * Ends that somebody stands back: by another person, with a reason. Never by the person themselves, under whatever
 * account: a duty that could be laid down and taken up again would bind nobody. Nor by whoever wrote what they stand back
 * from: nobody chooses who judges their own work.
 */
export async function endStandingBack(
  services: Services,
  ctx: Context,
  id: string,
  reason: string,
): Promise<void> {
  await services.store.change(ctx, async (write) => {
    const recusal = await findRecusal(write, id);
    const record = recusal && (await refsById(write, [recusal.record])).get(recusal.record);
    if (!recusal || !record) throw notFound();
    const { actor } = ctx;
    const written = (await authorsOf(write, [recusal.record])).get(recusal.record) ?? [];
    const obstacle = endObstacle(actor, recusal, written, await persons(write));
    if (obstacle !== undefined || actor.type !== 'person') {
      const right = (await endsOf(write, actor, [recusal], ctx.at)).get(recusal.id);
      const people = right?.may === false ? right.people : undefined;
      throw new DomainError('forbidden', obstacle ?? byPerson, [], {
        who: whoAdministers('settings'),
        ...(people ? { people } : {}),
      });
    }
    if (recusal.endedAt) throw new DomainError('conflict', 'This has ended already.');
    await endRecusal(write, { ...recusal, kind: record.kind }, { by: actor.member, reason });
  });
}
