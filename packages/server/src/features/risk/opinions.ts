import type { Actor } from '@throughline/domain/actor.ts';
import type { Persons } from '@throughline/domain/duties.ts';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import {
  givingObstacle,
  isOpen,
  type Opinion,
  readableBy,
  settlingObstacle,
  takingBackObstacle,
} from '@throughline/domain/risk/opinions.ts';
import { type Point, points, versionName } from '@throughline/domain/risk/rate.ts';
import { ensureMay, ensureVersion, loadReadable, lockFor } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { persons } from '../../store/identities.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames } from '../../store/records.ts';
import {
  addOpinion,
  type Ended,
  endSettled,
  endTakenBack,
  opinionsOf,
  type StoredOpinion,
  waiting,
} from '../../store/risk-opinions.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import {
  type CriteriaInForce,
  criteriaInForce,
  criteriaNow,
  keepRating,
  keptUpCriteria,
  type RatingInput,
  rateBy,
} from './rating.ts';

/** Ratings of one point that wait: who has rated, and what of it whoever asks may read. */
export type Round = {
  readonly point: Point;
  readonly open: boolean;
  readonly raters: readonly string[];
  readonly readable: readonly StoredOpinion[];
  /** The one of whoever asks. */
  readonly own: string | null;
  /** Why whoever asks may not add one; nothing where they may. */
  readonly obstacle: string | undefined;
};

/** Ratings that were settled together, in a version of the risk, by whom and why. */
export type Settled = Ended & { readonly version: number; readonly opinions: readonly StoredOpinion[] };

export type OpinionsView = {
  readonly risk: StoredRecord;
  readonly criteria: CriteriaInForce | null;
  readonly rounds: readonly Round[];
  /** Newest first. */
  readonly settled: readonly Settled[];
  readonly names: ReadonlyMap<string, string>;
};

/** The ratings that people gave one risk apart: those that wait, as far as they may be read, and those that were settled. */
export async function readOpinions(
  services: Services,
  asked: Asker & { readonly ref: string },
): Promise<OpinionsView> {
  const kind = services.registry.get('risk');
  ensureMay(asked.actor, kind, 'read');
  const candidates = await keptUpCriteria(services, asked);
  return services.store.read(asked, async (reader) => {
    const risk = await loadReadable(reader, asked.actor, kind, asked.ref);
    const all = await opinionsOf(reader, risk.id);
    const who = await persons(reader);
    const settled = settledOf(all);
    const people = [...all.map(({ member }) => member), ...settled.map(({ by }) => by)];
    return {
      risk,
      criteria: await criteriaInForce(services, reader, candidates),
      rounds: points.map((point) => roundOf(point, waiting(all, point), asked.actor, who)),
      settled,
      names: await memberNames(reader, people),
    };
  });
}

function roundOf(point: Point, among: readonly StoredOpinion[], actor: Actor, who: Persons): Round {
  const me = actor.type === 'person' ? actor.member : null;
  const readable = new Set(readableBy(among, me, who).map(({ id }) => id));
  const own = me === null ? undefined : among.find((one) => who.person(one.member) === who.person(me));
  return {
    point,
    open: isOpen(among, who),
    raters: [...new Set(among.map(({ member }) => member))],
    readable: among.filter(({ id }) => readable.has(id)),
    own: own?.id ?? null,
    obstacle: me === null ? aPersonRates : givingObstacle(among, me, who),
  };
}

const aPersonRates = 'Only a person rates apart from others; a token cannot.';

function settledOf(all: readonly StoredOpinion[]): Settled[] {
  const groups = Map.groupBy(all, ({ ended }) => ended?.version ?? null);
  return [...groups]
    .flatMap(([version, opinions]) => {
      const [first] = opinions;
      return version !== null && first?.ended ? [{ ...first.ended, version, opinions }] : [];
    })
    .sort((a, b) => b.at.getTime() - a.at.getTime());
}

/**
 * Keeps what the person who asks rates one point of a risk, apart from everybody else. Throws `conflict` where they have
 * rated it, where ratings can be seen already, or where nothing is in force to rate by.
 */
export async function giveOpinion(
  services: Services,
  ctx: Context,
  input: RatingInput & { readonly ref: string; readonly reason: string },
): Promise<void> {
  await change(services, ctx, input, async ({ write, risk, me, who, candidates }) => {
    const among = waiting(await opinionsOf(write, risk.id), input.point);
    refuse(givingObstacle(among, me, who));
    const now = await criteriaNow(services, write, candidates);
    const { levels, steps } = rateBy(now, { ...input, before: risk.content.fields });
    await addOpinion(write, risk.id, {
      member: me,
      point: input.point,
      criteria: versionName(now.ref, now.version),
      rating: steps,
      levels,
      reason: input.reason,
    });
    write.touch(risk);
  });
}

/** Takes back what the person who asks rated, while nobody has seen it. */
export async function takeOpinionBack(
  services: Services,
  ctx: Context,
  input: { readonly ref: string; readonly id: string },
): Promise<void> {
  await change(services, ctx, input, async ({ write, risk, me, who }) => {
    const all = await opinionsOf(write, risk.id);
    const opinion = all.find(({ id, ended }) => id === input.id && ended === null);
    if (!opinion) throw notFound();
    refuse(takingBackObstacle(opinion, waiting(all, opinion.point), me, who));
    await endTakenBack(write, risk.id, opinion, me);
    write.touch(risk);
  });
}

/** Settles the ratings of one point: the risk is rated, with the reason, and they are kept beside that version. */
export async function settleOpinions(
  services: Services,
  ctx: Context,
  input: RatingInput & { readonly ref: string; readonly version: number; readonly reason: string },
): Promise<void> {
  await change(services, ctx, input, async ({ write, risk, me, who, candidates }) => {
    ensureVersion(risk, input.version);
    const among: readonly Opinion[] = waiting(await opinionsOf(write, risk.id), input.point);
    refuse(settlingObstacle(among, who));
    const { version } = await keepRating(services, write, risk, { ...input, candidates });
    for (const opinion of among)
      await endSettled(write, risk.id, opinion, { by: me, version, reason: input.reason });
    write.touch(risk);
  });
}

type Changing = {
  readonly write: Parameters<Parameters<Services['store']['change']>[1]>[0];
  readonly risk: Awaited<ReturnType<typeof lockFor>>;
  readonly me: string;
  readonly who: Persons;
  readonly candidates: readonly string[];
};

/** A risk that is locked, and the person who asks: nothing of this is a token's. */
async function change(
  services: Services,
  ctx: Context,
  { ref }: { readonly ref: string },
  act: (on: Changing) => Promise<void>,
): Promise<void> {
  const kind = services.registry.get('risk');
  const { actor } = ctx;
  ensureMay(actor, kind, 'edit');
  const candidates = await keptUpCriteria(services, ctx);
  await services.store.change(ctx, async (write) => {
    const risk = await lockFor(write, kind, ref, 'edit');
    if (actor.type !== 'person') throw new DomainError('forbidden', aPersonRates, [], { who: [] });
    if (risk.archivedAt)
      throw new DomainError('conflict', 'This record is archived. Bring it back before you change it.');
    await act({ write, risk, me: actor.member, who: await persons(write), candidates });
  });
}

function refuse(obstacle: string | undefined): void {
  if (obstacle !== undefined) throw new DomainError('conflict', obstacle);
}
