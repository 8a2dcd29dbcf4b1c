import type { Actor } from '@throughline/domain/actor.ts';
import { minimalFields } from '@throughline/domain/kinds/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decidedStatement } from '../../test/decided-statement.ts';
import {
  type Agent,
  organisation,
  record,
  signedIn,
  type TestServer,
  testServer,
} from '../../test/factories.ts';
import { keyedSigning, type TestSigning } from '../../test/signing.ts';
import { contextOf, publish } from '../../test/verified-world.ts';
import { loadDemo } from '../features/demo/load-demo.ts';
import { settleLines } from '../features/line/settle-lines.ts';

/** An external auditor of one system of an organisation that holds everything: what of the others is named anywhere? */
let server: TestServer;
let signing: TestSigning;
let auditor: Agent;
let seen: readonly Row[];
let hidden: readonly Row[];
let forbidden: RegExp;

type Row = { readonly id: string; readonly kind: string; readonly number: number; readonly title: string };

const refOf = ({ kind, number }: Row) => `${server.services.registry.get(kind).prefix}-${number}`;
const collectionOf = ({ kind }: Row) => server.services.registry.get(kind).collection;

beforeAll(async () => {
  server = await testServer();
  signing = await keyedSigning(server.store);
  const id = await organisation(server);
  await loadDemo(server.services, contextOf(server, id), async () => undefined);
  const manager = await signedIn(server, id, ['aims-manager']);
  // The organisation's own, and of another system all the same: what its line asks for it would name it.
  const far = (await manager.send('GET', '/use-cases?sort=ref')).json().items.at(-1);
  const bare = minimalFields(server.services.registry.get('risk'));
  await record(manager, 'risks', { ...bare, name: 'Of a use far away' }, { useCases: { set: [far.id] } });
  await settleLines(server.services, id, () => undefined);
  await decidedStatement(server, manager);
  expect((await manager.send('POST', '/soa/versions', {})).statusCode).toBe(200);
  await publish(server, signing);
  const rows = (who: Actor) =>
    server.store.read({ organisation: id, actor: who }, ({ db }) =>
      db
        .selectFrom('record')
        .select(['id', 'kind', 'number', 'title'])
        .where('organisation', '=', id)
        .execute(),
    );
  const all = await rows({ type: 'rule', rule: 'test' });
  const systems = all.filter(({ kind }) => kind === 'system').map(({ id }) => id);
  auditor = await signedIn(server, id, ['external-auditor']);
  const scope = { until: '2999-12-31', kinds: 'all', systems: systems.slice(0, 1) } as const;
  await server.store.owner.query('update member set scope = $2 where id = $1', [
    auditor.id,
    JSON.stringify({ kinds: 'all', systems: scope.systems, audits: [] }),
  ]);
  seen = await rows({ type: 'person', member: auditor.id, roles: ['external-auditor'], scope });
  const known = new Set(seen.map((one) => one.id));
  hidden = all.filter((one) => !known.has(one.id));
  const told = new Set(seen.map(({ title }) => title));
  // Short titles are words of their own right: a department, a place.
  const titles = hidden.map(({ title }) => title).filter((title) => title.length > 12 && !told.has(title));
  const escaped = titles.map((title) => title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  forbidden = new RegExp(
    `\\b(?:${hidden.map(refOf).join('|')})\\b|${hidden.map((one) => one.id).join('|')}|${escaped.join('|')}`,
    'g',
  );
}, 120_000);
afterAll(async () => {
  signing.close();
  await server.close();
});

/** What some addresses need to be asked at all. */
const asked: Readonly<Record<string, readonly string[]>> = {
  '/:collection/facets': ['?by=state'],
  '/:collection/:ref/compare': ['?from=1&to=1'],
  '/:collection/export': ['?format=csv'],
  '/search': ['?q=a'],
  '/readiness/coverage': ['?by=owner', '?by=clause'],
  '/readiness/gaps': ['?limit=500'],
  '/readiness/mandatory/export': ['?format=csv'],
  '/soa': ['', '?asOf=now'],
  '/soa/export': ['?format=csv', '?format=csv&version=1', '?format=csv&asOf=now'],
  '/soa/matrix/export': ['?format=csv&running=all'],
  '/soa/compare': ['?from=1', '?from=1&to=1'],
};

/** What hangs on one record is looked at for these; their registers and they themselves for every kind. */
const closely = ['system', 'use-case', 'risk', 'document', 'evidence', 'audit'];

function addresses(path: string): string[] {
  const filled = path.replace(/:(version|index)\b/g, '1');
  const control = seen.find(({ kind }) => kind === 'control');
  if (!control) throw new Error('The scope holds a control');
  const kinds = [...Map.groupBy(seen, ({ kind }) => kind).values()].flatMap(([first]) => first ?? []);
  const close = path === '/:collection' || path === '/:collection/:ref' || path === '/:collection/export';
  // A route of one kind is asked about a record of that kind.
  const own = kinds.filter((row) => path.startsWith(`/${collectionOf(row)}/:ref`));
  const rows = path.includes(':collection')
    ? kinds.filter(({ kind }) => close || closely.includes(kind))
    : own.length > 0
      ? own
      : kinds.filter(({ kind }) => kind === 'system');
  return rows.flatMap((row) => {
    const address = filled
      .replace(':collection', collectionOf(row))
      .replace(':ref', refOf(row))
      .replace(':control', refOf(control))
      .replace(':system', refOf(row));
    const now = new Date().toISOString();
    return (asked[path] ?? ['']).map((query) => `${address}${query.replace('=now', `=${now}`)}`);
  });
}

/** Where a word of somebody else's would most likely stand: these are known to have been asked. */
const must = ['/readiness', '/soa', '/home', '/search', '/systems', '/gates', '/walks'];
/** A system is registered, never approved: there is nothing to withdraw. */
const neverApproved = /^\/systems\/[^/]+\/withdrawal$/;

test('no answer of any route that reads names a record outside the scope, in words, refs or ids', async () => {
  const leaks: string[] = [];
  const statuses = new Map<number, number>();
  for (const { method, path } of server.routes) {
    if (method !== 'GET' || path === '/events') continue;
    for (const address of addresses(path)) {
      const { statusCode, body } = await auditor.send('GET', address);
      if (must.some((one) => address.startsWith(one)))
        expect([address, statusCode]).toEqual([address, neverApproved.test(address) ? 409 : 200]);
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
      const found = new Set(body.match(forbidden) ?? []);
      if (found.size > 0) leaks.push(`${address}: ${[...found].slice(0, 6).join(', ')}`);
    }
  }
  expect(leaks).toEqual([]);
  expect(hidden.length).toBeGreaterThan(seen.length);
  expect(statuses.get(200)).toBeGreaterThan(150);
  expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
});
