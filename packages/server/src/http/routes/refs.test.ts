import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Agent,
  firstAdministrator,
  ifMatch,
  organisation,
  record,
  signedIn,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';

let server: TestServer;
let manager: Agent;
let stranger: Agent;
/** Records of this organisation by what they are here. */
let here: Record<'system' | 'other' | 'model' | 'spare' | 'control' | 'implementation', string>;
const idOf: Record<string, string> = {};

beforeAll(async () => {
  server = await testServer();
  const admin = await firstAdministrator(server);
  manager = await signedIn(server, admin.organisation, ['aims-manager']);
  stranger = await signedIn(server, await organisation(server), ['aims-manager']);
  const make = async (...[collection, fields, links]: [string, object, object?]) => {
    const made = await record(manager, collection, { ...fields }, { ...links });
    idOf[made.ref] = made.id;
    return made.ref;
  };
  const model = await make('models', { name: 'Triage model' });
  const spare = await make('models', { name: 'Second model' });
  const system = await make('systems', { name: 'Claims triage' }, { usesModel: { set: [model] } });
  const other = await make('systems', { name: 'Pricing' });
  const control = await make('controls', {
    name: 'Human oversight',
    code: 'OWN-1',
    framework: 'own',
  });
  const implementation = await make(
    'implementations',
    { name: 'Second pair of eyes' },
    { control: { set: [control] }, system: { set: [system] } },
  );
  here = { system, other, model, spare, control, implementation };
});
afterAll(async () => {
  expect(server.failures).toEqual([]);
  await server.close();
});

const refsOf = async (path: string, who = manager): Promise<string[]> =>
  (await who.send('GET', path)).json().items.map((row: { ref: string }) => row.ref);
const linksOf = async (ref: string): Promise<string[]> =>
  (await manager.send('GET', `/systems/${ref}`))
    .json()
    .links.usesModel?.map((one: { ref: string }) => one.ref) ?? [];
const versionOf = async (ref: string): Promise<number> =>
  (await manager.send('GET', `/systems/${ref}`)).json().version;

describe('a register is filtered by refs as by ids', () => {
  test.each([
    ['of one system', () => ['implementations?system=', here.system, here.implementation] as const],
    ['of another system', () => ['implementations?system=', here.other, null] as const],
    ['pointing at a model', () => ['systems?linked=', here.model, here.system] as const],
    ['pointing at a model that nothing uses', () => ['systems?linked=', here.spare, null] as const],
    ['by a relation', () => ['implementations?control=', here.control, here.implementation] as const],
    ['by a relation, not', () => ['implementations?control.not=', here.control, null] as const],
  ])('%s', async (_what, query) => {
    const [path, ref, found] = query();
    const expected = found === null ? [] : [found];
    for (const name of [ref, ref.toLowerCase(), idOf[ref]])
      expect(await refsOf(`/${path}${name}`)).toEqual(expected);
  });

  test('its count, its facets, its file and its rows of a past time too', async () => {
    const filter = `system=${here.system}&control=${here.control}`;
    const count = async (query: string) =>
      (await manager.send('GET', `/implementations/count?${query}`)).json().total.count;
    expect([await count(filter), await count(`system=${here.other}`)]).toEqual([1, 0]);
    const facets = (await manager.send('GET', `/implementations/facets?by=control&${filter}`)).json().items;
    expect(facets).toMatchObject([{ value: idOf[here.control], count: 1 }]);
    const file = await manager.send('GET', `/implementations/export?format=json&${filter}`);
    expect(JSON.parse(file.body)).toMatchObject([{ ref: here.implementation }]);
    const past = await manager.send('GET', `/implementations?asOf=2001-01-01T00:00:00Z&${filter}`);
    expect([past.statusCode, past.json().items]).toEqual([200, []]);
  });

  test('a parameter that is empty stands for no record', async () => {
    expect(await refsOf('/implementations?control=')).toEqual([]);
    expect(await refsOf(`/implementations?control=${here.control},`)).toEqual([here.implementation]);
  });
});

describe('links of a change name records by ref', () => {
  test('when a record is made, and in its dry run', async () => {
    const body = { fields: { name: 'Made by ref' }, links: { usesModel: { set: [here.model, here.spare] } } };
    const dry = await manager.send('POST', '/systems?dryRun=true', body);
    const made = await manager.send('POST', '/systems', body);
    for (const answer of [dry, made])
      expect(
        answer
          .json()
          .record.links.usesModel.map((one: { ref: string }) => one.ref)
          .sort(),
      ).toEqual([here.model, here.spare]);
    expect([dry.statusCode, made.statusCode]).toEqual([200, 201]);
  });

  test('when it is edited: set, add, remove, beside ids', async () => {
    const made = await record(manager, 'systems', { name: 'Edited by ref' });
    const edit = async (usesModel: object) => {
      const version = await versionOf(made.ref);
      const answer = await manager.send(
        'PATCH',
        `/systems/${made.ref}`,
        { links: { usesModel } },
        ifMatch(version),
      );
      expect(answer.statusCode).toBe(200);
      return (await linksOf(made.ref)).sort();
    };
    expect(await edit({ set: [here.model] })).toEqual([here.model]);
    expect(await edit({ add: [here.spare.toLowerCase(), idOf[here.model]] })).toEqual([
      here.model,
      here.spare,
    ]);
    expect(await edit({ remove: [here.model] })).toEqual([here.spare]);
    expect(await edit({ set: [here.spare, idOf[here.spare]] })).toEqual([here.spare]);
  });

  test('with a step of the life cycle', async () => {
    const body = { fields: { name: 'Stepped by ref' }, state: 'verification-validation' };
    const made = (await manager.send('POST', '/systems', body)).json().record;
    const step = { transition: 'develop', links: { usesModel: { add: [here.model] } } };
    const answer = await manager.send('POST', `/systems/${made.ref}/transitions`, step, ifMatch(1));
    expect([answer.statusCode, await linksOf(made.ref)]).toEqual([200, [here.model]]);
  });

  test('on many records, chosen by refs or by a filter with a ref', async () => {
    const [one, two] = [
      await record(manager, 'systems', { name: 'A' }),
      await record(manager, 'systems', { name: 'B' }),
    ];
    const patch = { links: { usesModel: { add: [here.spare] } } };
    const byRefs = await manager.send('POST', '/systems/bulk', {
      refs: [one.ref.toLowerCase(), two.id],
      patch,
    });
    expect(byRefs.json()).toMatchObject({ applied: [one.id, two.id], refused: [] });
    const filter = { linked: here.spare };
    const dry = await manager.send('POST', '/systems/bulk?dryRun=true', { filter, patch });
    expect(dry.json().unchanged).toEqual(expect.arrayContaining([one.id, two.id]));
    expect(await linksOf(one.ref)).toEqual([here.spare]);
  });
});

/** Requests that name one record, and where the refusal says it stands. */
const requests = (name: string) =>
  [
    ['GET', `/implementations?system=${name}`, undefined, 'system'],
    ['GET', `/systems?linked=${name}`, undefined, 'linked'],
    ['GET', `/implementations/count?system=${name}`, undefined, 'system'],
    ['GET', `/implementations/facets?by=control&linked=${name}`, undefined, 'linked'],
    ['GET', `/implementations/export?system=${name}`, undefined, 'system'],
    ['POST', '/use-cases', { fields: { name: 'X' }, links: { system: { set: [name] } } }, 'links.system'],
    [
      'POST',
      '/use-cases?dryRun=true',
      { fields: { name: 'X' }, links: { system: { add: [name] } } },
      'links.system',
    ],
    ['POST', '/systems/bulk', { refs: [name], patch: { fields: { unit: 'X' } } }, 'refs'],
    ['POST', '/use-cases/bulk', { filter: { system: name }, patch: { fields: { name: 'X' } } }, 'system'],
  ] as const;

async function refusals(who: Agent, name: string) {
  const all = [];
  for (const [method, path, body, at] of requests(name)) {
    const answer = await who.send(method, path, body);
    const { status, errors } = answer.json();
    expect([path, status, errors.map((one: { at: string }) => one.at)]).toEqual([path, 422, [at]]);
    expect(errors[0].message).toContain(name);
    all.push(JSON.stringify(errors).replaceAll(name, 'NAME'));
  }
  return all;
}

describe('what is not there', () => {
  test('is refused by field and name, and so is what another organisation has, in the same words', async () => {
    const none = await refusals(stranger, 'SYS-999999');
    expect(await refusals(stranger, here.system)).toEqual(none);
    const missing = await refusals(stranger, '00000000-0000-7000-8000-000000000000');
    expect(await refusals(stranger, idOf[here.system] ?? '')).toEqual(missing);
  });

  test('a relation filter and the links of an edit refuse it too', async () => {
    const made = await record(stranger, 'systems', { name: 'Theirs' });
    const answers = async (control: string, model: string) => {
      const all = [await stranger.send('GET', `/implementations?control=${control}`)];
      for (const links of [{ usesModel: { add: [model] } }, { usesModel: { remove: [model] } }])
        all.push(await stranger.send('PATCH', `/systems/${made.ref}`, { links }, ifMatch(1)));
      all.push(
        await stranger.send('POST', '/systems/bulk', {
          refs: [made.ref],
          patch: { links: { usesModel: { set: [model] } } },
        }),
      );
      return all.map((answer) => [
        answer.statusCode,
        JSON.stringify(answer.json().errors).replaceAll(control, 'NAME').replaceAll(model, 'NAME'),
      ]);
    };
    const none = await answers('CTL-4711', 'MDL-4711');
    expect(none.map(([status]) => status)).toEqual([422, 422, 422, 422]);
    expect(none.map(([, errors]) => errors)).toEqual([
      expect.stringContaining('"at":"control"'),
      ...Array.from({ length: 3 }, () => expect.stringContaining('"at":"links.usesModel"')),
    ]);
    expect(await answers(here.control, here.model)).toEqual(none);
    expect((await stranger.send('GET', `/systems/${made.ref}`)).json().version).toBe(1);
  });

  test.each([
    ['a word', '/implementations?system=Claims', 'system'],
    ['a ref of no register', '/implementations?system=ZZ-1', 'system'],
    ['a ref of another register', '/implementations?system=MDL-1', 'system'],
    ['an id of another register', null, 'system'],
    ['a ref among ids of a relation', '/implementations?control=SYS-1', 'control'],
    ['a word among refs', '/implementations?control=CTL-1,none', 'control'],
  ])('%s is named', async (_what, path, at) => {
    const answer = await manager.send('GET', path ?? `/implementations?system=${idOf[here.model]}`);
    expect([answer.statusCode, answer.json().errors.map((one: { at: string }) => one.at)]).toEqual([
      422,
      [at],
    ]);
  });

  test('every name that finds nothing is told at once', async () => {
    const body = { refs: ['SYS-901', here.system, 'SYS-902'], patch: { fields: { unit: 'X' } } };
    const answer = await manager.send('POST', '/systems/bulk', body);
    const messages = answer.json().errors.map((one: { message: string }) => one.message);
    expect(messages).toEqual([expect.stringContaining('SYS-901'), expect.stringContaining('SYS-902')]);
    expect(await versionOf(here.system)).toBe(1);
  });

  test.each([
    ['what is no name', 'Triage model', /ref such as SYS-42/],
    ['a ref of another register', 'SYS-1', /is no AI model/],
  ])('links refuse %s and change nothing', async (_what, name, message) => {
    const links = { usesModel: { add: [name] } };
    const answer = await manager.send('PATCH', `/systems/${here.other}`, { links }, ifMatch(1));
    expect([answer.statusCode, answer.json().errors[0].at]).toEqual([
      422,
      expect.stringMatching(/^links\.usesModel/),
    ]);
    expect(answer.json().errors[0].message).toMatch(message);
    expect(await linksOf(here.other)).toEqual([]);
  });
});

test('the contract says what names a record', async () => {
  const { paths } = (await server.app.inject({ url: '/api/v1/openapi.json' })).json();
  const parameters = paths['/systems'].get.parameters;
  for (const name of ['system', 'linked'])
    expect(parameters).toContainEqual({
      name,
      in: 'query',
      required: false,
      schema: { type: 'string', description: expect.stringContaining('SYS-42') },
    });
  const { links } = paths['/systems'].post.requestBody.content['application/json'].schema.properties;
  for (const act of ['set', 'add', 'remove']) {
    const { pattern, description } = links.additionalProperties.properties[act].items;
    expect(description).toContain('SYS-42');
    expect([here.model, idOf[here.model] ?? ''].every((one) => new RegExp(pattern).test(one))).toBe(true);
  }
});
