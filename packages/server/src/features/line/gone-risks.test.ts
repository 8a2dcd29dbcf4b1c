import { registry } from '@throughline/domain/kinds/all.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { linked } from '../../../test/linked.ts';
import { sequenceAll } from '../../log/sequencer.ts';
import { createRecord } from '../../records/create-record.ts';
import { eraseRecord } from '../../records/erase-record.ts';
import { archiveRecord, restoreRecord } from '../../records/transition-record.ts';
import { FactsCache } from './facts.ts';
import { readTrace } from './read-trace.ts';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());

const minutes = (count: number): Date => new Date(Date.now() - count * 60_000);

test('a finished run that names a risk which was archived or erased says so until it is brought back', async () => {
  const organisation = await kernel.organisation();
  const author = await kernel.member(organisation, ['aims-manager']);
  const admin = await kernel.member(organisation, ['admin']);
  const make = (kind: string, links: Record<string, string> = {}, fields: object = {}) =>
    createRecord(kernel.services, kernel.context(organisation, author, minutes(50)), registry.get(kind), {
      patch: {
        fields: { name: kind, ...fields },
        links: linked(links),
      },
      ...(kind === 'system' ? { state: 'operation-monitoring', broughtIn: true } : {}),
    });
  const system = await make('system');
  const risk = await make('risk', { system: system.id });
  const other = await make('risk', { system: system.id });
  const held = minutes(50).toISOString().slice(0, 10);
  const run = await make('risk-assessment', { system: system.id, risks: risk.id }, { heldOn: held });
  await kernel.store.owner.query("update record set state = 'done' where id = $1", [run.id]);
  await kernel.store.owner.query("update revision set state = 'done' where record = $1", [run.id]);

  const cache = new FactsCache(kernel.services);
  const named = async (asOf?: Date) => {
    await sequenceAll(kernel.store);
    const asked = { organisation, actor: author, ref: system.id, asOf };
    const { trace } = await readTrace(kernel.services, cache, asked, () => ({ records: [], members: [] }));
    const gaps = trace.stations.find(({ id }) => id === 'risk')?.gaps ?? [];
    return gaps
      .filter(({ rule, action }) => rule === 'RI1' && JSON.stringify(action).includes('reopen'))
      .flatMap(({ records }) => records);
  };
  const kind = registry.get('risk');
  const archive = (ref: string, at: Date) =>
    archiveRecord(kernel.services, kernel.context(organisation, author, at), kind, { ref, version: null });
  await archive(other.id, minutes(40));
  expect(await named()).toEqual([]);
  await archive(risk.id, minutes(30));
  expect(await named()).toEqual([risk.id]);
  await restoreRecord(kernel.services, kernel.context(organisation, author, minutes(20)), kind, {
    ref: risk.id,
    version: null,
  });
  expect(await named()).toEqual([]);
  const { version } = await archive(risk.id, minutes(10));
  // Read as it stood at a moment, here this one, it says the same.
  expect([await named(), await named(minutes(-1))]).toEqual([[risk.id], [risk.id]]);
  const erasing = kernel.context(organisation, admin, minutes(5));
  await eraseRecord(kernel.services, erasing, kind, { ref: risk.id, version, reason: 'mistake' });
  expect(await named()).toEqual([risk.id]);
});
