import { DomainError, notFound } from '@throughline/domain/errors.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { authorsSince } from '../../store/history.ts';
import { persons } from '../../store/identities.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames, type RefRow, refsById } from '../../store/records.ts';
import { allRecusals, endRecusal, findRecusal, type WholeRecusal } from '../../store/recusals.ts';

export type RecusalsView = {
  /** Newest first; of records that the reader may see. */
  readonly recusals: readonly WholeRecusal[];
  readonly refs: ReadonlyMap<string, RefRow>;
  readonly names: ReadonlyMap<string, string>;
  /** Those of the person who asks, under whatever account. */
  readonly own: ReadonlySet<string>;
};

const most = 500;
const wroteIt = 'You wrote what this person stands back from, so another person ends it.';

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
    const identities = await persons(reader);
    const { actor } = who;
    const self = actor.type === 'person' ? identities.person(actor.member) : null;
    const own = recusals.filter((row) => identities.person(row.member) === self).map(({ id }) => id);
    return { recusals, refs, names: await memberNames(reader, people), own: new Set(own) };
  });
}

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
    if (actor.type !== 'person')
      throw new DomainError('forbidden', 'Only a person ends this; a token cannot.', [], { who: [] });
    const who = await persons(write);
    if (who.of({ type: 'person', id: actor.member }).includes(who.person(recusal.member)))
      throw new DomainError(
        'forbidden',
        'You stood back from this yourself, so another person ends it.',
        [],
        {
          who: ['admin', 'aims-manager'],
        },
      );
    const mine = who.of({ type: 'person', id: actor.member });
    const written = (await authorsSince(write, recusal.record, 0)).flatMap((deed) => who.of(deed));
    if (mine.some((person) => written.includes(person)))
      throw new DomainError('forbidden', wroteIt, [], { who: ['admin', 'aims-manager'] });
    if (recusal.endedAt) throw new DomainError('conflict', 'This has ended already.');
    await endRecusal(write, { ...recusal, kind: record.kind }, { by: actor.member, reason });
  });
}
