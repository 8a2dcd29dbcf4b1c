import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../test/address.ts';
import { type Ran, runCommand } from '../../test/command-line.ts';
import {
  type Agent,
  closeUnfailed,
  firstAdministrator,
  password,
  stranger,
  type TestServer,
  testServer,
} from '../../test/factories.ts';
import { secretOf } from '../../test/secret-of.ts';

let server: TestServer;
let admin: Agent;
beforeAll(async () => {
  server = await testServer();
  admin = await firstAdministrator(server);
});
afterAll(() => closeUnfailed(server));

const run = (...words: string[]): Promise<Ran> => runWith({}, words);
const runWith = (environment: Record<string, string>, words: readonly string[]): Promise<Ran> =>
  runCommand(['organisation', ...words], {
    ...{ DATABASE_URL: addressOf(server.database.owner), PUBLIC_URL: 'https://aims.example.org' },
    ...environment,
  });
/** Another one, whose people and those of the others may learn of one another. */
const create = (name: string, email: string, ...words: string[]): Promise<Ran> =>
  run('create', name, '--administrator', email, '--trusting', ...words);
const slugs = async () =>
  JSON.parse((await run('list', '--json')).out).items.map(
    (one: { slug: string; archivedAt: string | null }) => [one.slug, one.archivedAt === null],
  );

test('an operator makes a further organisation; its link lets the first administrator in, who has an account already', async () => {
  const made = await create('Harbour Bank', 'Admin@Example.org', '--time-zone', 'Europe/Dublin');
  expect([made.code, made.err]).toEqual([
    0,
    'Harbour Bank is here. Hand this link to Admin@Example.org; it works once, for seven days.\n',
  ]);
  expect(made.out).toMatch(/^https:\/\/aims\.example\.org\/invitation#token=[\w-]{43}\n$/);
  const token = secretOf(made.out.trim());
  const shown = (await admin.send('POST', '/invitations/link', { token })).json();
  expect(shown).toMatchObject({ organisation: 'Harbour Bank', name: 'First administrator', yours: true });
  const joined = await stranger(server).send('POST', '/invitations/accept', { token, password });
  expect([joined.statusCode, joined.json()]).toMatchObject([
    201,
    { organisation: { name: 'Harbour Bank', slug: 'harbour-bank' }, roles: ['admin', 'aims-manager'] },
  ]);
});

test('where nothing says how the server is reached, the command says that the link begins with a guess', async () => {
  const words = ['create', 'Guess', '--administrator', 'b@example.org', '--trusting', '--slug', 'guess'];
  const guessed = await runWith({ PUBLIC_URL: '' }, words);
  expect([guessed.code, guessed.out]).toEqual([
    0,
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:4270\/invitation#token=/),
  ]);
  expect(guessed.err).toContain('is not known here, so the link begins with http://127.0.0.1:4270');
  const told = await runWith({ PUBLIC_URL: '', PORT: '4477' }, [...words.slice(0, -1), 'told']);
  expect([told.out, told.err]).toEqual([
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:4477\//),
    expect.not.stringContaining('not known'),
  ]);
  await server.store.owner.query('update organisation set archived_at = now() where slug = any($1)', [
    ['guess', 'told'],
  ]);
});

test('another one of the same name has an address of its own; a slug that is taken or cannot be one is refused', async () => {
  const again = await create('Harbour Bank', 'b@example.org', '--json');
  expect(JSON.parse(again.out)).toMatchObject({
    slug: 'harbour-bank-2',
    link: expect.stringMatching(/token=/),
  });
  const taken = await create('Bank', 'b@example.org', '--slug', 'harbour-bank');
  expect([taken.code, taken.err]).toEqual([4, expect.stringContaining('slug')]);
  for (const [words, at] of [
    [['--slug', 'Not A Slug'], 'slug'],
    [['--time-zone', 'Mars/Olympus'], 'time-zone'],
    [['--administrator', 'nobody'], 'administrator'],
  ] as const) {
    const refused = await create('Bank', 'b@example.org', ...words);
    expect([refused.code, refused.err]).toEqual([4, expect.stringContaining(at)]);
  }
  expect((await run('create', 'Bank')).code).toBe(2);
  expect(await slugs()).toEqual([
    ['example-insurance', true],
    ['guess', false],
    ['told', false],
    ['harbour-bank', true],
    ['harbour-bank-2', true],
  ]);
});

test('none is made while accounts are opened by hand, unless they may learn of one another', async () => {
  const words = ['create', 'Mill', '--administrator', 'b@example.org'];
  const before = await slugs();
  const refused = await run(...words);
  expect([refused.code, refused.err]).toEqual([4, expect.stringMatching(/ACCOUNTS_BY_HAND=no.*--trusting/)]);
  expect(await slugs()).toEqual(before);
  const apart = { ACCOUNTS_BY_HAND: 'no', SMTP_URL: 'smtp://127.0.0.1:2525' };
  expect(await runWith(apart, words)).toMatchObject({ code: 0, out: expect.stringContaining('#token=') });
  expect(await slugs()).toEqual([...before, ['mill', true]]);
});

test('an operator says which mail domain leads where: one that leads elsewhere is refused with its name', async () => {
  const added = await run('domain', 'add', 'harbour-bank', ' Harbour.Example ');
  expect([added.code, added.out]).toEqual([
    0,
    expect.stringContaining('an address of harbour.example is led to the provider of Harbour Bank'),
  ]);
  const again = await run('domain', 'add', 'harbour-bank', 'harbour.example');
  expect([again.code, again.err]).toEqual([4, expect.stringContaining('leads to "Harbour Bank" already')]);
  const taken = await run('domain', 'add', 'example-insurance', 'harbour.example');
  expect([taken.code, taken.err]).toEqual([
    4,
    expect.stringContaining('leads to "Harbour Bank" (harbour-bank). Remove it there first.'),
  ]);
  for (const wrong of ['harbour', 'a@harbour.example', '']) {
    const refused = await run('domain', 'add', 'harbour-bank', wrong);
    expect([wrong, refused.code, refused.err]).toEqual([wrong, 4, expect.stringContaining('domain')]);
  }
  const { items } = JSON.parse((await run('domain', 'list', '--json')).out);
  expect(items).toMatchObject([{ domain: 'harbour.example', organisation: { slug: 'harbour-bank' } }]);
  expect((await run('domain', 'list')).out).toMatch(/harbour\.example +Harbour Bank +harbour-bank/);
  expect((await run('domain', 'remove', 'example-insurance', 'harbour.example')).code).toBe(3);
  expect((await run('domain', 'remove', 'harbour-bank', 'harbour.example')).code).toBe(0);
  expect((await run('domain', 'remove', 'harbour-bank', 'harbour.example')).code).toBe(3);
  expect((await run('domain', 'add', 'example-insurance', 'harbour.example')).code).toBe(0);
});

test('an organisation is archived and taken into use again by its slug, and says what ended', async () => {
  const archived = await run('archive', 'example-insurance');
  expect([archived.code, archived.out]).toEqual([
    0,
    'Example Insurance is archived. 1 session and 0 tokens ended. What it holds stays.\n',
  ]);
  expect((await admin.send('GET', '/session')).statusCode).toBe(401);
  expect((await run('archive', 'example-insurance')).code).toBe(4);
  expect((await slugs())[0]).toEqual(['example-insurance', false]);
  const listed = await run('list');
  expect(listed.out).toMatch(/example-insurance +Example Insurance.*archived/);
  expect((await run('restore', 'Example Insurance')).code).toBe(0);
  expect((await run('restore', 'Example Insurance')).code).toBe(4);
  expect((await run('archive', 'nowhere')).code).toBe(3);
  const entered = await stranger(server).send('POST', '/session', { email: 'admin@example.org', password });
  expect(entered.json().organisations.map((one: { name: string }) => one.name)).toEqual([
    'Example Insurance',
    'Harbour Bank',
  ]);
});
