import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogVerificationWire } from '@throughline/domain/wire-log.ts';
import { parseKey } from '@throughline/tlog/key.ts';
import type { HeldCheckpoint } from '@throughline/tlog/verify-held.ts';
import { type LogReport, verifyLog } from '@throughline/tlog/verify-log.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSumdb } from '../../../tlog/test/sumdb.ts';
import { addressOf } from '../../test/address.ts';
import { type Ran, runCommand } from '../../test/command-line.ts';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { asAttacker } from '../../test/log-tampering.ts';
import { inventory, withoutInventory } from '../../test/samples.ts';
import { keyedSigning, type TestSigning } from '../../test/signing.ts';
import { ed25519Verify } from '../log/signer.ts';
import { newId } from '../store/ids.ts';
import { addOrganisation } from '../store/organisations.ts';
import { sha256 } from '../store/sha256.ts';

/** The log of an organisation that imported a real inventory, held against an implementation that is not ours. */
const sumdb = buildSumdb();

describe.skipIf(withoutInventory)('the log of an imported inventory', { timeout: 120_000 }, () => {
  let kernel: TestKernel;
  let organisation: string;
  let signing: TestSigning;
  let directory: string;
  let exported: { size: number; origin: string };
  const log = () => join(directory, 'log');

  beforeAll(async () => {
    kernel = await testKernel();
    organisation = newId();
    const actor = { type: 'rule', rule: 'operator' } as const;
    await kernel.store.change(kernel.context(organisation, actor), (write) =>
      addOrganisation(write, { name: 'Harbour Mutual', timeZone: 'Europe/Dublin' }),
    );
    signing = await keyedSigning(kernel.store, 'aims.example.org');
    directory = mkdtempSync(join(tmpdir(), 'throughline-independent-'));
    const imported = await run('import', inventory, '--kind', 'use-case', '--json');
    if (imported.code !== 0) throw new Error(`The inventory was not imported: ${imported.err}`);
    exported = await exportTo(log());
  }, 120_000);
  afterAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    sumdb?.close();
    signing.close();
    await kernel.close();
  });

  const run = (...words: string[]): Promise<Ran> =>
    runCommand(['--organisation', 'Harbour Mutual', ...words], {
      DATABASE_URL: addressOf(kernel.database.app),
      LOG_KEY_DIR: signing.directory,
      PUBLIC_URL: 'https://aims.example.org',
    });

  async function exportTo(path: string): Promise<{ size: number; origin: string }> {
    const ran = await run('log', 'export', path, '--json');
    if (ran.code !== 0) throw new Error(`The log was not exported: ${ran.err}`);
    return JSON.parse(ran.out);
  }

  const keyOf = (path: string): string => readFileSync(join(path, 'key'), 'utf8').split('\n')[0] ?? '';

  const independently = (path: string) => sumdb?.run(['verify', path, keyOf(path)]);

  async function ourselves(path: string, held: readonly HeldCheckpoint[] = []): Promise<LogReport> {
    const found = await readdir(path, { recursive: true, withFileTypes: true });
    const paths = found
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1));
    const read = async (file: string) => (paths.includes(file) ? readFile(join(path, file)) : null);
    const key = parseKey(sha256, keyOf(path));
    return verifyLog({ read, list: () => paths }, { sha256, verify: ed25519Verify, key, held });
  }

  /** Turns over one bit of a file of the export, looks, and puts it back. */
  async function withFlipped(path: string, at: number, look: () => Promise<void>): Promise<void> {
    const file = join(log(), path);
    const before = readFileSync(file);
    const altered = Buffer.from(before);
    altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
    writeFileSync(file, altered);
    try {
      await look();
    } finally {
      writeFileSync(file, before);
    }
  }

  test('has an entry for every record of it, and more', () => {
    expect(exported.size).toBeGreaterThan(2 * 2_133);
    expect(exported.origin).toMatch(/^aims\.example\.org\/log\//);
  });

  test('verifies with our own verifier, nothing missing and nothing too much', async () => {
    const report = await ourselves(log());
    expect([report.faults, report.checkpoint?.size]).toEqual([[], exported.size]);
  });

  test.skipIf(!sumdb)('verifies with the Go project’s sumdb/note and sumdb/tlog', () => {
    const bundles = Math.ceil(exported.size / 256);
    expect(independently(log())).toEqual({
      code: 0,
      output: expect.stringMatching(
        new RegExp(`^OK entries=${exported.size} bundles=${bundles} proofs=\\d+$`),
      ),
    });
  });

  test.skipIf(!sumdb).each([
    ['an entry', 'tile/entries/003', 700, 'entry-differs'],
    ['a hash of an entry', 'tile/0/007', 4_000, 'tile-differs'],
    ['the root', 'checkpoint', 80, 'unsigned'],
  ])('one altered bit in %s is found by both', async (_, path, at, code) => {
    await withFlipped(path, at, async () => {
      expect(independently(log())).toMatchObject({ code: 1, output: expect.stringMatching(/^FAIL /) });
      const { faults } = await ourselves(log());
      expect(faults[0]).toMatchObject({ path, code });
    });
  });

  /** What `log verify` says, with the place of each fault: table and column, record and version, entry. */
  async function verified(): Promise<{ code: number; records: number; faults: string[] }> {
    const ran = await run('log', 'verify', '--json');
    const { report }: LogVerificationWire = JSON.parse(ran.out);
    const faults = report.faults.map(({ fault, table, column, ref, version, entries }) =>
      [fault, table, column, ref, version, entries?.start].filter((part) => part != null).join(' '),
    );
    return { code: ran.code, records: report.records, faults };
  }

  async function one(text: string): Promise<string> {
    const { rows } = await kernel.store.owner.query<{ one: string }>(text, [organisation]);
    return String(rows[0]?.one);
  }

  test('verifies over the database with every record of it, and nothing is found', async () => {
    expect(await verified()).toEqual({ code: 0, records: 2 * 2_133, faults: [] });
  });

  test('names the one version, and the one import, that were changed in the database', async () => {
    const entry = await one(
      `select f.index as one from log_leaf f join revision v on v.organisation = f.organisation and v.entry = f.entry
        join record r on r.organisation = v.organisation and r.id = v.record
        where f.organisation = $1 and r.kind = 'use-case' and r.number = 1234 and v.version = 1`,
    );
    const applied = await one(
      `select f.index as one from log_leaf f join entry e on e.organisation = f.organisation and e.id = f.entry
        where f.organisation = $1 and e.act = 'import.applied'`,
    );
    const counts = await one('select counts::text as one from import where organisation = $1');
    const set = (text: string): [string, unknown[]] => [text, [organisation]];
    await asAttacker(
      kernel.store,
      set(`update revision v set fields = v.fields || '{"name":"Another"}' from record r where v.organisation = $1
        and r.organisation = $1 and r.id = v.record and r.kind = 'use-case' and r.number = 1234`),
      set(`update import set counts = jsonb_set(counts, '{added}', '7') where organisation = $1`),
    );
    const found = await verified();
    expect([found.code, [...found.faults].sort()]).toEqual([
      12,
      [
        `content-differs revision fields, links, salt, schema UC-1234 1 ${entry}`,
        'record-differs record fields UC-1234 1',
        'record-differs record k1 UC-1234 1',
        'record-differs record title UC-1234 1',
        `row-differs import file_digest, analysis, counts ${applied}`,
        `row-differs revision k1 UC-1234 1 ${entry}`,
      ].sort(),
    ]);
    await asAttacker(
      kernel.store,
      set(`update revision v set fields = r.fields from record r where v.organisation = $1 and r.organisation = $1
        and r.id = v.record and r.kind = 'use-case' and r.number = 1234`),
      [`update import set counts = $2 where organisation = $1`, [organisation, counts]],
    );
    expect((await verified()).faults).toEqual([]);
  });

  test('goes on from what was exported before, as both say', async () => {
    const { checkpoint } = await ourselves(log());
    if (!checkpoint) throw new Error('no checkpoint');
    const again = await run('import', inventory, '--kind', 'use-case', '--json');
    expect(again.code).toBe(0);
    const later = join(directory, 'later');
    const { size } = await exportTo(later);
    const report = await ourselves(later, [checkpoint]);
    expect([report.faults, report.checkpoint?.size]).toEqual([[], size]);
    if (sumdb) expect(independently(later)?.output).toContain(`OK entries=${size} `);
  });
});
