import { registry } from '@throughline/domain/kinds/all.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { sequenceAll } from '../log/sequencer.ts';
import { createRecord } from '../records/create-record.ts';
import { editRecord } from '../records/edit-record.ts';
import { eraseRecord } from '../records/erase-record.ts';
import { readListQuery } from '../records/read-list-query.ts';
import { resolveQuery } from '../records/resolve-refs.ts';
import { archiveRecord, restoreRecord } from '../records/transition-record.ts';
import { changedSince } from './changed-since.ts';
import type { Context } from './context.ts';
import { countRecords, facetRecords, listIds, listRecords } from './list.ts';
import { atPlace } from './list-filter.ts';
import type { ListQuery } from './list-query.ts';
import type { Reader } from './reader.ts';

let kernel: TestKernel;
let organisation: string;
let ctx: Context;
/** The size of the log after each act; the last acts have no place yet. */
const sizes: number[] = [];
const [system, model] = [registry.get('system'), registry.get('model')];
const units = ['Motor', 'Health', ''];

beforeAll(async () => {
  kernel = await testKernel();
  organisation = await kernel.organisation();
  ctx = kernel.context(organisation, await kernel.member(organisation, ['admin', 'aims-manager']));
  const made = await createRecord(kernel.services, ctx, model, { patch: { fields: { name: 'Shared' } } });
  for (let n = 0; n < 40; n += 1) {
    await act(n, made.id);
    if (n < 34) await sequenceAll(kernel.store);
    const { rows } = await kernel.store.owner.query<{ size: string }>(
      'select size from log_head where organisation = $1',
      [organisation],
    );
    sizes.push(Number(rows[0]?.size ?? 0));
  }
});
afterAll(() => kernel.close());

/** Every fourth act changes what an earlier one made: edits with links, archives, brings back; SYS-2 is erased. */
async function act(n: number, used: string): Promise<void> {
  const { services } = kernel;
  const fields = { unit: units[(n * 5) % 3] ?? '', liveSince: `20${10 + (n % 15)}` };
  if (n % 4 !== 3) {
    const patch = { fields: { name: `System ${String.fromCharCode(65 + (n % 26))}`, ...fields } };
    await createRecord(services, ctx, system, { patch });
    return;
  }
  const other = 1 + ((n * 7) % (n - Math.floor(n / 4)));
  const change = {
    ref: n === 19 || n === 23 ? 'SYS-2' : `SYS-${other === 2 ? 1 : other}`,
    version: null,
    reason: 'law' as const,
  };
  if (n === 23) await eraseRecord(services, ctx, system, change);
  else if (n % 8 === 3) await archiveRecord(services, ctx, system, change).catch(restored(change.ref));
  else {
    const patch = { fields, links: { usesModel: { set: [used] } } };
    await editRecord(services, ctx, system, { ...change, patch }).catch(restored(change.ref));
  }
}
/** What is archived already comes back. */
const restored = (ref: string) => async (error: unknown) => {
  expect(error).toMatchObject({ code: 'conflict' });
  await restoreRecord(kernel.services, ctx, system, { ref, version: null });
};

const read = <T>(look: (reader: Reader) => Promise<T>) => kernel.store.readWhole(organisation, look);
const queryOf = (reader: Reader, kind: Kind, asked: Record<string, string>) =>
  resolveQuery(reader, readListQuery(kind, asked, ctx.actor).query, ctx.actor);

/** All that is asked of a register: its pages one after another, its count, its ids, its facets. */
async function answers(reader: Reader, query: ListQuery) {
  const rows = [];
  let { cursor } = query;
  do {
    const page = await listRecords(reader, { ...query, cursor });
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor !== null);
  const facets = await facetRecords(reader, query, 'unit');
  return {
    rows,
    count: await countRecords(reader, query),
    ids: await listIds(reader, query, 500),
    facets: facets.map(({ value, written, count }) => `${value} ${written} ${count}`).sort(),
  };
}

test('at every place of the log, a register read from what changed since answers as one that looks at every record', async () => {
  const asked = fc.record(
    {
      sort: fc.constantFrom('ref', '-ref', 'title', '-unit', 'liveSince', '-updated'),
      archived: fc.constantFrom('any', 'true', 'false'),
      limit: fc.constantFrom('1', '3', '500'),
      unit: fc.constantFrom('Motor', 'Motor,Health'),
      linked: fc.constant('MDL-1'),
    },
    { requiredKeys: ['sort', 'archived', 'limit'] },
  );
  await fc.assert(
    fc.asyncProperty(asked, fc.nat(sizes.length - 1), async (query, n) => {
      await read(async (reader) => {
        const plain = await queryOf(reader, system, JSON.parse(JSON.stringify(query)));
        const few = await atPlace(reader, plain, (sizes[n] ?? 0) - 1);
        expect(few.changed).not.toBeNull();
        expect(await answers(reader, few)).toEqual(await answers(reader, { ...few, changed: null }));
      });
    }),
    { numRuns: 60 },
  );
});

test('what changed is what the log holds behind the place and what has no place yet, of the kind alone', async () => {
  const last = (sizes.at(-1) ?? 0) - 1;
  const [of, none] = await read(async (reader) => [
    await changedSince(reader, system, last),
    await changedSince(reader, registry.get('risk'), -1),
  ]);
  const { rows } = await kernel.store.owner.query<{ record: string }>(
    `select distinct e.record from entry_pending p join entry e on e.organisation = p.organisation and e.id = p.entry
      where p.organisation = $1 and e.record is not null`,
    [organisation],
  );
  expect(rows.length).toBeGreaterThan(3);
  expect(of?.toSorted()).toEqual(rows.map(({ record }) => record).sort());
  expect(none).toEqual([]);
  const every = await read((reader) => changedSince(reader, system, -1));
  const made = await kernel.store.owner.query('select 1 from record where organisation = $1 and kind = $2', [
    organisation,
    'system',
  ]);
  // Erasing leaves versions: the one that is gone is among them too.
  expect(every).toHaveLength(made.rows.length);
});

test('too many to look at are not named', async () => {
  const size = sizes.at(-1) ?? 0;
  expect(await read((reader) => changedSince(reader, system, size - 6, 4))).toBeNull();
  expect(await read((reader) => changedSince(reader, system, size - 5, 4))).not.toBeNull();
});

test('what was erased is at no place, changed since or not', async () => {
  for (const size of sizes)
    await read(async (reader) => {
      const query = await atPlace(reader, await queryOf(reader, system, { archived: 'any' }), size - 1);
      const { rows } = await listRecords(reader, query);
      expect(rows.map((row) => row.number)).not.toContain(2);
    });
});
