import { ownDimensions } from '@throughline/domain/authority.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import type { Services } from '../../services.ts';
import { type AuthorityGrant, authorityOn, setAuthority } from '../../store/authority.ts';
import type { Context } from '../../store/context.ts';
import { knownIds } from '../../store/known-ids.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames } from '../../store/records.ts';
import type { Write } from '../../store/write.ts';

export type AuthorityTable = {
  readonly grants: readonly AuthorityGrant[];
  readonly names: ReadonlyMap<string, string>;
};

/** Everything that authority can be given over: what the catalogue names, and what else is approved here. */
export function dimensionsOf({ catalogue }: Services): readonly { id: string; name: string }[] {
  return [...catalogue.model.authority.dimensions, ...ownDimensions];
}

/** The table of authority in force on a day (YYYY-MM-DD), today unless named, with the names of the people in it. */
export async function readAuthority(services: Services, who: Asker, on?: string): Promise<AuthorityTable> {
  return services.store.read(who, async (reader) => {
    const { timeZone } = await organisationSettings(reader);
    const grants = await authorityOn(reader, on ?? dayIn(services.clock(), timeZone));
    return { grants, names: await namesIn(reader, grants) };
  });
}

/** Puts a whole table in force from today. Throws `unprocessable` with one item per grant that cannot be. */
export async function changeAuthority(
  services: Services,
  ctx: Context,
  grants: readonly AuthorityGrant[],
): Promise<void> {
  const { levels } = services.catalogue.model.authority;
  const dimensions = dimensionsOf(services);
  await services.store.change(ctx, async (write) => {
    const names = await peopleIn(write, grants);
    const { timeZone } = await organisationSettings(write);
    const today = dayIn(ctx.at, timeZone);
    const problems: ErrorItem[] = [];
    const seen = new Set<string>();
    for (const [position, grant] of grants.entries()) {
      const say = (part: string, message: string) =>
        problems.push({ at: `grants.${position}.${part}`, message });
      const cell = `${grant.dimension} ${grant.level}`;
      if (!levels.some((level) => level === grant.level)) say('level', `One of: ${levels.join(', ')}.`);
      if (!dimensions.some((dimension) => dimension.id === grant.dimension))
        say('dimension', `One of: ${dimensions.map((dimension) => dimension.id).join(', ')}.`);
      if (grant.member !== null && !names.has(grant.member)) say('holder', 'There is no such member.');
      if (grant.delegate !== null && !names.has(grant.delegate)) say('delegate', 'There is no such member.');
      if (grant.until !== null && grant.until < today) say('until', 'This day is past.');
      if (seen.has(cell)) say('level', 'This level of this dimension is given twice.');
      seen.add(cell);
    }
    if (problems.length > 0) throw unprocessable(problems);
    await setAuthority(write, grants, today);
  });
}

/** Nothing is decided by a service account, so it holds nothing of the table. */
async function peopleIn(write: Write, grants: readonly AuthorityGrant[]): Promise<ReadonlySet<string>> {
  const ids = grants.flatMap((grant) => [grant.member, grant.delegate]).filter((one) => one !== null);
  return ids.length === 0 ? new Set() : knownIds(write, 'member', ids);
}

async function namesIn(
  reader: Reader,
  grants: readonly AuthorityGrant[],
): Promise<ReadonlyMap<string, string>> {
  const people = grants.flatMap((grant) => [grant.member, grant.delegate]).filter((one) => one !== null);
  return memberNames(reader, people);
}
