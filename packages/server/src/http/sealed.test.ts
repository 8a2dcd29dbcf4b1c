import { minimalFields } from '@throughline/domain/kinds/testing.ts';
import type { GapWire, TraceWire } from '@throughline/domain/wire.ts';
import { parseKey } from '@throughline/tlog/key.ts';
import { verifyLog } from '@throughline/tlog/verify-log.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { form, makeWorld, type World } from '../../test/every-route/world.ts';
import { type Agent, record, signedIn } from '../../test/factories.ts';
import { linked } from '../../test/linked.ts';
import { hearing } from '../features/events/heard.ts';
import { ed25519Verify } from '../log/signer.ts';
import { organisationTables } from '../store/migrations/organisation-tables.ts';
import { sha256 } from '../store/sha256.ts';

/** Everything of a sealed record carries this word; it, ids and refs are looked for in whatever anybody is told. */
const secret = 'Zephyrine';
type Sealed = {
  readonly kind: string;
  readonly collection: string;
  readonly id: string;
  readonly ref: string;
};
let world: World;
/** A party of every sealed record made here, and nobody else is. */
let party: Agent;
/** Who could do nearly everything if they were a party: administrators, managers, auditors, readers, programs. */
let others: readonly (readonly [string, Agent])[];
const sealed: Sealed[] = [];
const secrets: string[] = [];
let system = '';
let blob = '';

async function seal(kind: string, fields: object, links: Record<string, string>): Promise<void> {
  const declared = world.server.services.registry.get(kind);
  const { collection, title } = declared;
  const whole = { ...minimalFields(declared), [title]: `${secret} of ${kind}`, ...fields };
  const made = await record(party, collection, whole, linked(links));
  sealed.push({ kind, collection, id: made.id, ref: made.ref });
  const text = `${secret} is for @[${world.manager.id}] too`;
  const said = await party.send('POST', `/${collection}/${made.ref}/comments`, { text });
  expect(said.statusCode).toBe(201);
  const edit = { fields: { [title]: `${secret} of ${kind}, edited` } };
  const headers = { 'if-match': `"${made.version}"` };
  const edited = await party.send('PATCH', `/${collection}/${made.ref}`, edit, { headers });
  expect([kind, edited.statusCode, edited.body]).toEqual([kind, 200, edited.body]);
  secrets.push(made.id, made.ref, edited.json().digest);
}

beforeAll(async () => {
  world = await makeWorld();
  const { manager, server, reader, token } = world;
  const { organisation } = manager;
  party = await signedIn(server, organisation, ['internal-auditor', 'contributor'], {
    name: 'Head of claims',
  });
  others = [
    ['manager', manager],
    ['reader', reader],
    ['token', token],
    ['auditor', await signedIn(server, organisation, ['internal-auditor', 'top-management'])],
  ];
  system = (await record(manager, 'systems', { name: 'Triage' })).id;
  const audit = (await record(manager, 'audits', { name: 'Audit', lead: party.id })).id;
  blob = (await party.send('POST', '/blobs', undefined, form(secret))).json().id;
  const raised = { handler: party.id, reporter: party.id, description: secret };
  await seal('concern', { ...raised, triageBy: '2020-01-31T09:00:00Z' }, { systems: system });
  await seal('working-paper', { author: party.id, text: secret, file: blob }, { audit, systems: system });
  await world.publish();
}, 120_000);
afterAll(() => world.close());

test('every kind that is declared as sealed is looked for here', () => {
  expect(sealed.map(({ kind }) => kind)).toEqual(world.server.services.registry.sealed);
});

/** What stands for each part of an address; a part that is not known here fails, so that no route is left out. */
function addresses(path: string): string[] {
  const ends: Readonly<Record<string, string>> = {
    '/:collection/facets': '?by=state',
    '/:collection/:ref/compare': '?from=1&to=2',
    '/:collection/export': '?format=csv',
    '/search': `?q=${secret}`,
    '/coverage': '?by=owner',
    '/readiness/coverage': '?by=owner',
    '/soa/compare': '?from=1',
  };
  const known: Readonly<Record<string, (one: Sealed) => string>> = {
    collection: ({ collection }) => collection,
    ref: ({ ref }) => ref,
    version: () => '2',
    index: () => '3',
    id: () => (path.startsWith('/members') ? party.id : blob),
    job: () => blob,
    control: () => system,
    system: () => system,
  };
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const asked = sealed.map((one) =>
    path.replace(/:(\w+)/g, (_whole, name: string) => {
      const part = known[name]?.(one);
      if (part === undefined)
        throw new Error(`${path}: say what stands for :${name}, so that it is looked at`);
      return part;
    }),
  );
  // Of a route for one register alone, its own system beside what is sealed: both are asked for.
  const own = named.includes('ref') && !named.includes('collection') ? [path.replace(':ref', system)] : [];
  return [...new Set([...asked, ...own])].map((address) => `${address}${ends[path] ?? ''}`);
}

const found = (body: string): string[] => [
  ...(body.includes(secret) ? [secret] : []),
  ...secrets.filter((one) => new RegExp(`\\b${one}\\b`).test(body)),
];

async function sweep(who: Agent): Promise<{ told: string[]; statuses: Map<string, number> }> {
  const told: string[] = [];
  const statuses = new Map<string, number>();
  for (const { method, path } of world.server.routes) {
    if (method !== 'GET' || path === '/events') continue;
    for (const address of addresses(path)) {
      const { statusCode, body } = await who.send('GET', address);
      statuses.set(address, statusCode);
      // What was searched for stands in the answer as it was asked.
      const said = found(path === '/search' ? body.replaceAll(`"q":"${secret}"`, '') : body);
      if (said.length > 0) told.push(`${address}: ${said.join(' ')}`);
    }
  }
  return { told, statuses };
}

describe.each([0, 1, 2, 3])('one who is no party (%i)', (at) => {
  test('is told nothing of it by any route that reads, and a register of it counts nothing', async () => {
    const who = others[at]?.[1] ?? party;
    const { told, statuses } = await sweep(who);
    expect(told).toEqual([]);
    expect([...statuses].filter(([, status]) => status >= 500)).toEqual([]);
    for (const { collection, ref, kind } of sealed) {
      for (const [address, status] of statuses)
        if (address.startsWith(`/${collection}/${ref}`)) expect([address, status]).toEqual([address, 404]);
      const { prefix } = world.server.services.registry.get(kind);
      const [there, not] = [
        await who.send('GET', `/${collection}/${ref}`),
        await who.send('GET', `/${collection}/${prefix}-99`),
      ];
      expect(there.json()).toEqual({
        ...not.json(),
        ...(there.json().instance ? { instance: there.json().instance } : {}),
      });
      const listed = (await who.send('GET', `/${collection}`)).json();
      expect([kind, listed.items]).toEqual([kind, []]);
      expect((await who.send('GET', `/${collection}/count`)).json().total).toMatchObject({ count: 0 });
    }
    expect(JSON.stringify((await who.send('GET', '/kinds')).json())).not.toMatch(
      /"count":[1-9].{0,40}concern/,
    );
  });

  test('changes nothing of it, and links nothing to it, as if it were not there', async () => {
    const who = others[at]?.[1] ?? party;
    for (const { method, path } of world.server.routes) {
      if (method === 'GET' || !path.startsWith('/:collection/:ref')) continue;
      for (const one of sealed) {
        const address = path
          .replace(':collection', one.collection)
          .replace(/:(version|id)\b/g, '1')
          .replace(':ref', one.ref);
        const missing = address.replace(one.ref, `${one.ref.split('-')[0]}-99`);
        const headers = { 'if-match': '"2"' };
        const answers = [
          await who.send(method, address, {}, { headers }),
          await who.send(method, missing, {}, { headers }),
        ];
        expect([address, answers[0]?.statusCode, found(answers[0]?.body ?? '')]).toEqual([
          address,
          answers[1]?.statusCode,
          [],
        ]);
      }
    }
  });
});

test('the same look tells a party of it in every place', async () => {
  const { told } = await sweep(party);
  const paths = told.map((one) => one.split('/').at(-1) ?? '');
  expect(told.length).toBeGreaterThan(15);
  for (const place of ['history', 'comments', 'export'])
    expect(paths.some((path) => path.startsWith(place)) || told.some((one) => one.includes(place))).toBe(
      true,
    );
  expect((await party.send('GET', `/blobs/${blob}`)).statusCode).toBe(200);
  expect((await world.manager.send('GET', `/blobs/${blob}`)).statusCode).toBe(404);
});

test('the line of a system is the same for everybody, and tells a party beside it what sealed records add', async () => {
  const line = async (who: Agent) => {
    const trace: TraceWire = (await who.send('GET', `/systems/${system}/trace`)).json();
    const sealedIn = trace.stations.flatMap(({ id, sealed }) => (sealed ? [{ id, ...sealed }] : []));
    const stations = trace.stations.map(({ sealed: _, ...rest }) => ({
      ...rest,
      gaps: rest.gaps.map(unable),
    }));
    return { sealedIn, open: { stations, summary: trace.summary, strip: trace.strip } };
  };
  // What somebody may do about a gap is theirs.
  const unable = ({ action, ...gap }: GapWire) => ({ ...gap, action: action?.label });
  const incident = { fields: { name: 'Late', triageBy: '2020-02-01T09:00:00Z' } };
  const links = { system: { set: [system] } };
  expect((await world.manager.send('POST', '/incidents', { ...incident, links })).statusCode).toBe(201);
  const own = await line(party);
  // Everybody's gap of the same rule stands in the line, and the sealed one by itself.
  const assurance = own.open.stations.find(({ id }) => id === 'assurance');
  expect(assurance?.gaps.map(({ rule, records }) => [rule, records.map(({ kind }) => kind)])).toContainEqual([
    'AS4',
    ['incident'],
  ]);
  expect(own.sealedIn.map(({ id, gaps }) => [id, gaps.map(({ rule }) => rule)])).toEqual([
    ['assurance', ['AS4']],
  ]);
  expect(own.sealedIn[0]?.gaps[0]).toMatchObject({
    since: '2020-01-31',
    records: [{ ref: 'CON-1' }],
    action: { label: 'Triage CON-1', ability: { allowed: true } },
    task: null,
  });
  for (const [name, who] of others) {
    const { sealedIn, open } = await line(who);
    expect([name, sealedIn, found(JSON.stringify(open))]).toEqual([name, [], []]);
    expect([name, open]).toEqual([name, own.open]);
  }
  const past = await party.send('GET', `/systems/${system}/trace?asOf=${new Date().toISOString()}`);
  expect(past.body).not.toContain('"sealed"');
  const { rows } = await world.server.store.owner.query(
    `select 1 from gap where strpos(gap::text, $1) > 0 union all select 1 from standing where strpos(standing::text, $1) > 0`,
    [sealed[0]?.id],
  );
  expect(rows).toEqual([]);
});

test('raw reading of any table of the organisation shows none of it to whoever is no party', async () => {
  const { store } = world.server;
  const { organisation, id } = world.manager;
  const actor = { type: 'person', member: id, roles: ['admin', 'aims-manager'] } as const;
  const rows = (table: string, who: typeof actor) =>
    store.read({ organisation, actor: who }, (reader) =>
      reader.run<{ row: string }>({
        name: `all-${table}`,
        text: `select t::text as row from ${table} t where t.organisation = $1`,
        values: [organisation],
      }),
    );
  const told: string[] = [];
  // What the log holds of an entry without its body is its hash.
  const hashes = ['entry_pending', 'log_leaf', 'log_tile', 'log_checkpoint', 'log_head'];
  const secretive = ['provider_secret', 'factor', 'same_person', 'idempotency'];
  for (const table of organisationTables) {
    if (hashes.includes(table) || secretive.includes(table)) continue;
    const whole = (await rows(table, actor)).map(({ row }) => row).join('\n');
    if (found(whole).length > 0) told.push(`${table}: ${found(whole).join(' ')}`);
  }
  expect(told).toEqual([]);
  const own = await rows('revision', { ...actor, member: party.id });
  expect(found(own.map(({ row }) => row).join('\n'))).toContain(secret);
});

test('a stream tells of a change of it to its parties alone', async () => {
  const { organisation } = world.manager;
  const [one] = sealed;
  if (!one) throw new Error('Something is sealed');
  const event = {
    type: 'record',
    index: 1,
    record: { id: one.id, kind: one.kind, number: 1, title: secret, state: 'received', archived: false },
  } as const;
  const hears = async (member: string) => {
    const who = { organisation, actor: { type: 'person', member, roles: ['admin'] } as const };
    return (await hearing(world.server.services, who)?.(event)) ?? true;
  };
  expect([await hears(world.manager.id), await hears(party.id)]).toEqual([false, true]);
});

test('of the log, everybody gets what leads to the signed root, and no entry that they may not read', async () => {
  const { organisation } = world.manager;
  const { size } = (await world.manager.send('GET', '/log/state')).json();
  const read = async (who: Agent) => {
    const at = (path: string) =>
      world.server.app.inject({ url: `/log/${organisation}/${path}`, headers: who.headers });
    const withheld: number[] = [];
    let told = '';
    const report = await verifyLog(
      { read: async (path) => ((await at(path)).statusCode === 200 ? (await at(path)).rawPayload : null) },
      {
        sha256,
        verify: ed25519Verify,
        key: parseKey(sha256, (await at('key')).body.trim()),
        onEntries: (_start, entries) => {
          told += entries.map((entry) => Buffer.from(entry).toString('utf8')).join('\n');
        },
        onWithheld: (index) => withheld.push(index),
      },
    );
    expect([report.faultCount, report.checkpoint?.size]).toEqual([0, size]);
    return { told, withheld };
  };
  for (const [name, who] of others.filter(([name]) => name !== 'reader' && name !== 'token')) {
    const { told, withheld } = await read(who);
    expect([name, found(told), withheld.length > 5, told.length > 1000]).toEqual([name, [], true, true]);
    // That they are withheld is told by no more than the places that the list of entries leaves out.
    const listed = (await who.send('GET', `/log?limit=500`)).json().items;
    const seen = new Set(listed.map((one: { index: number }) => one.index));
    expect(withheld.filter((index) => seen.has(index))).toEqual([]);
  }
  const own = await read(party);
  expect([own.withheld, found(own.told).length > 0]).toEqual([[], true]);
});

test('nothing sealed is imported, and no change of it marks a line', async () => {
  const csv = form(`name,handler\n${secret},x\n`);
  const analysed = await world.manager.send('POST', '/imports?kind=concern', undefined, csv);
  expect(analysed.statusCode).toBeGreaterThanOrEqual(400);
  const { rows } = await world.server.store.owner.query(
    'select 1 from used_mark where record = any($1::uuid[])',
    [sealed.map(({ id }) => id)],
  );
  expect(rows).toEqual([]);
});

test('whoever raises a concern for others no longer reads it, and whom it is about never handles it', async () => {
  const contributor = await signedIn(world.server, world.manager.organisation, ['contributor']);
  const fields = { name: 'By phone', handler: party.id };
  const raised = await contributor.send('POST', '/concerns', { fields });
  expect([raised.statusCode, raised.json().record?.ref]).toEqual([201, 'CON-2']);
  const { items } = (await party.send('GET', '/concerns')).json();
  expect(items).toHaveLength(2);
  expect((await contributor.send('GET', '/concerns')).json().items).toEqual([]);
  const own = await contributor.send('POST', '/concerns', { fields: { ...fields, subject: party.id } });
  expect([own.statusCode, own.json().errors?.[0]?.at]).toEqual([422, 'fields.handler']);
  const paper = {
    fields: { name: 'Notes' },
    links: { audit: { set: [(await world.manager.send('GET', '/audits')).json().items[0].id] } },
  };
  expect((await world.manager.send('POST', '/working-papers', paper)).statusCode).toBe(403);
});

test('nobody puts themselves among those who read the papers of an audit, and its team lets others in', async () => {
  const { manager, server } = world;
  const made = await record(manager, 'audits', { name: 'Audit of suppliers', lead: party.id });
  const path = `/audits/${made.ref}`;
  const change = async (who: Agent, fields: object) => {
    const { version } = (await who.send('GET', path)).json();
    return who.send('PATCH', path, { fields }, { headers: { 'if-match': `"${version}"` } });
  };
  const paper = await (async () => {
    // Before the first paper, whoever plans the audit puts its team together.
    const rows = [{ auditor: party.id, state: 'independent', on: '2026-04-30' }];
    expect((await change(manager, { independenceRows: rows })).statusCode).toBe(200);
    const fields = { name: 'Notes', author: party.id };
    return record(party, 'working-papers', fields, linked({ audit: made.id }));
  })();
  const place = `/working-papers/${paper.ref}`;
  const auditor = await signedIn(server, manager.organisation, ['internal-auditor'], {
    name: 'Second auditor',
  });
  for (const who of [manager, auditor]) {
    const rows = [{ auditor: who.id, state: 'independent', on: '2026-04-30' }];
    for (const fields of [{ independenceRows: rows }, { lead: who.id }]) {
      const refused = await change(who, fields);
      expect([refused.statusCode, refused.json().facts]).toEqual([
        403,
        { who: [], people: [{ id: party.id, name: 'Head of claims' }] },
      ]);
    }
    expect((await who.send('GET', place)).statusCode).toBe(404);
  }
  // Anything else of the audit is theirs to write as before.
  expect((await change(manager, { objective: 'Whether suppliers are looked at.' })).statusCode).toBe(200);
  const rows = [{ auditor: auditor.id, state: 'independent', on: '2026-04-30' }];
  expect((await change(party, { independenceRows: rows })).statusCode).toBe(200);
  expect((await auditor.send('GET', place)).statusCode).toBe(200);
});

test('a file is named by sealed records or by others: to its parties that is said, to anybody else it is not there', async () => {
  const { manager } = world;
  const evidence = (agent: Agent, file: string) =>
    agent.send('POST', '/evidence', { fields: { name: 'Minutes', type: 'minutes', file } });
  const nowhere = '00000000-0000-7000-8000-000000000000';
  const told = (await evidence(party, blob)).json();
  expect([told.status, told.errors]).toMatchObject([
    422,
    [{ at: 'fields.file', message: expect.stringContaining('a sealed record names this file') }],
  ]);
  const strangers = await Promise.all([evidence(manager, blob), evidence(manager, nowhere)]);
  expect(strangers.map((answer) => [answer.statusCode, answer.json().errors])).toEqual([
    [422, strangers[1]?.json().errors],
    [422, strangers[1]?.json().errors],
  ]);
  // The other way round a sealed record would take a file from those who read it.
  const open = (await party.send('POST', '/blobs', undefined, form('minutes'))).json().id;
  const made = await evidence(party, open);
  expect(made.statusCode, made.body).toBe(201);
  const paper = sealed.find(({ kind }) => kind === 'working-paper');
  const at = `/working-papers/${paper?.ref}`;
  const { version } = (await party.send('GET', at)).json();
  const name = { fields: { file: open } };
  const taken = await party.send('PATCH', at, name, { headers: { 'if-match': `"${version}"` } });
  expect([taken.statusCode, taken.json().errors]).toMatchObject([
    422,
    [{ at: 'fields.file', message: expect.stringContaining('another record names this file') }],
  ]);
  expect((await manager.send('GET', `/blobs/${open}`)).statusCode).toBe(200);
});
