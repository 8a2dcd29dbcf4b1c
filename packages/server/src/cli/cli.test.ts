import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { addressOf } from '../../test/address.ts';
import { type Ran, runCommand, runProgram, startCommand } from '../../test/command-line.ts';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { identifyToken } from '../features/sign-in/identify.ts';
import * as imports from '../http/answers/imports.ts';
import * as lines from '../http/answers/line.ts';
import * as people from '../http/answers/people.ts';
import * as records from '../http/answers/records.ts';
import * as statements from '../http/answers/soa.ts';
import { sequenceAll } from '../log/sequencer.ts';

const rows = 300;
let kernel: TestKernel;
let address: string;
let directory: string;

beforeAll(async () => {
  kernel = await testKernel();
  address = addressOf(kernel.database.owner);
  directory = mkdtempSync(join(tmpdir(), 'throughline-cli-'));
});
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await kernel.close();
});

/** Rows of an answer that is as the API describes it. */
const rowsOf = (ran: Ran) => {
  const { items } = records.register.parse(json(ran));
  return z.array(z.looseObject({ ref: z.string(), title: z.string() })).parse(items);
};
const run = (...words: string[]): Promise<Ran> => runCommand(words, { DATABASE_URL: address });
const json = (ran: Ran): unknown => JSON.parse(ran.out);
const file = (name: string, text: string | Buffer): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};
const count = async (kind: string): Promise<number> => {
  const { rows: found } = await kernel.store.owner.query<{ n: number }>(
    'select count(*)::int as n from record where kind = $1',
    [kind],
  );
  return found[0]?.n ?? 0;
};
const imported = async (): Promise<string[]> => {
  const { rows: found } = await kernel.store.owner.query<{ state: string }>('select state from import');
  return found.map((row) => row.state);
};

test('says to run the setup first while there is no organisation', async () => {
  expect(await run('list', 'system')).toEqual({
    code: 4,
    out: '',
    err: 'No organisation is set up yet. Start the server and open the sign-in link that it prints.\n',
  });
  await kernel.organisation('Harbour Mutual');
});

describe('import', { timeout: 120_000 }, () => {
  const header = 'Use Case Name,Purpose,Date Retired\n';
  const good = `${header}${Array.from({ length: rows }, (_, at) => `Use ${at},To answer question ${at},2023\n`).join('')}`;

  test('a dry run says what would happen as the API says it, and keeps nothing', async () => {
    const ran = await run('import', file('uses.csv', good), '--kind', 'use-case', '--dry-run', '--json');
    expect([ran.code, ran.err]).toEqual([0, '']);
    const read = z.strictObject({ import: imports.analysed, preview: imports.preview }).parse(json(ran));
    expect(read.import).toMatchObject({ state: 'analysed', file: { name: 'uses.csv', rows } });
    expect(read.preview.counts).toMatchObject({ added: rows, changed: 0, rejected: 0 });
    expect([await count('use-case'), await imported()]).toEqual([0, []]);
  });

  test('with --strict nothing is imported when a cell is rejected, and the code says so', async () => {
    const path = file('odd.csv', `${header}Odd,To be odd,31/31/2023\n`);
    const ran = await run('import', path, '--kind', 'use-cases', '--strict');
    expect(ran.code).toBe(11);
    expect(ran.out).toContain('31/31/2023');
    expect(ran.err).toBe(
      'odd.csv: 1 cell or row rejected, and --strict was asked for. Nothing was imported.\n',
    );
    expect([await count('use-case'), await imported()]).toEqual([0, []]);
  });

  test('stopped in the middle it leaves nothing behind that is half', async () => {
    const blocker = new pg.Client(kernel.database.owner);
    await blocker.connect();
    await blocker.query('begin; lock table link in access exclusive mode');
    const words = ['import', file('uses.csv', good), '--kind', 'use-case', '--progress'];
    const started = startCommand(words, { DATABASE_URL: address });
    await started.says(/Writing the records/);
    started.process.kill('SIGINT');
    const ran = await started.ended;
    await blocker.query('rollback');
    await blocker.end();
    expect([ran.code, ran.out]).toEqual([130, '']);
    expect(ran.err).toContain('Stopped. A change is kept whole or not at all');
    expect(ran.err).not.toMatch(/\n {4}at /);
    expect(await count('use-case')).toBe(0);
    expect(await imported()).toEqual([]);
  });

  test('without --kind the headings tell what the rows are, and why is said; what they do not tell is asked for', async () => {
    const ran = await run('import', file('uses.csv', good), '--dry-run');
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(/^uses\.csv: 300 rows read as use cases/);
    expect(ran.err).toMatch(/^uses\.csv: use cases \(sure|likely\), with a place for 3 of 3 columns\. /);
    expect(ran.err).toContain('The heading "Use Case Name" speaks of use cases.');
    const unsure = await run('import', file('things.csv', 'Name\nA\n'));
    expect([unsure.code, unsure.out]).toEqual([2, '']);
    expect(unsure.err).toMatch(/^Say with --kind what the rows of things\.csv are/);
    expect([await count('use-case'), await imported()]).toEqual([0, []]);
  });

  test('another kind that takes clearly more of the file is told before anything is imported', async () => {
    const ran = await run('import', file('uses.csv', good), '--kind', 'supplier', '--dry-run');
    expect(ran.code).toBe(0);
    expect(ran.err).toMatch(/^As suppliers this file loses columns\. It fits better with --kind use-case: /);
  });

  test('--rejected keeps the rows that are not taken whole, in every case and not in parts', async () => {
    const path = join(directory, 'rejected.csv');
    const odd = file('odd.csv', `${header}Even,To be even,2023\nOdd,"=To be odd",31/31/2023\n`);
    const ran = await run('import', odd, '--kind', 'use-case', '--dry-run', '--rejected', path);
    expect([ran.code, ran.err]).toEqual([0, `${path}: 1 row not taken whole.\n`]);
    expect(readFileSync(path, 'utf8')).toMatch(/\r\n3,Date Retired,.*,Odd,'=To be odd,31\/31\/2023\r\n$/s);
    const even = file('even.csv', `${header}Even,To be even,2023\n`);
    const none = await run('import', even, '--kind', 'use-case', '--dry-run', '--rejected', path);
    expect(none.err).toBe(`${path}: nothing was rejected.\n`);
    expect(readFileSync(path, 'utf8').trimEnd().split('\r\n')).toHaveLength(1);
    const nowhere = await run(
      'import',
      even,
      '--kind',
      'use-case',
      '--dry-run',
      '--rejected',
      '/nowhere/at/all.csv',
    );
    expect([nowhere.code, nowhere.err]).toEqual([4, expect.stringContaining('cannot be written')]);
  });

  test('applies in one go, tells its progress on stderr alone, and the same file again changes nothing', async () => {
    const path = file('uses.csv', good);
    const ran = await run('import', path, '--kind', 'use-case', '--progress');
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(/^uses\.csv: 300 rows read as use cases \(.*commas\)\.\n/);
    expect(ran.out).toMatch(/\nAdded +300\n/);
    expect(ran.out).toMatch(/\nImported\.\n$/);
    expect(ran.err).toContain('Writing the records 300 of 300\n');
    expect([await count('use-case'), await count('system')]).toEqual([rows, rows]);
    const again = await run('import', path, '--kind', 'use-case', '--json');
    const read = z.strictObject({ import: imports.analysed, preview: imports.preview }).parse(json(again));
    expect(read.import.state).toBe('applied');
    expect(read.preview.counts).toMatchObject({ added: 0, changed: 0, unchanged: rows });
    expect(again.err).toBe('');
    const { rows: actors } = await kernel.store.owner.query(
      `select distinct actor_type, actor_id from entry where act = 'record.created'`,
    );
    expect(actors).toEqual([{ actor_type: 'rule', actor_id: 'operator' }]);
  });

  test.concurrent.each([
    [
      'a file that is not there',
      () => join(directory, 'none.csv'),
      3,
      /none\.csv: there is no such file\.\n$/,
    ],
    ['a directory', () => directory, 4, /: it is a directory\.\n$/],
    ['an empty file', () => file('empty.csv', ''), 4, /empty\.csv/],
    [
      'bytes that are no table',
      () => file('noise.xlsx', Buffer.from('PK\u0003\u0004 not a workbook')),
      4,
      /noise\.xlsx/,
    ],
    ['a file without rows', () => file('head.csv', header), 4, /head\.csv/],
  ])('names %s', async (_, path, code, message) => {
    const ran = await run('import', path(), '--kind', 'use-case');
    expect([ran.code, ran.out]).toEqual([code, '']);
    expect(ran.err).toMatch(message);
    expect(ran.err).not.toMatch(/\n {4}at /);
  });

  test('names a profile and a kind that are not there', async () => {
    const path = file('uses.csv', good);
    expect(await run('import', path, '--kind', 'use-case', '--profile', 'nobody')).toEqual({
      code: 3,
      out: '',
      err: 'There is no profile "nobody".\n',
    });
    const kind = await run('import', path, '--kind', 'horse');
    expect([kind.code, kind.err]).toEqual([
      2,
      expect.stringMatching(/^There is no kind "horse"\. Kinds are: /),
    ]);
  });
});

describe('trace', { timeout: 120_000 }, () => {
  /** An import that was ended keeps the numbers that it took, so the first record is not always number 1. */
  let ref = '';
  beforeAll(async () => {
    const systems = rowsOf(await run('list', 'systems', '--json', '--limit', '1000'));
    ref = systems.find((row) => row.title === 'Use 0')?.ref ?? '';
    expect(ref).toMatch(/^SYS-\d+$/);
  });

  test('says the line in words: stations, gaps with rule and source, the one action', async () => {
    const ran = await run('trace', ref.toLowerCase());
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out.startsWith(`${ref}  Use 0\n`)).toBe(true);
    expect(ran.out).toMatch(/\d+ gaps stop this line\.\n/);
    expect(ran.out).toMatch(/\n◆ {2}1 Scope +Gap\n/);
    expect(ran.out).toContain(`◆ No accountable owner is named for ${ref}.`);
    expect(ran.out).toMatch(/The standard says: An accountable owner, .* \(OW1, major/s);
    expect(ran.out).toContain(`→ Name an owner (${ref})`);
    expect(ran.out).not.toContain('\u001b');
  });

  test('as JSON is what the API answers, and the code tells of gaps when asked', async () => {
    const ran = await run('trace', ref, '--json', '--fail-on-gap');
    expect([ran.code, ran.err]).toEqual([10, '']);
    const read = lines.trace.parse(json(ran));
    expect(read.stations).toHaveLength(15);
    expect(read.summary.gaps).toBeGreaterThan(0);
  });

  test('names a system that is not there', async () => {
    for (const ref of ['SYS-9999', 'UC-1', 'Claims'])
      expect(await run('trace', ref)).toEqual({ code: 3, out: '', err: `There is no system "${ref}".\n` });
  });
});

describe('gates', { timeout: 120_000 }, () => {
  test('says the stage of a system and what each gate misses, one gate alone, or as JSON', async () => {
    const systems = rowsOf(await run('list', 'systems', '--json', '--limit', '1000'));
    const ref = String(systems.find((row) => row.title === 'Use 0')?.ref);
    const ran = await run('gates', ref);
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out.startsWith(`${ref}  Use 0\n`)).toBe(true);
    for (const gate of ['Approval of a use case', 'Release', 'Continuation', 'Retirement'])
      expect(ran.out).toMatch(new RegExp(`${gate} {2}\\d+ of \\d+ criteria not met`));
    expect(ran.out).toContain('◆ not met: ');
    const one = json(await run('gates', ref, '--gate', 'design-review', '--json'));
    expect(one).toMatchObject([{ next: { type: 'design-review' } }]);
    expect((await run('gates', ref, '--fail-on-gap')).code).toBe(10);
    expect(await run('gates', 'SYS-9999')).toEqual({
      ...{ code: 3, out: '' },
      err: 'There is no system "SYS-9999".\n',
    });
    expect((await run('gates', ref, '--gate', 'party')).code).toBe(2);
  });
});

describe('soa', { timeout: 120_000 }, () => {
  test('says how the statement stands and what is wrong with it, and as JSON what the API answers', async () => {
    const ran = await run('soa');
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toContain(
      'Harbour Mutual: Statement of Applicability\n0 of 38 controls of Annex A are decided',
    );
    expect(ran.out.replace(/\s+/g, ' ')).toContain(
      'It cannot be published: 38 of 38 controls of Annex A have no approved decision: A.2.2,',
    );
    expect(ran.out).toContain('Nothing contradicts it, and nothing is missing.');
    const read = statements.soa.parse(json(await run('soa', '--json', '--fail-on-gap')));
    expect(read).toMatchObject({ past: false, organisation: 'Harbour Mutual', counts: { annexA: 38 } });
    expect(read.rows).toHaveLength(38);
  });

  test('writes it in each form, and refuses what cannot be', async () => {
    const starts = { csv: '\ufeffControl', xlsx: 'PK', docx: 'PK', pdf: '%PDF-1.7' };
    for (const [format, start] of Object.entries(starts)) {
      const path = join(directory, `statement.${format}`);
      const ran = await run('soa', '--format', format, '--out', path);
      expect([ran.code, ran.out]).toEqual([0, '']);
      expect(ran.err).toMatch(/: Statement of Applicability, [\d,]+ bytes\.\n$/);
      expect(readFileSync(path).toString('utf8').startsWith(start)).toBe(true);
    }
    expect((await run('soa', '--format', 'csv')).out).toContain('A.10.4');
    for (const [words, code] of [
      [['--out', 'x.pdf'], 2],
      [['--format', 'odt'], 2],
      [['--as-of', 'yesterday'], 2],
      [['--format', 'pdf', '--version', '1', '--as-of', '2026-01-01T00:00:00Z'], 2],
      [['--format', 'pdf', '--version', '7'], 3],
    ] as const)
      expect([words, (await run('soa', ...words)).code]).toEqual([words, code]);
    const early = await run('soa', '--as-of', '2001-01-01T00:00:00Z');
    expect([early.code, early.out.includes('before the first entry of the log')]).toEqual([0, true]);
  });
});

describe('classifications', { timeout: 120_000 }, () => {
  test('lists what is due, and what other rules would change', async () => {
    const ran = await run('classifications');
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toMatch(/^0 of \d+ signed-off classes are over their day; \d+ have none\.\n/);
    expect(json(await run('classifications', '--until', '2026-06-30', '--json'))).toMatchObject({ over: 0 });
    const rules = await run('classifications', '--rules', '--fail-on-gap');
    expect(rules.out).toMatch(/^Rules \S+ beside \S+ in force: 0 of \d+ stored results change\.\n$/);
    expect(rules.code).toBe(0);
    for (const [words, code] of [
      [['--until', 'soon'], 2],
      [['--until', '2026-06-30', '--rules'], 2],
      [['--rules', '/nowhere/rules.yaml'], 3],
    ] as const)
      expect([words, (await run('classifications', ...words)).code]).toEqual([words, code]);
  });
});

describe('readiness', { timeout: 120_000 }, () => {
  test('is counted from current lines, with denominators, also without a server', async () => {
    const ran = await run('readiness');
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toMatch(/^Harbour Mutual\n/);
    expect(ran.out).toContain(`of all ${rows}.\n`);
    expect(ran.out).toContain('0 of 15 of the mandatory set pass; 0 of 17 of the supporting items.\n');
    expect(ran.out).toMatch(/\n 1 {2}Scope .* 300\n/);
    expect(ran.out).toMatch(/\n◆ 5\.2 +AI policy: Gap\n/);
    const read = lines.readiness.parse(json(await run('readiness', '--json')));
    expect([read.stale.count, read.systems.total]).toEqual([0, rows]);
  });

  test('counts gaps by clause, control, unit or owner, and by nothing else', async () => {
    const read = lines.coverage.parse(json(await run('readiness', '--by', 'clause', '--json')));
    expect(read.rows.length).toBeGreaterThan(3);
    expect(read.rows.every((row) => row.systems === rows && row.systemsWithGaps <= row.systems)).toBe(true);
    expect((await run('readiness', '--by', 'owner')).out).toMatch(/none named +[\d,]+ +\d+ +300\n/);
    expect((await run('readiness', '--by', 'weather')).code).toBe(2);
  });
});

describe('list and export', { timeout: 120_000 }, () => {
  test('shows rows aligned, and how many of how many', async () => {
    const ran = await run('list', 'use-case', '--limit', '2', '--sort', '-ref');
    expect([ran.code, ran.err]).toEqual([0, '']);
    const [head = '', first = ''] = ran.out.split('\n');
    expect(first).toMatch(/^UC-\d+ /);
    expect(first).toContain(`Use ${rows - 1}`);
    expect(first.indexOf('Use')).toBe(head.indexOf('Name'));
    expect(ran.out).toContain('2 of 300 use cases; --limit shows more.\n');
  });

  test('as JSON goes on over pages up to the limit', async () => {
    const all = rowsOf(await run('list', 'systems', '--json', '--limit', '1000'));
    expect(all).toHaveLength(rows);
    expect(new Set(all.map((row) => row.ref)).size).toBe(rows);
    const few = rowsOf(
      await run('list', 'system', '--json', '--filter', 'title=Use 7', '--filter', 'title=Use 8'),
    );
    expect(few.map((row) => row.title)).toEqual(['Use 7', 'Use 8']);
    const inQuotes = await run('list', 'system', '--json', '--filter', 'title="Use 7","Use 8, or 9"');
    expect(rowsOf(inQuotes).map((row) => row.title)).toEqual(['Use 7']);
    const [seventh] = rowsOf(inQuotes);
    const within = await run('list', 'use-case', '--json', '--filter', `system=${seventh?.ref}`);
    expect(rowsOf(within).map((row) => row.title)).toEqual(['Use 7']);
  });

  test('lists and exports as of a moment, and says which', async () => {
    const early = '2020-01-01T00:00:00Z';
    const none = await run('list', 'system', '--as-of', early);
    expect([none.code, none.out]).toEqual([0, 'No systems match.\n']);
    expect(none.err).toBe('As of 2020-01-01T00:00:00.000Z, before the first entry of the log.\n');
    await sequenceAll(kernel.store);
    const now = await run('list', 'system', '--limit', '1', '--as-of', new Date().toISOString());
    expect(now.err).toMatch(/^As of .*Z, entry [\d,]+ of the log\.\n$/);
    expect(now.out).toContain(`1 of ${rows} systems`);
    expect(now.out).not.toContain('Gaps');
    const file = await run('export', 'system', '--format', 'json', '--as-of', early);
    expect([file.code, JSON.parse(file.out)]).toEqual([0, []]);
  });

  test.concurrent.each([
    [['list', 'system', '--as-of', 'yesterday'], /asOf: "yesterday" is not a moment/, 4],
    [
      ['list', 'system', '--as-of', '2026-01-01T00:00:00Z', '--words', 'x'],
      /q: Words are found in records/,
      4,
    ],
    [['export', 'system', '--format', 'csv', '--as-of', '2026'], /asOf: "2026" is not a moment/, 4],
    [['list', 'horse'], /^There is no kind "horse"/, 2],
    [['list', 'system', '--filter', 'colour'], /A filter is key=value/, 2],
    [['list', 'system', '--limit', '0'], /A whole number from 1 on/, 2],
    [['list', 'system', '--filter', 'colour=red'], /colour: Systems are not filtered by "colour"/, 4],
    [['list', 'use-case', '--filter', 'system=SYS-99999'], /system: There is no AI system "SYS-99999"/, 4],
    [
      ['export', 'use-case', '--format', 'csv', '--filter', 'linked=Use'],
      /linked: "Use" is neither a ref/,
      4,
    ],
    [['list', 'system', '--filter', 'title="Use 7'], /title: The quotation marks around .* do not close/, 4],
    [['list', 'system', '--sort', 'colour'], /sort: Systems are sorted by one of/, 4],
    [['export', 'system', '--format', 'pdf'], /Allowed choices are csv, xlsx, json/, 2],
    [
      ['export', 'system', '--format', 'csv', '--out', '/nowhere/at/all.csv'],
      /the directory is not there/,
      4,
    ],
  ])('refuses %j in words', async (words, message, code) => {
    const ran = await run(...words);
    expect([ran.code, ran.out]).toEqual([code, '']);
    expect(ran.err).toMatch(message);
    expect(ran.err).not.toMatch(/\n {4}at /);
  });

  test('exports to stdout and whole into a file', async () => {
    const csv = await run('export', 'use-case', '--format', 'csv');
    expect([csv.code, csv.err]).toEqual([0, '']);
    expect(csv.out.trimEnd().split('\n')).toHaveLength(rows + 1);
    const path = join(directory, 'out', '..', 'systems.json');
    const out = await run('export', 'system', '--format', 'json', '--out', path);
    expect([out.code, out.out]).toEqual([0, '']);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveLength(rows);
    const book = join(directory, 'systems.xlsx');
    expect((await run('export', 'system', '--format', 'xlsx', '--out', book)).code).toBe(0);
    expect(readFileSync(book).subarray(0, 2).toString('latin1')).toBe('PK');
    expect(readdirSync(directory).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('token', { timeout: 120_000 }, () => {
  const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

  test('prints the secret alone; it works until it is revoked', async () => {
    const made = await run(
      'token',
      'create',
      '--role',
      'reader',
      '--name',
      'Pipeline',
      '--expires',
      inAMonth,
      '--read-only',
      '--kind',
      'system',
    );
    expect([made.code, made.err]).toEqual([0, '']);
    expect(made.out).toMatch(/^tl_[\w-]{20,}\n$/);
    const who = await identifyToken(kernel.services, made.out.trim());
    expect(who).toMatchObject({ actor: { type: 'token', roles: ['reader'] } });
    const listed = z
      .strictObject({ items: z.array(people.token) })
      .parse(json(await run('token', 'list', '--json')));
    expect(listed.items).toMatchObject([
      {
        name: 'Pipeline',
        scope: { kinds: ['system'], acts: 'read-only' },
        service: null,
        expiresAt: expect.any(String),
        revokedAt: null,
      },
    ]);
    const id = listed.items[0]?.id ?? '';
    expect(await run('token', 'revoke', id)).toEqual({
      code: 0,
      out: '',
      err: 'The token "Pipeline" works no more.\n',
    });
    expect((await run('token', 'list')).out).toMatch(/Pipeline .* revoked\n/);
  });

  test('rotates a secret, at once or with a grace', async () => {
    const first = await run('token', 'create', '--role', 'reader', '--name', 'Turning', '--act', 'read');
    const { items } = json(await run('token', 'list', '--json')) as { items: { id: string; name: string }[] };
    const id = items.find((one) => one.name === 'Turning')?.id ?? '';
    const second = await run('token', 'rotate', id, '--grace-hours', '1');
    expect([second.code, second.out === first.out]).toEqual([0, false]);
    const works = async (out: string) => (await identifyToken(kernel.services, out.trim())) !== null;
    expect([await works(first.out), await works(second.out)]).toEqual([true, true]);
    const third = json(await run('token', 'rotate', id, '--json'));
    expect(third).toMatchObject({ token: { id, previousUntil: null }, secret: expect.any(String) });
    expect([await works(first.out), await works(second.out)]).toEqual([false, false]);
    expect((await run('token', 'list')).out).toMatch(/Turning .* read .* works/);
    expect((await run('token', 'rotate', id, '--grace-hours', '169')).code).toBe(2);
    expect((await run('token', 'rotate', 'none')).code).toBe(3);
  });

  test.concurrent.each([
    [['--role', 'king', '--name', 'X'], 2, /Roles are: admin/],
    [['--name', 'X'], 2, /--role/],
    [['--role', 'reader', '--name', ' '], 4, /name: A name says what the token is for/],
    [
      ['--role', 'reader', '--name', 'X', '--expires', '2026-02-30'],
      4,
      /expires: "2026-02-30" is not a date/,
    ],
    [['--role', 'reader', '--name', 'X', '--expires', '2020-01-01'], 4, /expires/],
    [['--role', 'reader', '--name', 'X', '--expires', '2999-01-01'], 4, /at most 365 days/],
    [['--role', 'reader', '--name', 'X', '--act', 'conquer'], 2, /Acts are: read, create/],
    [['--role', 'reader', '--name', 'X', '--kind', 'castle'], 4, /There is no kind "castle"/],
    [['--role', 'reader', '--name', 'X', '--read-only', '--act', 'read'], 4, /has its acts already/],
    [['--role', 'reader', '--name', 'X', '--service', 'Nobody'], 4, /No service account is called "Nobody"/],
  ])('create %j is refused', async (words, code, message) => {
    const ran = await run('token', 'create', ...words);
    expect([ran.code, ran.out]).toEqual([code, '']);
    expect(ran.err).toMatch(message);
  });

  test('revoke names a token that is not there', async () => {
    expect((await run('token', 'revoke', 'none')).code).toBe(3);
  });
});

describe('every command', { timeout: 120_000 }, () => {
  test('says how it is used: help on stdout is no failure, a slip is', async () => {
    const help = await runProgram(['--help'], {});
    expect([help.code, help.err]).toEqual([0, '']);
    expect(help.out).toMatch(/Exit codes: 0 done/);
    const slip = await runProgram(['import'], {});
    expect([slip.code, slip.out]).toEqual([2, '']);
    expect(slip.err).toContain('--help says how.');
    expect((await run('frobnicate')).code).toBe(2);
    const version = json(await runProgram(['version', '--json'], {}));
    expect(version).toMatchObject({ throughline: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  });

  test('asks for the organisation where there are several', async () => {
    const other = await kernel.organisation('Other Bank');
    const which = await run('list', 'system');
    expect([which.code, which.err]).toEqual([2, expect.stringContaining(`Other Bank (${other})`)]);
    expect((await run('list', 'system', '--organisation', 'Nobody')).code).toBe(3);
    for (const name of ['other bank', other]) {
      const ran = await run('list', 'system', '--organisation', name, '--json');
      expect(rowsOf(ran)).toEqual([]);
    }
  });

  test('names a database that does not answer, or was not brought to this release', async () => {
    const nobody = { DATABASE_URL: 'postgresql://user:secret@127.0.0.1:1/nothing' };
    const ran = await runCommand(['list', 'system'], nobody);
    expect([ran.code, ran.out]).toEqual([5, '']);
    expect(ran.err).toMatch(/^The database named by DATABASE_URL does not answer: .*\n$/);
    expect(ran.err).not.toContain('secret');
    const { database, ...server } = kernel.database.owner;
    const empty = addressOf({ ...server, database: database.length > 0 ? 'postgres' : '' });
    expect((await runCommand(['list', 'system'], { DATABASE_URL: empty })).code).toBe(5);
    expect((await runCommand(['list', 'system'], { DATABASE_URL: 'horse' })).code).toBe(2);
  });
});
