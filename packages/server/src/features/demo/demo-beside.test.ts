import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { wholeUse } from '../../../test/whole.ts';
import { createRecord } from '../../records/create-record.ts';
import { decideApproval } from '../../records/decide-approval.ts';
import { readRecord } from '../../records/read-record.ts';
import { archiveRecord } from '../../records/transition-record.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { askDemo, demoOffer } from './ask-demo.ts';
import { loadDemo } from './load-demo.ts';

/** What the demo leaves alone beside it: people and records of the organisation that loaded it. */
let kernel: TestKernel;
let organisation: string;
let admin: Actor & { type: 'person' };
const use = registry.get('use-case');

beforeAll(async () => {
  kernel = await testKernel();
  organisation = await kernel.organisation();
  admin = await kernel.member(organisation, ['admin', 'aims-manager'], 'Administrator');
  await loadDemo(kernel.services, kernel.context(organisation, admin), async () => undefined);
}, 60_000);
afterAll(() => kernel.close());

const make = (kind: Kind, name: string, links = {}, at = organisation): Promise<StoredRecord> =>
  createRecord(kernel.services, kernel.context(at, admin), kind, {
    patch: { fields: { ...(kind === use ? wholeUse : {}), name }, links },
  });

test('its table of authority takes nothing away from real people, and nobody is sent to people of the demo', async () => {
  const system = await make(registry.get('system'), 'A system of our own');
  const made = await make(use, 'A use of our own', { system: { set: [system.id] } });
  const manager = await kernel.member(organisation, ['aims-manager'], 'Manager');
  const look = { organisation, actor: manager, kind: use, ref: made.id };
  const names = (await readRecord(kernel.services, look)).deciders.map((one) => one.name);
  expect(names).toEqual(['Manager']);
  await decideApproval(kernel.services, kernel.context(organisation, manager), use, {
    ref: made.id,
    act: 'approve',
    version: 1,
    digest: made.digest.toString('hex'),
    reason: null,
  });
  const { rows } = await kernel.store.owner.query('select by_id from approval where record = $1', [made.id]);
  expect(rows).toEqual([{ by_id: manager.member }]);
});

test('it is neither offered to nor loaded into an organisation with records of its own, whose standing it would change', async () => {
  const elsewhere = await kernel.organisation('Other Mutual');
  const offer = () => kernel.store.readWhole(elsewhere, (reader) => demoOffer(reader, admin));
  const ctx = kernel.context(elsewhere, admin);
  expect(await offer()).toBe('offered');
  const system = registry.get('system');
  const own = await make(system, 'A system of our own', {}, elsewhere);
  const refusal = {
    code: 'conflict',
    message: expect.stringMatching(/records of its own.*another data directory \(DATA_DIR\)\.$/),
  };
  await expect(loadDemo(kernel.services, ctx, async () => undefined)).rejects.toMatchObject(refusal);
  await expect(askDemo(kernel.services, ctx, 'load')).rejects.toMatchObject(refusal);
  expect(await offer()).toBeUndefined();
  const count = 'select count(*)::int as n from record where organisation = $1';
  expect((await kernel.store.owner.query(count, [elsewhere])).rows).toEqual([{ n: 1 }]);
  await archiveRecord(kernel.services, ctx, system, { ref: own.id, version: 1 });
  expect(await offer()).toBe('offered');
});

test('a load that was stopped goes on beside records that were written since', async () => {
  const third = await kernel.organisation('Third Mutual');
  const ctx = kernel.context(third, await kernel.member(third, ['admin', 'aims-manager'], 'Administrator'));
  const stop = loadDemo(kernel.services, ctx, async (done) => {
    if (done === 2) throw new Error('stopped');
  });
  await expect(stop).rejects.toThrow('stopped');
  await make(registry.get('system'), 'A system of our own', {}, third);
  const loaded = await loadDemo(kernel.services, ctx, async () => undefined);
  expect(loaded.records).toBeGreaterThan(300);
}, 60_000);
