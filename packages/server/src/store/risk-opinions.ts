import type { Opinion } from '@throughline/domain/risk/opinions.ts';
import type { Point } from '@throughline/domain/risk/rate.ts';
import { opinionContent, reasonContent } from './bound.ts';
import { newSalt } from './digest.ts';
import { newId } from './ids.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

/** What one said of one point, as it is kept: content that goes when the risk is erased. */
export type Said = Pick<Opinion, 'point' | 'criteria' | 'rating' | 'levels'>;

/** How a rating ended. */
export type Ended = {
  readonly at: Date;
  readonly as: 'taken-back' | 'settled';
  readonly by: string;
  /** The version of the risk that stood once it was settled, and why it was settled so. */
  readonly version: number | null;
  readonly reason: string | null;
};

/** `ended` is `null` while it waits. */
export type StoredOpinion = Opinion & { readonly at: Date; readonly ended: Ended | null };

type OpinionRow = Omit<StoredOpinion, keyof Said | 'ended'> & {
  readonly said: Said;
  readonly endedAt: Date | null;
  readonly endedAs: Ended['as'] | null;
  readonly endedBy: string | null;
  readonly settledIn: number | null;
  readonly endReason: string | null;
};

/** Every rating that people gave of a risk apart, oldest first: those that wait, were settled and were taken back. */
export async function opinionsOf(reader: Reader, record: string): Promise<StoredOpinion[]> {
  const rows = await reader.run<OpinionRow>({
    name: 'risk-opinions-of',
    text: `select id, member, said, reason, at, ended_at as "endedAt", ended_as as "endedAs", ended_by as "endedBy",
        settled_in as "settledIn", end_reason as "endReason"
      from risk_opinion where organisation = $1 and record = $2 and said is not null order by at, id`,
    values: [reader.organisation, record],
  });
  return rows.map(({ said, endedAt, endedAs, endedBy, settledIn, endReason, ...row }) => ({
    ...row,
    ...said,
    ended:
      endedAt && endedAs && endedBy
        ? { at: endedAt, as: endedAs, by: endedBy, version: settledIn, reason: endReason }
        : null,
  }));
}

/** Members whose ratings of a risk wait to be settled: who rates it does not accept it. */
export async function ratersWaiting(reader: Reader, record: string): Promise<string[]> {
  const rows = await reader.run<{ member: string }>({
    name: 'risk-raters-waiting',
    text: `select distinct member from risk_opinion
      where organisation = $1 and record = $2 and ended_at is null`,
    values: [reader.organisation, record],
  });
  return rows.map(({ member }) => member);
}

/** Members whose ratings were settled after a version of the risk, and who settled them: what it says is theirs too. */
export async function ratersSince(reader: Reader, record: string, version: number): Promise<string[]> {
  const rows = await reader.run<{ member: string; by: string }>({
    name: 'risk-raters-since',
    text: `select distinct member, ended_by as by from risk_opinion
      where organisation = $1 and record = $2 and settled_in > $3`,
    values: [reader.organisation, record, version],
  });
  return rows.flatMap(({ member, by }) => [member, by]);
}

/** Keeps a person's rating, with its entry. */
export async function addOpinion(
  write: Write,
  record: string,
  { member, reason, ...said }: Said & { readonly member: string; readonly reason: string },
): Promise<string> {
  const id = newId(write.ctx.at.getTime());
  const salt = newSalt();
  await write.run({
    name: 'add-risk-opinion',
    text: `insert into risk_opinion (organisation, id, record, member, said, reason, at, salt)
      values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [write.organisation, id, record, member, said, reason, write.ctx.at, salt],
  });
  const digest = opinionContent(salt, { said, reason });
  write.log({ act: 'opinion.given', opinion: id, record, kind: 'risk', member, digest });
  return id;
}

/** Ends a rating that waited because whoever gave it takes it back, with its entry. */
export const endTakenBack = (write: Write, record: string, opinion: Opinion, by: string): Promise<void> =>
  end(write, record, opinion, { as: 'taken-back', by, version: null, reason: null });

/** Ends a rating because it was settled in a version of the risk, with its entry and with the reason beside it. */
export const endSettled = (
  write: Write,
  record: string,
  opinion: Opinion,
  how: { readonly by: string; readonly version: number; readonly reason: string },
): Promise<void> => end(write, record, opinion, { as: 'settled', ...how });

async function end(
  write: Write,
  record: string,
  { id, member }: Opinion,
  { as, by, version, reason }: Omit<Ended, 'at'>,
): Promise<void> {
  const salt = reason === null ? null : newSalt();
  await write.run({
    name: 'end-risk-opinion',
    text: `update risk_opinion set ended_at = $3, ended_as = $4, ended_by = $5, settled_in = $6, end_reason = $7, end_salt = $8
      where organisation = $1 and id = $2`,
    values: [write.organisation, id, write.ctx.at, as, by, version, reason, salt],
  });
  write.log({
    act: `opinion.${as}`,
    ...{ opinion: id, record, kind: 'risk', member },
    ...(version === null ? {} : { settledIn: version }),
    ...(salt === null || reason === null ? {} : { digest: reasonContent(salt, reason) }),
  });
}

/** Of one point, those that wait. */
export const waiting = (opinions: readonly StoredOpinion[], point: Point): StoredOpinion[] =>
  opinions.filter((one) => one.point === point && one.ended === null);
