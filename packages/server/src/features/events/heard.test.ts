import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { hearing } from './heard.ts';
import type { LiveEvent } from './hub.ts';

let kernel: TestKernel;
let organisation: string;
const events: LiveEvent[] = [];

beforeAll(async () => {
  kernel = await testKernel();
  organisation = await kernel.organisation();
  const rule = { type: 'rule', rule: 'test' } as const;
  const kind = kernel.services.registry.get('system');
  await kernel.store.change(kernel.context(organisation, rule), async (write) => {
    for (const name of ['A', 'B']) {
      const { id } = write.create({ kind, content: { fields: { name }, links: {} }, system: null });
      const record = { id, kind: 'system', number: 1, title: name, state: 'idea', archived: false };
      events.push({ type: 'record', index: 1, record }, { type: 'standing', record, ago: 0 });
    }
  });
  events.push({ type: 'log', index: 1, size: 2 });
});
afterAll(() => kernel.close());

test('an auditor hears of what they may read, and of the log', async () => {
  const auditor = await kernel.member(organisation, ['external-auditor']);
  const [first] = events;
  const systems = first?.type === 'record' ? [first.record.id] : [];
  const actor = { ...auditor, scope: { until: '2999-12-31', kinds: 'all', systems } } as const;
  const heard = hearing(kernel.services, { organisation, actor });
  if (!heard) throw new Error('A scope has to be asked');
  expect(await Promise.all(events.map(heard))).toEqual([true, true, false, false, true]);
});

test('whoever reads everything hears of everything but of what is sealed from them', async () => {
  const reader = await kernel.member(organisation, ['reader']);
  const handler = await kernel.member(organisation, ['reader']);
  const rule = { type: 'rule', rule: 'test' } as const;
  const kind = kernel.services.registry.get('concern');
  const fields = { name: 'A tone in the team', handler: handler.member };
  const concern = await kernel.store.change(kernel.context(organisation, rule), async (write) =>
    write.create({ kind, content: { fields, links: {} }, system: null }),
  );
  const record = {
    id: concern.id,
    kind: 'concern',
    number: 1,
    title: 'A tone',
    state: 'received',
    archived: false,
  };
  const told: LiveEvent = { type: 'record', index: 2, record };
  const heardBy = async (actor: typeof reader, all: readonly LiveEvent[]) => {
    const heard = hearing(kernel.services, { organisation, actor });
    return Promise.all(all.map((event) => heard?.(event) ?? true));
  };
  expect(await heardBy(reader, [...events, told])).toEqual([true, true, true, true, true, false]);
  expect(await heardBy(handler, [told])).toEqual([true]);
});

test('a rule of the server itself is told everything, and nobody is asked', () => {
  const actor = { type: 'rule', rule: 'test' } as const;
  expect(hearing(kernel.services, { organisation, actor })).toBeNull();
});
