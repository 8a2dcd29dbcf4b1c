import { registry } from '@throughline/domain/kinds/all.ts';
import { beginnings } from '@throughline/domain/kinds/beginning.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { inOrder } from '@throughline/domain/kinds/testing.ts';
import { type Role, roles } from '@throughline/domain/permissions.ts';
import type { AbilityWire, RecordWire } from '@throughline/domain/wire.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brokenFields, brokennesses, Samples } from '../../test/every-kind.ts';
import { nowhereId } from '../../test/every-route/row.ts';
import { makeWorld, type World } from '../../test/every-route/world.ts';
import { type Agent, ifMatch, signedIn } from '../../test/factories.ts';

let world: World;
let samples: Samples;
const people = new Map<Role, Agent>();
beforeAll(async () => {
  world = await makeWorld();
  samples = new Samples(world);
  for (const role of roles)
    people.set(role, await signedIn(world.server, world.manager.organisation, [role]));
});
afterAll(async () => {
  expect(world.server.failures).toEqual([]);
  await world.close();
});

const kinds = registry.kinds.map((kind): [string, Kind] => [kind.name, kind]);
const get = async (path: string, who = world.manager) => (await who.send('GET', path)).json();
const places = (errors: readonly { at: string }[]) => [...new Set(errors.map((one) => one.at))].sort();

async function nothingWritten(act: () => Promise<void>): Promise<void> {
  const before = await world.written();
  await act();
  expect(await world.written()).toBe(before);
}

describe.each(kinds)('%s', (_name, kind) => {
  test('never begins in a state that is reached by a step that binds, whatever it says', async () => {
    const may = beginnings(kind);
    const apart = (kind.apart ?? []).flatMap(({ field, from }) =>
      kind.fields[field]?.required ? from : [field],
    );
    const unnamed = Object.fromEntries(apart.map((field) => [field, null]));
    const [full] = inOrder(await samples.full(kind));
    const fields = { ...full, ...unnamed };
    const said = { fields, links: await samples.links(kind, 'all') };
    await nothingWritten(async () => {
      for (const state of Object.keys(kind.lifecycle.states).filter((one) => !may.includes(one))) {
        const refused = await world.manager.send('POST', `/${kind.collection}`, { ...said, state });
        expect([state, refused.statusCode, places(refused.json().errors)]).toEqual([state, 422, ['state']]);
      }
    });
  });

  test('is kept as it was sent, and every door shows the same of it', async () => {
    const made = await samples.plain(kind);
    const path = `/${kind.collection}`;
    const shown = await get(`${path}/${made.ref}`);
    expect(shown).toMatchObject({
      id: made.id,
      version: 1,
      state: kind.lifecycle.initial,
      fields: made.fields,
    });
    expect(await get(`${path}/${made.id}`)).toEqual(shown);
    const page = await get(`${path}?sort=-ref&limit=1`);
    expect(page.items).toMatchObject([{ id: made.id, title: made.title, version: 1 }]);
    const history = await get(`${path}/${made.ref}/history`);
    expect(history.items).toMatchObject([{ version: 1, act: 'created', digest: made.proof.digest }]);
    expect(history.items[0].fields).toEqual(made.fields);
    const exported = (await get(`${path}/export?format=json`)) as { ref: string; fields: unknown }[];
    expect(exported.find((one) => one.ref === made.ref)).toMatchObject({
      digest: made.proof.digest,
      fields: made.fields,
    });
    const { total } = await get(`${path}/count`);
    expect(total).toEqual({ count: exported.length, more: false });
  });

  test('takes every field that it declares, together or without those that contradict each other', async () => {
    const fields = await samples.full(kind);
    const links = await samples.links(kind, 'all');
    let answer = await world.manager.send('POST', `/${kind.collection}`, { fields, links });
    if (answer.statusCode === 422) {
      // A guard refuses what contradicts itself, by the name of the field, and nothing else of the body.
      for (const { at } of answer.json().errors) {
        const [, name = ''] = at.split('.');
        expect(Object.keys({ ...kind.fields, ...kind.relations })).toContain(name);
        delete fields[name];
      }
      answer = await world.manager.send('POST', `/${kind.collection}`, { fields, links });
    }
    expect([answer.statusCode, answer.statusCode === 201 ? '' : answer.body]).toEqual([201, '']);
    const { record } = answer.json();
    expect(record.fields).toMatchObject(fields);
    for (const [relation, { set }] of Object.entries(links))
      expect(record.links[relation].map((one: { id: string }) => one.id)).toEqual(set);
    const csv = await world.manager.send('GET', `/${kind.collection}/export?format=csv`);
    expect(csv.body).toContain(record.ref);
  });

  test.each(brokennesses)(
    'refuses each field that is broken by %s, by its name, and writes nothing',
    async (how) => {
      const broken = brokenFields(kind, how);
      const links = await samples.links(kind, 'required');
      const { ref } = await samples.plain(kind);
      await nothingWritten(async () => {
        if (Object.keys(broken).length === 0) return;
        const wanted = Object.keys(broken).map((name) => `fields.${name}`);
        const made = await world.manager.send('POST', `/${kind.collection}`, { fields: broken, links });
        expect([made.statusCode, made.json().code]).toEqual([422, 'unprocessable']);
        expect(places(made.json().errors)).toEqual(wanted.sort());
        const path = `/${kind.collection}/${ref}`;
        const edited = await world.manager.send('PATCH', path, { fields: broken }, ifMatch(1));
        expect([edited.statusCode, places(edited.json().errors)]).toEqual([422, wanted]);
      });
    },
  );

  test('refuses links to nothing, to another kind, to another organisation and to what is archived', async () => {
    const foreign = await world.foreigner.send('POST', '/systems', { fields: { name: 'Elsewhere' } });
    const archived = new Map<string, string>();
    for (const { to } of Object.values(kind.relations)) {
      const [name = ''] = to;
      const target = await samples.plain(registry.get(name));
      const { collection } = registry.get(name);
      await world.manager.send('POST', `/${collection}/${target.id}/archive`, {}, ifMatch(1));
      archived.set(name, target.id);
    }
    const { ref } = await samples.plain(kind);
    const bad = async (id: (to: readonly string[]) => string | undefined) => {
      const links: Record<string, { set: string[] }> = {};
      for (const [name, { to }] of Object.entries(kind.relations)) {
        const target = id(to);
        if (target !== undefined) links[name] = { set: [target] };
      }
      const answer = await world.manager.send('PATCH', `/${kind.collection}/${ref}`, { links }, ifMatch(1));
      const wanted = Object.keys(links).map((name) => `links.${name}`);
      if (wanted.length === 0) return;
      expect([answer.statusCode, places(answer.json().errors)]).toEqual([422, wanted.sort()]);
    };
    // A relation may take every kind: then none is another.
    const strangers = new Map<string, string>();
    for (const { to } of Object.values(kind.relations)) {
      const another = registry.kinds.find(({ name }) => !to.includes(name));
      if (another) strangers.set(to.join(), await samples.target(another.name));
    }
    await nothingWritten(async () => {
      await bad(() => nowhereId);
      await bad(() => foreign.json().record.id);
      await bad(([name = '']) => archived.get(name) ?? '');
      await bad((to) => strangers.get(to.join()));
    });
  });

  test('is sorted both ways and filtered by each part of its index, and by no other', async () => {
    const made = await samples.plain(kind);
    for (const part of kind.index) {
      const up = await get(`/${kind.collection}?sort=${part}&limit=500`);
      const down = await get(`/${kind.collection}?sort=-${part}&limit=500`);
      const ids = (page: { items: { id: string }[] }) => page.items.map((one) => one.id);
      expect(new Set(ids(up))).toEqual(new Set(ids(down)));
      expect(ids(up)).toContain(made.id);
      const filled = await get(`/${kind.collection}?${part}.empty=false&limit=500`);
      const empty = await get(`/${kind.collection}?${part}.empty=true&limit=500`);
      expect([...ids(filled), ...ids(empty)].sort()).toEqual(ids(up).sort());
      const facets = await world.manager.send('GET', `/${kind.collection}/facets?by=${part}`);
      const counted = facets.json().items.reduce((sum: number, one: { count: number }) => sum + one.count, 0);
      expect(counted).toBe(ids(up).length);
    }
    const refused = await world.manager.send('GET', `/${kind.collection}?colour=red&sort=colour&limit=0`);
    expect([refused.statusCode, places(refused.json().errors)]).toEqual([422, ['colour', 'limit', 'sort']]);
  });

  test('is archived, brought back and undone, each time as a version, never on an older one', async () => {
    const { ref } = await samples.plain(kind);
    const path = `/${kind.collection}/${ref}`;
    const step = (verb: string, version: number) =>
      world.manager.send('POST', `${path}/${verb}`, { because: 'To see' }, ifMatch(version));
    expect((await world.manager.send('POST', `${path}/archive`, {})).statusCode).toBe(428);
    expect((await step('archive', 7)).json()).toMatchObject({
      status: 412,
      facts: { version: 1, expected: 7 },
    });
    expect((await step('restore', 1)).statusCode).toBe(409);
    expect((await step('archive', 1)).json().record).toMatchObject({ version: 2, archived: true });
    expect((await step('archive', 2)).statusCode).toBe(409);
    const title = { fields: { [kind.title]: 'Changed while away' } };
    const late = await world.manager.send('PATCH', path, title, ifMatch(2));
    expect([422, 409]).toContain(late.statusCode);
    expect(await get(`/${kind.collection}?limit=500`)).not.toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ ref })]),
    });
    expect((await step('restore', 2)).json().record).toMatchObject({ version: 3 });
    const undone = await world.manager.send('POST', `${path}/undo`, { version: 3 });
    expect(undone.json().record).toMatchObject({ version: 4, archived: true });
    const acts = (await get(`${path}/history`)).items.map((one: { act: string }) => one.act);
    expect(acts).toEqual(['archived', 'restored', 'archived', 'created']);
  });

  test('says of each role what the door then allows, and names who could where it does not', async () => {
    const { id } = await samples.plain(kind);
    await nothingWritten(async () => {
      for (const [role, who] of people) {
        if (kind.sealed && who !== world.manager) {
          const { statusCode } = await who.send('GET', `/${kind.collection}/${id}`);
          expect([role, statusCode]).toEqual([role, 404]);
          continue;
        }
        const shown: RecordWire = await get(`/${kind.collection}/${id}`, who);
        for (const [act, ability] of Object.entries(shown.abilities)) {
          const status = await attempt(who, kind, id, act);
          if (status === undefined) continue;
          expect([role, act, status !== 403]).toEqual([role, act, allowed(ability, act)]);
        }
      }
    });
  });
});

const allowed = (ability: AbilityWire, act: string): boolean =>
  // What no one approves, and what is not whole enough yet, is no matter of roles: it names nobody who could.
  ability.allowed || (act === 'approve' && ability.who?.length === 0);

/** Tries an act in a way that cannot succeed once the right is granted: on a version that is none. */
async function attempt(who: Agent, kind: Kind, id: string, act: string): Promise<number | undefined> {
  const path = `/${kind.collection}/${id}`;
  const late = ifMatch(99);
  const digest = '0'.repeat(64);
  switch (act) {
    case 'edit':
      return (await who.send('PATCH', path, { fields: {} }, late)).statusCode;
    case 'transition':
      return (await who.send('POST', `${path}/transitions`, { transition: 'none' }, late)).statusCode;
    case 'archive':
      return (await who.send('POST', `${path}/archive`, {}, late)).statusCode;
    case 'approve':
      return (await who.send('POST', `${path}/approvals`, { act, version: 99, digest })).statusCode;
    case 'undo':
      return (await who.send('POST', `${path}/undo`, { version: 99 })).statusCode;
    case 'comment':
      return (await who.send('POST', `${path}/comments`, { text: 'About', field: 'no-such-part' }))
        .statusCode;
    default:
      return undefined;
  }
}
