import { type Overlapping, overlapsOf, type Requirement } from '@throughline/domain/crosswalk/overlaps.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { editInside } from '../../records/edit-record.ts';
import { ensureMay, loadReadable, lockFor } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { type RequirementRow, requirementsOf } from '../../store/coverage.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames, type RefRow, refsById } from '../../store/records.ts';

export type OverlapsView = {
  readonly overlaps: readonly Overlapping[];
  readonly requirements: ReadonlyMap<string, RequirementRow>;
  /** Controls that requirements call for. */
  readonly refs: ReadonlyMap<string, RefRow>;
  readonly names: ReadonlyMap<string, string>;
};

/** Requirements of the organisation, and of one system where it is named, that ask for the same. */
export async function readOverlaps(
  services: Services,
  asked: Asker & { readonly system: string | undefined },
): Promise<OverlapsView> {
  const { registry, catalogue, store } = services;
  ensureMay(asked.actor, registry.get('obligation'), 'read');
  return store.read(asked, async (reader) => {
    const system =
      asked.system === undefined
        ? null
        : (await loadReadable(reader, asked.actor, registry.get('system'), asked.system)).id;
    const rows = await requirementsOf(reader, system);
    const overlaps = overlapsOf(catalogue, rows.map(requirementOf(registry.get('obligation').prefix)));
    const named = overlaps.flatMap(({ grounds }) =>
      grounds.flatMap(({ type, by }) => (type === 'control' ? [by] : [])),
    );
    return {
      overlaps,
      requirements: new Map(rows.map((row) => [row.id, row])),
      refs: await refsById(reader, named),
      names: await memberNames(reader, [...new Set(rows.flatMap(({ owner }) => owner ?? []))]),
    };
  });
}

const requirementOf =
  (prefix: string) =>
  ({ id, number, source, item, controls, controlItems, refersTo }: RequirementRow): Requirement => ({
    ...{ id, item, controls, controlItems, refersTo },
    ref: `${prefix}-${number}`,
    source: source ?? '',
  });

/**
 * Names the one requirement whose owner sees to several that ask for the same: the others refer to it, and it refers to
 * none. Nothing is marked as met.
 */
export async function namePrimary(
  services: Services,
  ctx: Context,
  input: { readonly primary: string; readonly others: readonly string[] },
): Promise<void> {
  const kind = services.registry.get('obligation');
  ensureMay(ctx.actor, kind, 'edit');
  await services.store.change(ctx, async (write) => {
    const primary = await lockFor(write, kind, input.primary, 'edit');
    if (primary.owner === null)
      throw new DomainError('conflict', 'Nobody answers for this requirement. Name its owner first.');
    if (primary.state === 'declined' || primary.state === 'ended')
      throw new DomainError('conflict', 'This requirement is not in force, so nothing can refer to it.');
    await editInside(write, kind, primary, { fields: {}, links: { refersTo: { set: [] } } });
    for (const ref of input.others) {
      const other = await lockFor(write, kind, ref, 'edit');
      if (other.id === primary.id)
        throw new DomainError('conflict', 'A requirement does not refer to itself.');
      if (other.system !== null && primary.system !== null && other.system !== primary.system)
        throw new DomainError('conflict', 'Requirements of different systems are owed each for its own.');
      await editInside(write, kind, other, { fields: {}, links: { refersTo: { set: [primary.id] } } });
    }
  });
}
