import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Backups, backups, ownerPool } from '../../../test/backups.ts';
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
async function refused(bytes: Buffer, words: RegExp): Promise<void> {
  const path = files.path('hostile');
  writeFileSync(path, bytes);
  await expect(files.restore(target, path)).rejects.toThrow(words);
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

const said = ({ payload }: Made): { table?: string } => JSON.parse(payload.toString('utf8'));

/** Gives one table other rows, and counts and digests that fit them. */
function withRows(table: string, lines: (before: Buffer) => Buffer) {
  return (frames: Made[]): Made[] => {
    const begin = frames.findIndex((frame) => frame.kind === 'table' && said(frame).table === table);
    const payload = lines(frames[begin + 1]?.payload ?? Buffer.of());
    const digest = new RowDigest();
    const rows = digest.add(payload);
    const end = { table, rows, sha256: digest.digest() };
    const tables = whole.manifest.tables.map((one) => (one.table === table ? end : one));
    return frames.map((frame, at) => {
      if (at === begin + 1) return { kind: 'rows', rows, payload };
      if (at === begin + 2) return written('end', end);
      return frame.kind === 'manifest' ? written('manifest', { ...whole.manifest, tables }) : frame;
    });
  };
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

test('a newer format is told from what is no backup', async () => {
  const newer = Buffer.concat([Buffer.from('Throughline backup 2\n'), whole.bytes.subarray(magic.length)]);
  await refused(newer, /in a newer format than this release reads/);
});

test('a file that was cut off is refused wherever it was cut, and says where it ends', async () => {
  const { bytes } = whole;
  const cuts = [magic.length, magic.length + 5, bytes.length - 1];
  for (let part = 1; part < 12; part += 1) cuts.push(Math.floor((bytes.length * part) / 12));
  for (const cut of cuts) await refused(bytes.subarray(0, cut), /it is not whole/);
  const late = Math.floor(bytes.length * 0.6);
  await refused(bytes.subarray(0, late), new RegExp(`Table ".*", after row \\d+: .*at byte ${late}`));
});

test('one altered byte is found wherever it stands', async () => {
  const { bytes } = whole;
  for (let at = magic.length; at < bytes.length; at += Math.ceil(bytes.length / 24)) {
    const altered = Buffer.from(bytes);
    altered.writeUInt8(altered.readUInt8(at) ^ 0x10, at);
    await refused(altered, /damaged|not whole|does not belong|cannot be understood/);
  }
});

test('what follows the end is refused', async () => {
  await refused(Buffer.concat([whole.bytes, Buffer.from('x')]), /not whole/);
  await refused(
    await rewritten((frames) => [...frames, written('manifest', {})]),
    /Something follows the end of the backup/,
  );
});

test('rows of an organisation that the file does not name are refused, with the table', async () => {
  const foreign = (lines: Buffer) =>
    Buffer.from(lines.toString('utf8').replaceAll(organisation, newId()), 'utf8');
  await refused(
    await rewritten(withRows('record', foreign)),
    /Table "record" of the backup has 3 rows, and 3 of them are of no organisation that it names/,
  );
});

test('a row that cannot be kept is refused, with the table and the row', async () => {
  const broken = (lines: Buffer) => {
    const rows = lines.toString('utf8').split('\n');
    rows[1] = (rows[1] ?? '').replace(/\t[^\t]*$/, '');
    return Buffer.from(rows.join('\n'), 'utf8');
  };
  await refused(
    await rewritten(withRows('comment', broken)),
    /The database does not take table "comment", row 2: missing data for column/,
  );
});

test('a row twice is refused', async () => {
  const twice = (lines: Buffer) => Buffer.concat([lines, lines]);
  await refused(
    await rewritten(withRows('revision', twice)),
    /does not take table "revision", row \d+: duplicate key/,
  );
});

test('an end of copying within the rows hides none of them', async () => {
  const ended = (lines: Buffer) => Buffer.concat([Buffer.from('\\.\n'), lines]);
  await refused(await rewritten(withRows('link', ended)), /table "link"/i);
});

test('a member of nobody is refused when the rows are held against each other', async () => {
  const people = (frames: Made[]) => withRows('person', () => Buffer.of())(frames);
  await refused(await rewritten(people), /does not take the rows together: .*violates foreign key/);
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
  await refused(small, /damaged in the part that begins at byte 21/);
});

test('the whole file is still good', async () => {
  const restored = await files.restore(target, whole.path);
  expect(restored.manifest).toEqual(whole.manifest);
});
