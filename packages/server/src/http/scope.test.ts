import { minimalFields } from '@throughline/domain/kinds/testing.ts';
import { decodeBundle } from '@throughline/tlog/bundle.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { form, makeWorld, type World } from '../../test/every-route/world.ts';
import { type Agent, record, signedIn } from '../../test/factories.ts';
import { linked } from '../../test/linked.ts';

/**
 * An external auditor reads system A. Everything of system B carries this word; it, and ids and refs of B, are looked
 * for in every answer of every route that reads.
 */
const secret = 'Zephyrine';
type Side = { readonly refs: Map<string, string>; readonly ids: string[]; blob: string };
let world: World;
let auditor: Agent;
const a: Side = { refs: new Map(), ids: [], blob: '' };
const b: Side = { refs: new Map(), ids: [], blob: '' };

async function fill(side: Side, name: string): Promise<void> {
  const { manager, server } = world;
  const make = async (kind: string, fields: object = {}, links: Record<string, string[]> = {}) => {
    const declared = server.services.registry.get(kind);
    const needed = { ...minimalFields(declared), [declared.title]: name, ...fields };
    const one = await record(manager, declared.collection, needed, linked(links));
    side.ids.push(one.id);
    if (!side.refs.has(declared.collection)) side.refs.set(declared.collection, one.ref);
    return one.id;
  };
  side.blob = (await manager.send('POST', '/blobs', undefined, form(name))).json().id;
  const model = await make('model');
  const system = await make(
    'system',
    { purpose: `${name} sorts letters`, unit: name },
    { usesModel: [model] },
  );
  const useCase = await make('use-case', {}, { system: [system] });
  const risk = await make('risk', {}, { system: [system], useCases: [useCase] });
  await make('document', {}, { coversSystems: [system] });
  await make('evidence', { file: side.blob }, { supports: [risk] });
  const audit = await make('audit', {}, { systems: [system] });
  await make('finding', {}, { audit: [audit] });
  await make('task', { assignee: auditor.id }, { concerns: [risk] });
  await make('incident', {}, { useCases: [useCase] });
  for (const [collection, text] of [
    ['risks', `${name} @[${auditor.id}]`],
    ['documents', name],
  ]) {
    const said = await manager.send('POST', `/${collection}/${side.refs.get(collection ?? '')}/comments`, {
      text,
    });
    expect(said.statusCode).toBe(201);
  }
  const view = { collection: 'risks', name, query: `q=${name}`, shared: true };
  expect((await manager.send('POST', '/views', view)).statusCode).toBe(201);
}

let common = '';

beforeAll(async () => {
  world = await makeWorld();
  const { manager, server } = world;
  auditor = await signedIn(server, manager.organisation, ['external-auditor'], { name: 'External auditor' });
  await fill(a, 'Aldertree');
  await fill(b, secret);
  const systems = [a, b].map((side) => side.ids[1] ?? '');
  const control = await record(
    manager,
    'evidence',
    { ...minimalFields(server.services.registry.get('evidence')), name: 'Shared' },
    {
      supports: { set: systems },
    },
  );
  common = control.ref;
  await manager.send('GET', `/systems/${a.refs.get('systems')}/trace`);
  const scope = { kinds: 'all', systems: [a.refs.get('systems')], audits: [] };
  expect((await manager.send('PATCH', `/members/${auditor.id}`, { scope })).statusCode).toBe(200);
  auditor = await again(auditor.id);
  await world.publish();
}, 120_000);
afterAll(() => world.close());

/** A change of scope ends the sessions of whoever has it: they sign in anew. */
async function again(member: string): Promise<Agent> {
  const { rows } = await world.server.store.owner.query('select scope from member where id = $1', [member]);
  const next = await signedIn(world.server, world.manager.organisation, ['external-auditor']);
  await world.server.store.owner.query('update member set scope = $2 where id = $1', [
    next.id,
    JSON.stringify(rows[0]?.scope),
  ]);
  return next;
}

/** What an answer says of B, as far as it can be told. */
function traces(body: string): string[] {
  const refs = [...b.refs.values()].filter((ref) => new RegExp(`\\b${ref}\\b`).test(body));
  return [...(body.includes(secret) ? [secret] : []), ...b.ids.filter((id) => body.includes(id)), ...refs];
}

/** What stands for each part of an address, on either side. */
const parts: Readonly<Record<string, (side: Side) => string>> = {
  version: () => '1',
  index: () => '3',
  id: (side) => side.blob,
};

function addresses(declared: string, side: Side): string[] {
  const filled = declared.replace(/:(version|index|id)\b/g, (_, name: string) => parts[name]?.(side) ?? '');
  if (filled.includes(':collection'))
    return [...side.refs].map(([collection, ref]) =>
      filled.replace(':collection', collection).replace(':ref', ref),
    );
  return [filled.replace(':ref', side.refs.get('systems') ?? '')];
}

/** What some addresses need to be asked at all. */
const asked: Readonly<Record<string, string>> = {
  '/:collection/facets': '?by=state',
  '/:collection/:ref/compare': '?from=1&to=1',
  '/search': `?q=${secret}`,
  '/coverage': '?by=owner',
};

/** Asks every route that reads for everything of both sides, and answers what was said of B and how it went. */
async function sweep(who: Agent): Promise<{ leaks: string[]; statuses: number[] }> {
  const leaks: string[] = [];
  const statuses: number[] = [];
  for (const { method, path } of world.server.routes) {
    if (method !== 'GET' || path === '/events') continue;
    for (const side of [a, b])
      for (const address of addresses(path, side)) {
        const answer = await who.send('GET', `${address}${asked[path] ?? ''}`);
        statuses.push(answer.statusCode);
        const found = traces(answer.body);
        if (found.length > 0) leaks.push(`${address}: ${found.join(' ')}`);
        if (side === b && path.includes(':ref') && answer.statusCode < 400) leaks.push(`${address} is there`);
      }
  }
  return { leaks, statuses };
}

test('of no route that reads does an auditor of A learn anything of B', async () => {
  const { leaks, statuses } = await sweep(auditor);
  expect(leaks).toEqual([]);
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(60);
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
});

test('the same look tells somebody else of B in every place', async () => {
  const { leaks } = await sweep(world.manager);
  expect(leaks.length).toBeGreaterThan(100);
});

test('of the log, the auditor gets what is signed and hashes, and nothing in the place of what is hidden', async () => {
  const at = (who: Agent, path: string) =>
    world.server.app.inject({ url: `/log/${world.manager.organisation}/${path}`, headers: who.headers });
  expect((await at(auditor, 'checkpoint')).statusCode).toBe(200);
  const { size } = (await auditor.send('GET', '/log/state')).json();
  const width = Math.min(size, 256);
  const bundle = width === 256 ? 'tile/entries/000' : `tile/entries/000.p/${width}`;
  const [whole, seen] = [await at(world.manager, bundle), await at(auditor, bundle)];
  expect([whole.statusCode, seen.statusCode]).toEqual([200, 200]);
  const all = decodeBundle(whole.rawPayload, width).map((entry) => Buffer.from(entry).toString('utf8'));
  const entries = decodeBundle(seen.rawPayload, width).map((entry) => Buffer.from(entry).toString('utf8'));
  const hidden = all.filter((_, at) => entries[at] === '');
  expect(entries.every((entry, at) => entry === '' || entry === all[at])).toBe(true);
  for (const id of b.ids) expect([id, entries.some((entry) => entry.includes(id))]).toEqual([id, false]);
  expect(hidden.some((entry) => b.ids.some((id) => entry.includes(id)))).toBe(true);
});

describe('what is in the scope is read', () => {
  test('every record of A, and what both share, with the links to A alone', async () => {
    for (const [collection, ref] of a.refs) {
      const answer = await auditor.send('GET', `/${collection}/${ref}`);
      expect([ref, answer.statusCode]).toEqual([ref, 200]);
    }
    const shared = (await auditor.send('GET', `/evidence/${common}`)).json();
    expect(JSON.stringify(shared)).toContain(a.ids[1]);
    const whole = (await world.manager.send('GET', `/evidence/${common}`)).json();
    expect(JSON.stringify(whole)).toContain(b.ids[1]);
  });

  test.each(['systems', 'models', 'risks', 'documents', 'audits', 'findings', 'incidents'])(
    'the register of %s counts and exports what is shown',
    async (collection) => {
      const items = (await auditor.send('GET', `/${collection}`)).json().items;
      expect(items.map(({ ref }: { ref: string }) => ref)).toEqual([a.refs.get(collection)]);
      const { total } = (await auditor.send('GET', `/${collection}/count`)).json();
      expect(total.count).toBe(1);
      const csv = (await auditor.send('GET', `/${collection}/export?format=csv`)).body;
      expect(csv.trim().split('\n')).toHaveLength(2);
    },
  );

  test('words find what is theirs, and say of how many of those', async () => {
    const found = async (q: string) => (await auditor.send('GET', `/search?q=${q}`)).json();
    expect((await found('Aldertree')).total.count).toBeGreaterThan(5);
    expect(await found(secret)).toMatchObject({ groups: [], total: { count: 0, more: false } });
    expect((await found(b.refs.get('systems') ?? '')).groups).toEqual([]);
  });

  test('a file is read through a record of A, and not where B alone has it', async () => {
    expect((await auditor.send('GET', `/blobs/${a.blob}`)).statusCode).toBe(200);
    expect((await auditor.send('GET', `/blobs/${b.blob}`)).statusCode).toBe(404);
    expect((await world.reader.send('GET', `/blobs/${b.blob}`)).statusCode).toBe(200);
  });

  test('filters that name what is hidden answer as for what is not there', async () => {
    const at = async (query: string) => (await auditor.send('GET', `/risks?${query}`)).statusCode;
    expect(await at(`system=${b.refs.get('systems')}`)).toBe(await at('system=SYS-99999'));
    expect(await at(`linked=${b.ids[1]}`)).toBe(await at('linked=0190a000-0000-7000-8000-000000000001'));
  });
});

test('everybody else reads as before', async () => {
  const { items } = (await world.reader.send('GET', '/systems')).json();
  expect(items).toHaveLength(2);
  expect((await world.reader.send('GET', `/search?q=${secret}`)).json().total.count).toBeGreaterThan(5);
});
