import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { can, conditions, type OwnScope, type RecordFacts } from '@throughline/domain/permissions.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { newId } from './ids.ts';
import { organisationTables } from './migrations/organisation-tables.ts';
import { anyScope } from './row-scope.ts';
import { openTables, scopedTables } from './scope-policies.ts';
import { sealedTables, unsealedTables } from './seal-policies.ts';
import { Store } from './store.ts';

const concern = registry.get('concern');
const kinds = [
  'system',
  'use-case',
  'risk',
  'model',
  'evidence',
  'document',
  'audit',
  'task',
  'concern',
  'working-paper',
];

let kernel: TestKernel;
let store: Store;
let organisation: string;
const members = [1, 2, 3].map(() => newId());
type Made = { readonly id: string; readonly kind: string; readonly links: Record<string, string[]> } & Omit<
  RecordFacts,
  'homes'
>;
const made = new Map<string, Made & { readonly system: string | null }>();

beforeAll(async () => {
  kernel = await testKernel();
  store = new Store({ app: kernel.store.app, owner: kernel.store.owner }, registry);
  organisation = await kernel.organisation();
  const rule = { type: 'rule', rule: 'test' } as const;
  // The same records at each run, so that a failure can be met again.
  const chances = fc.sample(fc.nat(), { seed: 7, numRuns: 4_000 });
  let at = 0;
  const chance = (of: number): number => {
    at += 1;
    return (chances[at] ?? 0) % of;
  };
  const some = <T>(of: readonly T[]): T | undefined => of[chance(of.length + 1)];
  await store.change(kernel.context(organisation, rule), async (write) => {
    for (let n = 0; n < 140; n += 1) {
      const name = n < 6 ? 'system' : (some(kinds) ?? 'task');
      const kind = write.registry.get(name);
      const links: Record<string, string[]> = {};
      for (const [relation, { type, to }] of Object.entries(kind.relations)) {
        const targets = [...made.values()].filter(
          (one) => to.includes(one.kind) && !registry.isSealed(one.kind),
        );
        const target = chance(3) > 0 ? some(targets) : undefined;
        if (!target) continue;
        if (type === 'within' && Object.values(links).length > 0) continue;
        links[relation] = [target.id];
      }
      const fields: Record<string, string> = { name: `${name} ${n}` };
      for (const field of ['owner', 'assignee', 'lead', 'handler', 'reporter', 'subject', 'author']) {
        const member = field in kind.fields ? some(members) : undefined;
        if (member) fields[field] = member;
      }
      const home = Object.entries(links).find(([relation]) => kind.relations[relation]?.type === 'within');
      const system = home ? (made.get(home[1][0] ?? '')?.system ?? null) : null;
      const record = write.create({ kind, content: { fields, links }, system });
      made.set(record.id, {
        id: record.id,
        kind: name,
        links,
        system: record.system,
        owner: record.owner,
        assignee: record.assignee,
        systemOwner:
          record.system === record.id ? record.owner : (made.get(record.system ?? '')?.owner ?? null),
        ...(kind.sealed ? { parties: partiesIn(kind.name, fields, links) } : {}),
      });
    }
  });
});
afterAll(() => kernel.close());

/** Whom a sealed record is read by, as its kind says it. */
function partiesIn(kind: string, fields: Record<string, string>, links: Record<string, string[]>): string[] {
  const lead = made.get(links.audit?.[0] ?? '')?.owner;
  const people = kind === 'concern' ? [fields.handler, fields.reporter] : [lead];
  return people.filter((one) => typeof one === 'string');
}

/** The same question as `homes_of`, asked of the records as they were made. */
function homes(record: { id: string; system: string | null }): string[] {
  if (record.system) return [record.system];
  const type = (kind: string, relation: string) => store.registry.get(kind).relations[relation]?.type;
  const found = new Set<string>();
  const walk = (start: string, next: (one: Made) => Made[], home: (one: Made) => boolean) => {
    let edge = [start];
    const seen = new Set<string>();
    for (let depth = 0; depth < 4; depth += 1) {
      const reached = edge.flatMap((id) => {
        const one = made.get(id);
        return one && !homeOf(one) ? next(one) : [];
      });
      for (const one of reached) if (homeOf(one) && home(one)) found.add(homeOf(one) ?? '');
      edge = reached.map(({ id }) => id).filter((id) => !seen.has(id));
      for (const id of edge) seen.add(id);
    }
  };
  const homeOf = (one: Made) => made.get(one.id)?.system ?? null;
  const targets = (one: Made) =>
    Object.entries(one.links)
      .filter(([relation]) => type(one.kind, relation) !== 'uses')
      .flatMap(([, ids]) => ids.flatMap((id) => made.get(id) ?? []));
  const users = (one: Made) =>
    [...made.values()].filter((other) =>
      Object.entries(other.links).some(
        ([relation, ids]) => type(other.kind, relation) === 'uses' && ids.includes(one.id),
      ),
    );
  walk(record.id, targets, () => true);
  walk(record.id, users, ({ kind }) => kind === 'system' || kind === 'system-version');
  return [...found];
}

const everyId = async (actor: Actor): Promise<string[]> =>
  store.read({ organisation, actor }, async (reader) => {
    const rows = await reader.db
      .selectFrom('record')
      .select('id')
      .where('organisation', '=', organisation)
      .execute();
    return rows.map(({ id }) => id).sort();
  });

describe('the rows that PostgreSQL lets through are those that the table of permissions allows', () => {
  test('for auditors with any scope', async () => {
    const systems = [...made.values()].filter(({ kind }) => kind === 'system').map(({ id }) => id);
    const scopes = fc.record({
      until: fc.constant('2999-12-31'),
      kinds: fc.oneof(fc.constant('all' as const), fc.subarray(kinds)),
      systems: fc.oneof(
        { weight: 3, arbitrary: fc.subarray(systems) },
        { weight: 1, arbitrary: fc.constant('all' as const) },
      ),
    });
    await fc.assert(
      fc.asyncProperty(scopes, fc.constantFrom(...members), async (scope, member) => {
        const actor: Actor = { type: 'person', member, roles: ['external-auditor'], scope };
        const allowed = [...made.values()].filter((one) => can(actor, 'read', { ...one, homes: homes(one) }));
        expect(await everyId(actor)).toEqual(allowed.map(({ id }) => id).sort());
      }),
      { numRuns: 40 },
    );
  });

  test('for everybody else, to whom the sealed kind alone is closed', async () => {
    for (const member of members)
      for (const role of ['reader', 'admin', 'aims-manager', 'contributor'] as const) {
        const actor: Actor = { type: 'person', member, roles: [role] };
        const allowed = [...made.values()].filter((one) => can(actor, 'read', one));
        expect(allowed.length).toBeLessThan(made.size);
        expect(await everyId(actor)).toEqual(allowed.map(({ id }) => id).sort());
      }
    expect(await everyId({ type: 'rule', rule: 'standing' })).toHaveLength(made.size);
  });

  test('for whoever has no scope but should, and for visitors where something is sealed', async () => {
    expect(await everyId({ type: 'person', member: members[0] ?? '', roles: ['external-auditor'] })).toEqual(
      [],
    );
    const sealed = [...made.values()].filter(({ kind }) => kind === 'concern').map(({ id }) => id);
    const seen = await everyId({ type: 'visitor' });
    expect(seen.filter((id) => sealed.includes(id))).toEqual([]);
  });
});

describe('what somebody answers for', () => {
  test.each(['owner', 'ownerOfSystem', 'assignee'] as const)(
    '%s selects the rows that it tests',
    async (name) => {
      for (const member of [...members, newId()]) {
        const scope = conditions[name].where({ member }) as OwnScope;
        const rows = await store.readWhole(organisation, async (reader) =>
          reader.db
            .selectFrom('record as r')
            .select('r.id')
            .where('r.organisation', '=', organisation)
            .where(anyScope(organisation, [scope]))
            .execute(),
        );
        const expected = [...made.values()].filter((one) => conditions[name].test(one, { member }));
        expect(rows.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
      }
    },
  );

  test('of no scope there are no rows', async () => {
    const rows = await store.readWhole(organisation, (reader) =>
      reader.db.selectFrom('record as r').select('r.id').where(anyScope(organisation, [])).execute(),
    );
    expect(rows).toEqual([]);
  });
});

describe('sealed records', () => {
  const member = members[0] ?? '';
  const scope = { until: '2999-12-31', kinds, systems: 'all' } as const;
  const party: Actor = { type: 'person', member, roles: ['contributor'] };
  const auditor: Actor = { type: 'person', member, roles: ['external-auditor'], scope };

  test('may be written by those who may not read them, and are read by those named since', async () => {
    const ctx = kernel.context(organisation, { ...party, roles: ['aims-manager'] });
    const id = await store.change(ctx, async (write) => {
      const content = { fields: { name: 'For another', handler: members[1] ?? '' }, links: {} };
      return write.create({ kind: concern, content, system: null }).id;
    });
    expect(await everyId(party)).not.toContain(id);
    const other: Actor = { ...party, member: members[1] ?? '' };
    expect(await everyId(other)).toContain(id);
    await store.change(kernel.context(organisation, other), async (write) => {
      const record = (await write.lock([id])).get(id);
      if (!record) throw new Error('Whoever is named reads it');
      const next = { fields: { ...record.content.fields, handler: member }, links: {} };
      write.edit(record, next, { changed: ['handler'], material: false, system: null });
    });
    expect(await everyId(party)).toContain(id);
    expect(await everyId(other)).not.toContain(id);
  });

  test('are left out of the values of rows that name them', async () => {
    const [closed] = [...made.values()].filter((one) => one.kind === 'concern' && !can(party, 'read', one));
    const [open] = [...made.values()].filter(({ kind }) => kind === 'risk');
    if (!closed || !open) throw new Error('The sample has both');
    const rows = await store.read({ organisation, actor: auditor }, (reader) =>
      reader.run({
        name: 'values',
        text: `select jsonb_build_object('about', jsonb_build_array($1::text, $2::text)) as links, array[$1::uuid, $2::uuid] as records,
          jsonb_build_array(jsonb_build_object('record', $1::text), jsonb_build_object('record', $2::text)) as basis,
          jsonb_build_object('fields', jsonb_build_object('owner', $1::text), 'links', jsonb_build_object('x', jsonb_build_array($1::text))) as frozen`,
        values: [closed.id, open.id],
      }),
    );
    expect(rows).toEqual([
      {
        links: { about: [open.id] },
        records: [open.id],
        basis: [{ record: open.id }],
        frozen: { fields: { owner: closed.id }, links: { x: [] } },
      },
    ]);
  });

  test('what is written again keeps the links that its writer may not see', async () => {
    const [closed] = [...made.values()].filter((one) => one.kind === 'concern' && !can(party, 'read', one));
    const task = registry.get('task');
    const rule = kernel.context(organisation, { type: 'rule', rule: 'test' });
    const links = { concerns: [closed?.id ?? ''] };
    const id = await store.change(
      rule,
      async (write) =>
        write.create({ kind: task, content: { fields: { name: 'Look' }, links }, system: null }).id,
    );
    await store.change(kernel.context(organisation, auditor), async (write) => {
      const record = (await write.lock([id])).get(id);
      expect(record?.content.links).toEqual(links);
    });
    const read = await store.read({ organisation, actor: auditor }, (reader) =>
      reader.db.selectFrom('record').select('links').where('id', '=', id).executeTakeFirst(),
    );
    expect(read?.links).toEqual({ concerns: [] });
  });

  test('of a record that others hold are read by the people named there, and by nobody who left', async () => {
    const rule = kernel.context(organisation, { type: 'rule', rule: 'test' });
    const [lead, auditors] = [members[1] ?? '', members.slice(2)];
    const team = (people: readonly string[]) => people.map((person) => ({ auditor: person, prior: 'None' }));
    const read = async (who: string | undefined) =>
      everyId({ type: 'person', member: who ?? '', roles: ['internal-auditor'] });
    const made = await store.change(rule, async (write) => {
      const content = { fields: { name: 'Audit', lead, independenceRows: team(auditors) }, links: {} };
      const audit = write.create({ kind: registry.get('audit'), content, system: null });
      const links = { audit: [audit.id] };
      const paper = { fields: { name: 'Notes', author: member }, links };
      return [
        audit.id,
        write.create({ kind: registry.get('working-paper'), content: paper, system: null }).id,
      ];
    });
    const [audit = '', paper = ''] = made;
    expect(await read(lead)).toContain(paper);
    expect(await read(auditors[0])).toContain(paper);
    // Whoever wrote it is of no audit team.
    expect(await read(member)).not.toContain(paper);
    await store.change(rule, async (write) => {
      const record = (await write.lock([audit])).get(audit);
      if (!record) throw new Error('The audit is there');
      const next = { fields: { ...record.content.fields, independenceRows: team([member]) }, links: {} };
      write.edit(record, next, { changed: ['independenceRows'], material: true, system: null });
    });
    expect(await read(member)).toContain(paper);
    expect(await read(auditors[0])).not.toContain(paper);
    expect(await read(lead)).toContain(paper);
  });
});

test('every table of an organisation is either held against the scope or open for a reason', () => {
  const placed = [...Object.keys(scopedTables), ...Object.keys(openTables)];
  expect([...placed].sort()).toEqual([...new Set([...organisationTables])].sort());
});

test('every table that a scope narrows is held against seals too, or says nothing of what is sealed', () => {
  const placed = [...Object.keys(sealedTables), ...Object.keys(unsealedTables)];
  expect([...placed].sort()).toEqual(Object.keys(scopedTables).sort());
});
