import { registry } from '@throughline/domain/kinds/all.ts';
import type { Kind, Relation } from '@throughline/domain/kinds/kind.ts';
import type { RecordWire } from '@throughline/domain/wire.ts';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Samples } from '../../test/every-kind.ts';
import { nowhereId } from '../../test/every-route/row.ts';
import { form, makeWorld, type World } from '../../test/every-route/world.ts';
import { ifMatch } from '../../test/factories.ts';

/**
 * For every relation of the registry, and every kind that it leads to: a record of another organisation is to whoever
 * names it exactly what a record is that nobody has.
 */
let world: World;
let ours: Samples;
/** A word in the title of every record of the other organisation, and nowhere else. */
const secret = 'Quokka';
const theirs = new Map<string, RecordWire>();
const sources = new Map<string, RecordWire>();

beforeAll(async () => {
  world = await makeWorld();
  ours = new Samples(world);
  const foreign = new Samples({ ...world, manager: world.foreigner, reader: world.foreigner });
  for (const kind of registry.kinds) {
    const title = kind.fields[kind.title]?.type === 'line' ? { [kind.title]: `${secret} ${kind.name}` } : {};
    theirs.set(kind.name, await foreign.plain(kind, title));
    sources.set(kind.name, await ours.plain(kind));
  }
});
afterAll(async () => {
  expect(world.server.failures).toEqual([]);
  await world.close();
});

const found = (records: ReadonlyMap<string, RecordWire>, kind: string): RecordWire => {
  const record = records.get(kind);
  if (!record) throw new Error(`No ${kind} was made`);
  return record;
};

/** Asks by the name of the other organisation's record and by nobody's; the answers differ in nothing but the name. */
async function alike(
  name: string,
  nobodys: string,
  ask: (name: string) => Promise<LightMyRequestResponse>,
): Promise<LightMyRequestResponse> {
  const [there, missing] = [await ask(name), await ask(nobodys)];
  const told = ({ statusCode, body }: LightMyRequestResponse, asked: string) => [
    statusCode,
    body.replace(/"instance":"[^"]*"/, '').replaceAll(asked, 'NAME'),
  ];
  expect(told(there, name)).toEqual(told(missing, nobodys));
  expect(there.body.replaceAll(name, '')).not.toContain(secret);
  return there;
}

async function nothingWritten(act: () => Promise<void>): Promise<void> {
  const before = await world.written();
  await act();
  expect(await world.written()).toBe(before);
}

const relations = registry.kinds.flatMap((kind) =>
  Object.entries(kind.relations).map(
    ([name, relation]) => [`${kind.name}.${name}`, kind, name, relation] as [string, Kind, string, Relation],
  ),
);

test('every kind that is linked to has a record in the other organisation', () => {
  const linked = new Set(relations.flatMap(([, , , { to }]) => to));
  expect([...theirs.keys()]).toEqual(expect.arrayContaining([...linked]));
});

describe.each(relations)('%s', (_name, kind, name, relation) => {
  const path = `/${kind.collection}`;

  test('is not linked: on a new record, on one that stands, on many, and in a dry run', async () => {
    const required = await ours.links(kind, 'required');
    const source = found(sources, kind.name);
    const { version } = (await world.manager.send('GET', `${path}/${source.id}`)).json();
    await nothingWritten(async () => {
      for (const [at, to] of relation.to.entries()) {
        const { id } = found(theirs, to);
        const links = (target: string) => ({ [name]: { set: [target] } });
        // One way for each kind that it leads to, all ways for the first.
        for (const query of at === 0 ? ['', '?dryRun=true'] : ['']) {
          const made = await alike(id, nowhereId, (target) =>
            world.manager.send('POST', `${path}${query}`, {
              fields: source.fields,
              links: { ...required, ...links(target) },
            }),
          );
          expect(made.statusCode).toBe(422);
          const edited = await alike(id, nowhereId, (target) =>
            world.manager.send(
              'PATCH',
              `${path}/${source.id}${query}`,
              { links: links(target) },
              ifMatch(version),
            ),
          );
          // One that an act writes is refused for that too.
          const places = new Set(edited.json().errors.map((one: { at: string }) => one.at));
          expect([edited.statusCode, [...places]]).toEqual([422, [`links.${name}`]]);
        }
        if (at > 0) continue;
        await alike(id, nowhereId, (target) =>
          world.manager.send(
            'PATCH',
            `${path}/${source.id}`,
            { links: { [name]: { add: [target] } } },
            ifMatch(version),
          ),
        );
        await alike(id, nowhereId, (target) =>
          world.manager.send('POST', `${path}/bulk`, { refs: [source.id], patch: { links: links(target) } }),
        );
      }
    });
  });

  test('is not filtered by, counted or exported through', async () => {
    for (const [at, to] of relation.to.entries()) {
      const { id } = found(theirs, to);
      for (const below of at === 0 ? ['', '/count', '/export'] : [''])
        for (const by of [name, 'linked'])
          await alike(id, nowhereId, (target) =>
            world.manager.send(
              'GET',
              `${path}${below}?${by}=${target}${below === '/export' ? '&format=csv' : ''}`,
            ),
          );
    }
  });

  test('is not imported, by its title, its id or a name of its own', async () => {
    const [to = ''] = relation.to;
    const target = found(theirs, to);
    const title = kind.fields[kind.title];
    if (title === undefined) return;
    for (const [named, nobodys] of [
      [target.title, `${'Wombat'} ${to}`],
      [target.id, nowhereId],
    ] as const) {
      await alike(named, nobodys, async (value) => {
        const file = `${title.label},${relation.label}\nImported through ${kind.name},"${value}"\n`;
        const kept = await world.manager.send('POST', `/imports?kind=${kind.name}`, undefined, form(file));
        if (kept.statusCode !== 201) return kept;
        const preview = await world.manager.send('POST', `/imports/${kept.json().id}/preview`);
        await world.manager.send('DELETE', `/imports/${kept.json().id}`);
        preview.body = preview.body.replaceAll(kept.json().id, '');
        return preview;
      });
    }
  });
});

describe.each(registry.kinds.map((kind) => [kind.name, kind] as [string, Kind]))(
  'a %s of another organisation',
  (_name, kind) => {
    test('is not read, commented, changed or undone, and leads nowhere', async () => {
      const { id } = found(theirs, kind.name);
      await nothingWritten(async () => {
        for (const below of ['', '/history', '/around', '/comments', '/raw', '/compare?from=1&to=1'])
          await alike(id, nowhereId, (target) =>
            world.manager.send('GET', `/${kind.collection}/${target}${below}`),
          );
        for (const [below, body] of [
          ['/comments', { text: 'Seen' }],
          ['/archive', {}],
          ['/undo', { version: 1 }],
        ] as const)
          await alike(id, nowhereId, (target) =>
            world.manager.send('POST', `/${kind.collection}/${target}${below}`, body, ifMatch(1)),
          );
      });
    });

    test('is not found by its words, in the register or in the search', async () => {
      const { title } = found(theirs, kind.name);
      for (const query of [secret, `"${title}"`]) {
        const q = encodeURIComponent(query);
        const listed = await world.manager.send('GET', `/${kind.collection}?q=${q}`);
        expect([
          listed.statusCode,
          listed.json().items.filter((one: RecordWire) => one.title === title),
        ]).toEqual([200, []]);
        const searched = await world.manager.send('GET', `/search?q=${q}`);
        expect([searched.statusCode, searched.body.includes(secret) && searched.json().groups]).toEqual([
          200,
          false,
        ]);
      }
    });
  },
);

test('a record of one\u2019s own is taken in each of these ways, so that a refusal says something', async () => {
  const model = found(sources, 'model');
  const system = found(sources, 'system');
  const links = { usesModel: { set: [model.id] } };
  const made = await world.manager.send('POST', '/systems?dryRun=true', { fields: system.fields, links });
  expect(made.statusCode).toBe(200);
  const listed = await world.manager.send('GET', `/systems?linked=${model.id}`);
  expect(listed.statusCode).toBe(200);
  const file = (title: string) => form(`Name,Uses model\nImported,"${title}"\n`);
  const preview = async (title: string) => {
    const kept = await world.manager.send('POST', '/imports?kind=system', undefined, file(title));
    return (await world.manager.send('POST', `/imports/${kept.json().id}/preview`)).json();
  };
  expect(JSON.stringify(await preview(model.title))).not.toEqual(JSON.stringify(await preview('Wombat')));
  const searched = await world.manager.send('GET', `/search?q=${encodeURIComponent(model.title)}`);
  expect(searched.json().groups).not.toEqual([]);
});

test('a person of another organisation is not called, not made an owner and not named', async () => {
  const source = found(sources, 'system');
  const nobodys = nowhereId;
  const { id } = world.foreigner;
  await alike(id, nobodys, (member) =>
    world.manager.send(
      'PATCH',
      `/systems/${source.id}`,
      { fields: { owner: member } },
      ifMatch(source.version),
    ),
  );
  await alike(id, nobodys, (member) => world.manager.send('GET', `/systems?owner=${member}`));
  await alike(id, nobodys, (member) => world.manager.send('GET', `/members/${member}`));
  const said = await world.manager.send('POST', `/systems/${source.id}/comments`, { text: `Look, @[${id}]` });
  expect(said.body).not.toContain('Member with');
  const home = (await world.foreigner.send('GET', '/home')).body;
  expect(home).not.toContain(source.id);
  expect(home).not.toContain('Look');
});

test('a file of another organisation is not attached', async () => {
  const kept = await world.foreigner.send('POST', '/blobs', undefined, form('theirs'));
  const { id } = kept.json();
  for (const kind of registry.kinds)
    for (const [field, { type }] of Object.entries(kind.fields)) {
      if (type !== 'file') continue;
      const source = found(sources, kind.name);
      const refused = await alike(id, nowhereId, (file) =>
        world.manager.send(
          'PATCH',
          `/${kind.collection}/${source.id}`,
          { fields: { [field]: file } },
          ifMatch(1),
        ),
      );
      expect([kind.name, refused.statusCode]).toEqual([kind.name, 422]);
    }
});
