import type { Content } from '@throughline/domain/kinds/kind.ts';
import { newId } from '@throughline/server/store/ids.ts';
import type { Store } from '@throughline/server/store/store.ts';
import type { Write } from '@throughline/server/store/write.ts';
import { foundOrganisation } from './founding.ts';
import type { Random } from './random.ts';
import { type Shared, sharedRecords } from './shared-records.ts';
import { ownRecords } from './system-records.ts';

export type Planned = {
  readonly id: string;
  readonly kind: string;
  readonly content: Content;
  readonly state?: string;
  readonly system: string | null;
};

export type Generated = {
  readonly organisation: string;
  readonly member: string;
  readonly systems: readonly string[];
  readonly shared: Shared;
  readonly records: number;
  readonly links: number;
};

const systemsAtOnce = 40;

/**
 * Makes one organisation through the product's own writing: every record has its revision, its entry and its words.
 * About 50 records and 100 links to a system, beside what all share.
 */
export async function generateOrganisation(
  store: Store,
  random: Random,
  size: { readonly systems: number; readonly progress: (done: number) => void },
): Promise<Generated> {
  const { organisation, member } = await foundOrganisation(store, 'Harbour Mutual');
  const count = { records: 0, links: 0 };
  const write = (planned: readonly Planned[]) => writeAll(store, organisation, member, planned, count);
  const shared = sharedRecords(random, member);
  for (let from = 0; from < shared.records.length; from += 2_000)
    await write(shared.records.slice(from, from + 2_000));
  const systems: string[] = [];
  while (systems.length < size.systems) {
    const planned: Planned[] = [];
    for (let n = 0; n < systemsAtOnce && systems.length < size.systems; n += 1) {
      const id = newId();
      planned.push(...ownRecords(random, { id, number: systems.length, member, shared }));
      systems.push(id);
    }
    await write(planned);
    size.progress(systems.length);
  }
  return { organisation, member, systems, shared, ...count };
}

async function writeAll(
  store: Store,
  organisation: string,
  member: string,
  planned: readonly Planned[],
  count: { records: number; links: number },
): Promise<void> {
  const ctx = {
    organisation,
    actor: { type: 'person', member, roles: ['aims-manager'] } as const,
    at: new Date(),
    because: null,
    request: null,
  };
  await store.change(ctx, async (write: Write) => {
    for (const { kind, ...record } of planned) {
      write.create({ kind: store.registry.get(kind), ...record });
      count.records += 1;
      count.links += Object.values(record.content.links).flat().length;
    }
  });
}
