import { registry } from '@throughline/domain/kinds/all.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { RecordWire } from '@throughline/domain/wire.ts';
import { createRecord } from '../src/records/create-record.ts';
import { transitionRecord } from '../src/records/transition-record.ts';
import type { Services } from '../src/services.ts';
import type { Context } from '../src/store/context.ts';
import type { StoredRecord } from '../src/store/stored-record.ts';
import { type Agent, ifMatch, type TestServer } from './factories.ts';

/** The fewest steps of a life cycle from where a record begins to a state. */
export function stepsTo({ name, lifecycle: { initial, transitions } }: Kind, state: string): string[] {
  const ways = new Map<string, string[]>([[initial, []]]);
  for (const [at, way] of ways)
    for (const [step, { from, to }] of Object.entries(transitions))
      if (from.includes(at) && !ways.has(to)) ways.set(to, [...way, step]);
  const way = ways.get(state);
  if (!way) throw new RangeError(`No step takes a ${name} to ${state}`);
  return way;
}

/** A new record that stands in a state because somebody took the steps that lead there. */
export async function recordIn(
  services: Services,
  ctx: Context,
  kind: Kind,
  { state, ...patch }: Patch & { readonly state: string },
): Promise<StoredRecord> {
  let record = await createRecord(services, ctx, kind, { patch });
  if (kind.name === 'system') return brought(services, ctx, record.id, state);
  for (const transition of stepsTo(kind, state))
    record = await transitionRecord(services, ctx, kind, { ref: record.id, version: null, transition });
  return record;
}

/** A system as an import brings it in: steps go through gates, and this is none. */
const brought = (services: Services, ctx: Context, id: string, state: string): Promise<StoredRecord> =>
  services.store.change(ctx, async (write) => {
    const system = (await write.lock([id])).get(id);
    if (!system) throw new RangeError(id);
    return write.move(system, state);
  });

/** The same over HTTP. */
export async function madeIn(
  { services }: Pick<TestServer, 'services'>,
  agent: Agent,
  collection: string,
  {
    state,
    ...body
  }: { readonly fields: object; readonly links?: object; readonly state?: string | undefined },
): Promise<RecordWire> {
  const kind = registry.kinds.find((one) => one.collection === collection);
  if (!kind) throw new RangeError(collection);
  const made = await agent.send('POST', `/${collection}`, body);
  if (made.statusCode !== 201) throw new Error(made.body);
  let record: RecordWire = made.json().record;
  if (kind.name === 'system' && state !== undefined) {
    const actor = { type: 'rule', rule: 'test' } as const;
    const at = { at: services.clock(), because: null, request: null };
    await brought(services, { organisation: agent.organisation, actor, ...at }, record.id, state);
    return (await agent.send('GET', `/${collection}/${record.ref}`)).json();
  }
  for (const transition of state === undefined ? [] : stepsTo(kind, state)) {
    const path = `/${collection}/${record.ref}/transitions`;
    const moved = await agent.send('POST', path, { transition }, ifMatch(record.version));
    if (moved.statusCode !== 200) throw new Error(moved.body);
    record = moved.json().record;
  }
  return record;
}
