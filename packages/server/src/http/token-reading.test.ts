import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { TokenScope } from '@throughline/domain/token-scope.ts';
import type { RecordWire } from '@throughline/domain/wire.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Samples } from '../../test/every-kind.ts';
import { rows } from '../../test/every-route/rows.ts';
import { makeWorld, type World } from '../../test/every-route/world.ts';
import { type Agent, ifMatch, signedIn, tokenAgent } from '../../test/factories.ts';
import { hearing } from '../features/events/heard.ts';
import { settleLines } from '../features/line/settle-lines.ts';

/**
 * What programs are told that were narrowed: by no route a record of another kind than theirs, and nothing where their
 * scope does not name reading. Made from the list of routes; a record of every kind stands in the register, each with a
 * title that no other has.
 */
const word = 'Zephyrine';
const narrowedTo = ['system', 'risk', 'document'] as const;
let world: World;
let samples: Samples;
const planted = new Map<string, RecordWire>();
const tokens = new Map<string, Agent>();

const titleOf = (kind: Kind): string => `${word} ${kind.collection} ${word}`;
const make = (scope: TokenScope) =>
  tokenAgent(world.server, world.manager.organisation, ['aims-manager'], scope);
const openKinds = () => world.server.services.registry.kinds.filter((kind) => !kind.sealed);

/** One of a kind, linked to whatever it can be linked to where that is allowed. */
async function plant(kind: Kind): Promise<RecordWire> {
  const titled = kind.fields[kind.title]?.type === 'line' ? { [kind.title]: titleOf(kind) } : {};
  const one = await samples.plain(kind, titled);
  const all = await samples.links(kind, 'all');
  for (const [relation, set] of Object.entries(all)) {
    const { version } = (await world.manager.send('GET', `/${kind.collection}/${one.ref}`)).json();
    const links = { [relation]: { add: set.set } };
    await world.manager.send('PATCH', `/${kind.collection}/${one.ref}`, { links }, ifMatch(version));
  }
  const text = `${titleOf(kind)} for @[${world.manager.id}]`;
  await world.manager.send('POST', `/${kind.collection}/${one.ref}/comments`, { text });
  return one;
}

beforeAll(async () => {
  world = await makeWorld();
  samples = new Samples(world);
  for (const kind of openKinds()) planted.set(kind.name, await plant(kind));
  for (const kind of narrowedTo)
    tokens.set(kind, await make({ kinds: [kind], acts: ['read', 'export', 'log'] }));
  await settleLines(world.server.services, world.manager.organisation, () => undefined);
  await world.publish();
}, 120_000);
afterAll(async () => {
  expect(world.server.failures).toEqual([]);
  await world.close();
});

/** What an answer says of records of other kinds than one: refs by their prefix, titles and ids of what was planted. */
function toldOfOthers(kind: string, body: string): string[] {
  const others = openKinds().filter(({ name }) => name !== kind);
  const refs = new RegExp(`\\b(?:${others.map(({ prefix }) => prefix).join('|')})-[0-9]+\\b`, 'g');
  const said = others.filter((one) => body.includes(titleOf(one))).map(titleOf);
  const ids = others.map(({ name }) => planted.get(name)?.id ?? '-').filter((id) => body.includes(id));
  return [...new Set([...(body.match(refs) ?? []), ...said, ...ids])];
}

const reading = () =>
  world.server.routes.filter(({ method, access }) => method === 'GET' && access !== 'open');
const asked: Readonly<Record<string, string>> = {
  '/:collection/facets': '?by=state',
  '/:collection/:ref/compare': '?from=1&to=1',
  '/:collection/export': '?format=csv',
  '/search': `?q=${word}`,
  '/coverage': '?by=owner',
  '/readiness/coverage': '?by=owner',
  '/soa/compare': '?from=1',
};

/** The addresses of a route: that of its row, and of one that names records each that was planted. */
async function addressesOf(path: string): Promise<string[]> {
  const row = rows[`GET ${path}`];
  const own = row ? [row.path((await row.thing?.(world)) ?? '')] : [];
  const ends = (address: string) =>
    `${address}${asked[path] ?? ''}`.replace(':version', '1').replace(':index', '3');
  if (path.includes(':collection'))
    return [
      ...own,
      ...openKinds().map(({ name, collection }) =>
        ends(path.replace(':collection', collection).replace(':ref', planted.get(name)?.ref ?? '')),
      ),
    ];
  if (!path.includes(':ref')) return [...own, ...(path.includes(':') ? [] : [ends(path)])];
  return [...own, ...[...planted.values()].map(({ ref }) => ends(path.replace(':ref', ref)))];
}

describe('a token of one kind is told of no record of another', () => {
  const listed = Object.keys(rows).filter((name) => name.startsWith('GET ') && !rows[name]?.endless);
  test.each(listed)('%s', async (name) => {
    const path = name.slice('GET '.length);
    if (world.server.routes.find((one) => one.method === 'GET' && one.path === path)?.access === 'open')
      return;
    const told: string[] = [];
    for (const address of await addressesOf(path))
      for (const [kind, token] of tokens) {
        const { statusCode, body } = await token.send('GET', address);
        // A refusal says where it was asked, and no more.
        const said = toldOfOthers(kind, body.replaceAll(address, ''));
        if (said.length > 0 || statusCode >= 500)
          told.push(`${kind} ${statusCode} ${address}: ${said.join(', ')}`);
      }
    expect(told).toEqual([]);
  });

  test('the same look tells one that is not narrowed of others by many routes', async () => {
    const whole = await make({ kinds: 'all', acts: 'read-only' });
    const told = new Set<string>();
    for (const { path } of reading().filter((route) => route.path !== '/events'))
      for (const address of (await addressesOf(path)).slice(0, 3))
        if (toldOfOthers('system', (await whole.send('GET', address)).body).length > 0) told.add(path);
    expect(told).toContain('/home');
    expect(told).toContain('/readiness');
    expect(told.size).toBeGreaterThan(15);
  });

  test('neither by what changes, nor by the answer to a change of its own', async () => {
    const token = await make({ kinds: ['system'], acts: 'all' });
    const system = planted.get('system');
    const { version } = (await token.send('GET', `/systems/${system?.ref}`)).json();
    const path = `/systems/${system?.ref}`;
    const answer = await token.send('PATCH', path, { fields: { purpose: 'Sorts' } }, ifMatch(version));
    expect([answer.statusCode, toldOfOthers('system', answer.body)]).toEqual([200, []]);
    const { organisation } = world.manager;
    const actor = {
      type: 'token',
      token: token.id,
      roles: ['aims-manager'],
      scope: { kinds: ['system'], acts: 'all' },
    } as const;
    const heard = hearing(world.server.services, { organisation, actor });
    const of = async (kind: string) => {
      const { id = '', ref = '', title = '', state = '' } = planted.get(kind) ?? {};
      const named = { id, kind, number: Number(ref.split('-')[1]), title, state, archived: false };
      return heard?.({ type: 'record', index: 1, record: named });
    };
    expect([await of('system'), await of('risk')]).toEqual([true, false]);
  });
});

describe('a token whose scope does not name reading is told nothing', () => {
  const acts = [['comment'], ['create']] as const;
  test.each(acts)('with the act %s alone', async (act) => {
    const token = await make({ kinds: 'all', acts: [act] });
    const seen: unknown[] = [];
    for (const { path } of reading()) {
      const filled = path
        .replace(':collection', 'systems')
        .replace(/:[A-Za-z]+/g, planted.get('system')?.id ?? '');
      const answer = await token.send('GET', filled);
      if (answer.statusCode !== 403 || answer.json().code === undefined) seen.push([path, answer.statusCode]);
    }
    expect(seen).toEqual([]);
  });

  test('but of the log, where it names that: entries without a word of any record, and their proofs', async () => {
    const token = await make({ kinds: 'all', acts: ['log'] });
    const answered: string[] = [];
    const said: string[] = [];
    for (const { path, access } of reading())
      for (const address of await addressesOf(path)) {
        const { statusCode, body } = await token.send('GET', address);
        if (statusCode < 300) {
          answered.push(path);
          if (access !== 'log') said.push(`${path} answers`);
        } else if (statusCode >= 500) said.push(`${statusCode} ${address}`);
        // What stands in the register is told nowhere: no title, and no text.
        if (body.includes(word) && !address.includes(word)) said.push(`${address} tells`);
      }
    expect(said).toEqual([]);
    expect(answered).toContain('/log');
    expect(answered).toContain('/log/state');
  });

  test('such a token changes nothing, and one that is narrowed to kinds reads the log of those alone', async () => {
    const token = await make({ kinds: 'all', acts: ['log'] });
    const system = planted.get('system');
    const changes = [
      token.send('POST', '/systems', { fields: { name: 'By the log' } }),
      token.send('PATCH', `/systems/${system?.ref}`, { fields: { purpose: 'x' } }, ifMatch(1)),
      token.send('POST', `/systems/${system?.ref}/comments`, { text: 'Why?' }),
      token.send('POST', '/tokens', { name: 'More', roles: ['reader'] }),
    ];
    for (const { statusCode } of await Promise.all(changes)) expect(statusCode).toBe(403);
    const narrowed = await make({ kinds: ['system'], acts: ['log'] });
    const { items } = (await narrowed.send('GET', '/log?limit=100')).json();
    expect(items.length).toBeGreaterThan(0);
    const named = items.flatMap(({ record }: { record: { kind: string } | null }) => record?.kind ?? []);
    expect(named).toEqual([]);
  });

  test('people and tokens that read are not asked for more', async () => {
    const person = await signedIn(world.server, world.manager.organisation, ['reader']);
    for (const who of [person, await make({ kinds: 'all', acts: ['read'] })])
      expect((await who.send('GET', '/members')).statusCode).toBe(200);
  });
});
