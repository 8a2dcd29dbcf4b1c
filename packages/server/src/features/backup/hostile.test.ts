import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Backups, backups, ownerPool } from '../../../test/backups.ts';
import { bytesOf, type CopiedRow, rowsOf } from '../../../test/copied-rows.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { everyTable, fillEveryTable } from '../../../test/every-table.ts';
import { newId } from '../../store/ids.ts';
import { encodeFrames, type Frame, magic, openFrames } from './frames.ts';
import { written } from './head.ts';
import { RowDigest } from './row-digest.ts';

const files: Backups = backups();
const databases: TestDatabase[] = [];
const pools: pg.Pool[] = [];
const organisation = newId();
let whole: Awaited<ReturnType<Backups['make']>>;
let target: pg.Pool;
let before: Record<string, string>;

beforeAll(async () => {
  const source = await fresh();
  await source.query(
    `insert into organisation (id, name, time_zone, created_at) values ($1, 'Harbour Mutual', 'UTC', now())`,
    [organisation],
  );
  await fillEveryTable(source, organisation, 3);
  whole = await files.make(source, 'whole');
  target = await fresh();
  before = await everyTable(target);
});
afterAll(async () => {
  for (const pool of pools) await pool.end();
  for (const database of databases) await database.drop();
  files.close();
});

async function fresh(): Promise<pg.Pool> {
  const database = await testDatabase();
  const pool = ownerPool(database.owner);
  databases.push(database);
  pools.push(pool);
  return pool;
}

/** That it is refused with these words, and leaves nothing. */
async function refused(bytes: Buffer, words: RegExp, manyBytes?: number): Promise<void> {
  const path = files.path('hostile');
  writeFileSync(path, bytes);
  await expect(files.restore(target, path, { manyBytes })).rejects.toThrow(words);
  expect(await everyTable(target)).toEqual(before);
}

type Made = Pick<Frame, 'kind' | 'rows' | 'payload'>;

/** A file with other parts, each of them well formed: what somebody writes who knows the format. */
async function rewritten(change: (frames: Made[]) => Made[]): Promise<Buffer> {
  const file = await openFrames(whole.path);
  const frames: Made[] = [];
  for await (const frame of file.frames()) frames.push(frame);
  await file.close();
  async function* all() {
    yield* change(frames);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of encodeFrames(all())) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Where the rows of a table begin in the file. */
async function rowsAt(table: string): Promise<number> {
  const file = await openFrames(whole.path);
  let within = false;
  for await (const frame of file.frames()) {
    if (within) {
      await file.close();
      return frame.at;
    }
    within = frame.kind === 'table' && said(frame).table === table;
  }
  throw new Error(`No table ${table} is in the file`);
}

const said = ({ payload }: Made): { table?: string } => JSON.parse(payload.toString('utf8'));

/** Gives one table other bytes, and counts and digests that fit them. */
function withBytes(table: string, change: (before: Buffer) => { bytes: Buffer; rows: number }) {
  return (frames: Made[]): Made[] => {
    const begin = frames.findIndex((frame) => frame.kind === 'table' && said(frame).table === table);
    const { bytes: payload, rows } = change(frames[begin + 1]?.payload ?? Buffer.of());
    const digest = new RowDigest();
    digest.add({ bytes: payload, rows });
    const end = digest.counted(table);
    const tables = whole.manifest.tables.map((one) => (one.table === table ? end : one));
    return frames.map((frame, at) => {
      if (at === begin + 1) return { kind: 'rows', rows, payload };
      if (at === begin + 2) return written('end', end);
      return frame.kind === 'manifest' ? written('manifest', { ...whole.manifest, tables }) : frame;
    });
  };
}

function withRows(table: string, change: (before: CopiedRow[]) => CopiedRow[]) {
  return withBytes(table, (before) => {
    const rows = change(rowsOf(before));
    return { bytes: bytesOf(rows), rows: rows.length };
  });
}

/** Puts another value into one column of the second row. */
function withValue(table: string, column: string, value: Buffer | null) {
  const at = columnsOf(table).indexOf(column);
  return withRows(table, (rows) =>
    rows.map((row, n) => (n === 1 ? row.map((old, c) => (c === at ? value : old)) : row)),
  );
}

function columnsOf(table: string): readonly string[] {
  return whole.head.tables.find((one) => one.table === table)?.columns ?? [];
}

function withHead(change: (head: typeof whole.head) => object) {
  return (frames: Made[]): Made[] => {
    const head = written('head', change(whole.head));
    const digest = createHash('sha256').update(head.payload).digest('hex');
    return frames.map((frame) => {
      if (frame.kind === 'head') return head;
      return frame.kind === 'manifest' ? written('manifest', { ...whole.manifest, head: digest }) : frame;
    });
  };
}

test('parts that are written again unchanged are the same file', async () => {
  expect((await rewritten((frames) => frames)).equals(whole.bytes)).toBe(true);
});

test.each([
  ['nothing', Buffer.of()],
  ['something else', Buffer.from('PGDMP and so on, long enough to be read')],
  ['the beginning of the first line', magic.subarray(0, 9)],
])('a file that is %s is no backup', async (_name, bytes) => {
  await refused(bytes, /This is no backup of Throughline/);
});

test('another format is told from what is no backup', async () => {
  const as = (line: string) => Buffer.concat([Buffer.from(line), whole.bytes.subarray(magic.length)]);
  await refused(
    as('Throughline backup 3\n'),
    /in format 3, and this release reads format 2\..*or a newer one/,
  );
  await refused(as('Throughline backup 1\n'), /in format 1, .* Use the release that made it\./);
});

test('a file that was cut off is refused wherever it was cut, and says where it ends', async () => {
  const { bytes } = whole;
  const cuts = [magic.length, magic.length + 5, bytes.length - 1];
  for (let part = 1; part < 12; part += 1) cuts.push(Math.floor((bytes.length * part) / 12));
  for (const cut of cuts) await refused(bytes.subarray(0, cut), /it is not whole/);
  const late = (await rowsAt('revision')) + 40;
  await refused(
    bytes.subarray(0, late),
    new RegExp(`Table "revision", after row 0: The backup ends at byte ${late}, in the middle of a part`),
  );
});

test('one altered byte is found wherever it stands', async () => {
  const { bytes } = whole;
  for (let at = magic.length; at < bytes.length; at += Math.ceil(bytes.length / 24)) {
    const altered = Buffer.from(bytes);
    altered.writeUInt8(altered.readUInt8(at) ^ 0x10, at);
    await refused(altered, /damaged|not whole|does not belong|cannot be understood/);
  }
});

test('bits that the packing leaves free are not free to alter', async () => {
  // The bit of Zstandard's frame header that means nothing (RFC 8878, 3.1.1.1.1.4), behind the packing's magic number.
  const altered = Buffer.from(whole.bytes);
  const at = magic.length + 17 + 4;
  altered.writeUInt8(altered.readUInt8(at) ^ 0x10, at);
  await refused(altered, /damaged in the part that begins at byte 21/);
});

test('what follows the end is refused', async () => {
  await refused(Buffer.concat([whole.bytes, Buffer.from('x')]), /not whole/);
  await refused(
    await rewritten((frames) => [...frames, written('manifest', {})]),
    /Something follows the end of the backup/,
  );
});

test('rows of an organisation that the file does not name are refused, with the table', async () => {
  const at = columnsOf('record').indexOf('organisation');
  const stranger = Buffer.from(newId().replaceAll('-', ''), 'hex');
  const foreign = withRows('record', (rows) =>
    rows.map((row) => row.map((value, column) => (column === at ? stranger : value))),
  );
  await refused(
    await rewritten(foreign),
    /Table "record" of the backup has 3 rows, and 3 of them are of no organisation that it names/,
  );
});

test.each([
  ['too few columns', withRows('comment', (rows) => rows.map((row, n) => (n === 1 ? row.slice(1) : row)))],
  ['no row at all', withBytes('comment', () => ({ bytes: Buffer.from('no row at all'), rows: 1 }))],
])('rows that are none (%s) are refused, with the table', async (_name, change) => {
  await refused(await rewritten(change), /The database does not take table "comment", row \d: /);
});

test('a length beyond the end is refused: it would eat what ends the rows', async () => {
  const short = withBytes('comment', (all) => ({ bytes: all.subarray(0, -1), rows: 3 }));
  await refused(await rewritten(short), /[Tt]able "comment"/);
});

test.each<[string, string, string, Buffer | null]>([
  ['text that is no UTF-8', 'comment', 'text', Buffer.of(0xc3, 0x28)],
  ['text with a zero byte', 'comment', 'text', Buffer.from('a\0b')],
  ['nothing where a value must be', 'record', 'title', null],
  ['an id of three bytes', 'record', 'owner', Buffer.of(1, 2, 3)],
  ['a moment of nine bytes', 'record', 'created_at', Buffer.alloc(9)],
  ['a moment after the end of time', 'record', 'created_at', Buffer.from('7ffffffffffffffe', 'hex')],
  ['JSON of another version', 'record', 'fields', Buffer.from('\x07{}')],
  ['JSON that is none', 'record', 'fields', Buffer.from('\x01{"a":')],
  ['words that are none', 'record_text', 'words', Buffer.from('ffffffff', 'hex')],
  ['a list of another type', 'member', 'roles', Buffer.from('000000010000000000000017', 'hex')],
])('%s is refused, with the table and the row', async (_name, table, column, value) => {
  expect(columnsOf(table)).toContain(column);
  await refused(
    await rewritten((frames) => withValue(table, column, value)(frames)),
    new RegExp(`The database does not take table "${table}", row 2: `),
  );
});

test('a row twice is refused', async () => {
  const twice = withRows('revision', (rows) => [...rows, ...rows]);
  await refused(await rewritten(twice), /does not take table "revision", row \d+: duplicate key/);
});

test('a row twice is refused too where keys are built at the end', async () => {
  const bytes = await rewritten(withRows('revision', (rows) => [...rows, ...rows]));
  await refused(bytes, /does not take the rows together: could not create unique index "revision_pkey"/, 0);
});

test('more rows than it says are refused', async () => {
  const more = withBytes('revision', (bytes) => ({ bytes, rows: 2 }));
  await refused(
    await rewritten(more),
    /Table "revision" of the backup has more rows than the 2 that it says/,
  );
});

test('an end of copying within the rows hides none of them', async () => {
  const ended = withBytes('link', (bytes) => ({
    bytes: Buffer.concat([Buffer.of(0xff, 0xff), bytes]),
    rows: 3,
  }));
  await refused(
    await rewritten(ended),
    /does not take table "link", row 1: received copy data after EOF marker/,
  );
});

test('a member of nobody is refused when the rows are held against each other', async () => {
  const nobody = withRows('person', () => []);
  await refused(await rewritten(nobody), /does not take table "member": .*violates foreign key/);
  await refused(await rewritten(nobody), /does not take the rows together: .*violates foreign key/, 0);
});

test('a table that is missing, twice, in another place or unknown is refused by name', async () => {
  const without = (frames: Made[]) => {
    const begin = frames.findIndex((frame) => frame.kind === 'table' && said(frame).table === 'comment');
    return frames.toSpliced(begin, 3);
  };
  await refused(await rewritten(without), /Table "comment" is missing at byte \d+/);
  const less = withHead((head) => ({
    ...head,
    tables: head.tables.filter(({ table }) => table !== 'approval'),
  }));
  await refused(await rewritten(less), /has no table "approval"/);
  const strange = withHead((head) => ({
    ...head,
    tables: [...head.tables, { table: 'pg_authid', columns: ['x'] }],
  }));
  await refused(await rewritten(strange), /has a table "pg_authid" that no release knows/);
  const twice = withHead((head) => ({ ...head, tables: [...head.tables, ...head.tables.slice(0, 1)] }));
  await refused(await rewritten(twice), /names a table twice/);
});

test('columns that the release does not have are refused by name', async () => {
  const other = withHead((head) => ({
    ...head,
    tables: head.tables.map((one) =>
      one.table === 'link' ? { ...one, columns: ['organisation"; drop table link; --'] } : one,
    ),
  }));
  await refused(await rewritten(other), /Table "link" of the backup has other columns than its release/);
});

test('a head of another shape, or an organisation that is none, is refused', async () => {
  const noted = withHead((head) => ({ ...head, scope: 'everything' }));
  await refused(await rewritten(noted), /cannot be understood \(scope/);
  const id = withHead((head) => ({
    ...head,
    organisations: [{ id: `${organisation}'::uuid or true --`, name: 'x' }],
  }));
  await refused(await rewritten(id), /cannot be understood \(organisations\.0\.id/);
  const order = withHead((head) => ({ ...head, migrations: head.migrations.toReversed() }));
  await refused(await rewritten(order), /in an order that no release has/);
});

test('a head that was exchanged does not fit the end', async () => {
  const named = withHead((head) => ({ ...head, product: '9.9.9' }));
  const bytes = await rewritten((frames) =>
    named(frames).map((frame) => (frame.kind === 'manifest' ? written('manifest', whole.manifest) : frame)),
  );
  await refused(bytes, /The end of the backup does not say what the backup holds/);
});

test('what unpacks to more than it says is not unpacked', async () => {
  const bytes = await rewritten((frames) => [
    { kind: 'head', rows: 0, payload: Buffer.alloc(200_000_000, 'x') },
    ...frames.slice(1),
  ]);
  const small = Buffer.from(bytes);
  // The length that the frame says it has, behind its kind and the length that is stored.
  small.writeUInt32BE(1_000, magic.length + 5);
  const stored = small.readUInt32BE(magic.length + 1);
  const begin = crc32(small.subarray(magic.length, magic.length + 13));
  small.writeUInt32BE(
    crc32(small.subarray(magic.length + 17, magic.length + 17 + stored), begin),
    magic.length + 13,
  );
  await refused(small, /damaged in the part that begins at byte 21/);
});

test('the whole file is still good', async () => {
  const restored = await files.restore(target, whole.path);
  expect(restored.manifest).toEqual(whole.manifest);
});
