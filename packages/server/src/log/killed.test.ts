import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { ensureWholeLog } from '../../test/log-tampering.ts';
import { openPublished, type TestSigning, testSigning } from '../../test/signing.ts';
import type { Context } from '../store/context.ts';
import { logKeys } from '../store/log-keys.ts';
import { ensureKey } from './ensure-key.ts';
import { lastSigned } from './last-signed.ts';
import { sequenceAll } from './sequencer.ts';
import { signAll } from './signer.ts';

const programs = resolve(import.meta.dirname, '../../test/programs');
const node = (program: string, words: string[]) =>
  spawn(process.execPath, [resolve(programs, program), ...words], { stdio: ['ignore', 'pipe', 'inherit'] });

let kernel: TestKernel;
const signings: TestSigning[] = [];
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(async () => {
  for (const signing of signings) signing.close();
  await kernel.close();
});

function directoryFor(of: TestKernel): TestSigning {
  const signing = testSigning(of.store, 'aims.example.org');
  signings.push(signing);
  return signing;
}
async function context(of: TestKernel): Promise<Context> {
  const organisation = await of.organisation();
  return of.context(organisation, await of.member(organisation, ['admin']));
}
async function write(of: TestKernel, ctx: Context, entries: number, takenBack = false): Promise<void> {
  await of.store.change(ctx, async (write) => {
    for (let n = 0; n < entries; n += 1)
      write.log({ act: 'token.revoked', token: ctx.organisation, roles: [] });
    if (takenBack) throw new Error('taken back');
  });
}
async function pending(of: TestKernel, organisation: string): Promise<number> {
  const { rows } = await of.store.owner.query<{ n: number }>(
    'select count(*)::int as n from entry_pending where organisation = $1',
    [organisation],
  );
  return rows[0]?.n ?? 0;
}
/** Until what a dead process had open has fallen, and everything has its place. */
async function placeAll(of: TestKernel, organisation: string): Promise<void> {
  while ((await pending(of, organisation)) > 0) await sequenceAll(of.store);
}
async function dieAt(of: TestKernel, ctx: Context, signing: TestSigning, step: string): Promise<void> {
  const words = [JSON.stringify(of.database.app), ctx.organisation, signing.directory, step];
  const child = node('log-until-step.ts', words);
  await once(child, 'close');
  expect([step, child.signalCode]).toEqual([step, 'SIGKILL']);
}

const steps = [
  ...['locked', 'taken', 'leaves', 'tiles', 'head', 'committed'].map((step) => `place ${step}`),
  ...['checked', 'recorded', 'signed', 'published'].map((step) => `sign ${step}`),
];
test.each(steps)(
  'killed at "%s" the log goes on whole, and nothing else was signed',
  { timeout: 60_000 },
  async (step) => {
    const signing = signings[0] ?? directoryFor(kernel);
    await ensureKey(signing);
    const ctx = await context(kernel);
    await write(kernel, ctx, 300);
    await placeAll(kernel, ctx.organisation);
    await signAll(signing);
    await write(kernel, ctx, 500);
    await dieAt(kernel, ctx, signing, step);
    const between = await lastSigned(signing.directory, ctx.organisation);
    expect([300, 800]).toContain(between?.size);
    // The lock of a signer that died falls with its connection, which may outlive it for a moment.
    const signedUpTo = async (size: number) => {
      await placeAll(kernel, ctx.organisation);
      await signAll(signing);
      while ((await openPublished(kernel.store, ctx.organisation)).size !== size) {
        await pause(20);
        await signAll(signing);
      }
    };
    await signedUpTo(800);
    expect((await ensureWholeLog(kernel.store, ctx.organisation)).size).toBe(800);
    await write(kernel, ctx, 5);
    await signedUpTo(805);
    expect((await ensureWholeLog(kernel.store, ctx.organisation)).size).toBe(805);
    expect(signing.told).toEqual([]);
  },
);

test.each(['key made', 'key registered', 'key committed'])(
  'killed at "%s" there is one key in the end, and it signs',
  { timeout: 60_000 },
  async (step) => {
    const own = await testKernel();
    try {
      const signing = directoryFor(own);
      const ctx = await context(own);
      await write(own, ctx, 3);
      await dieAt(own, ctx, signing, step);
      expect(await ensureKey(signing)).toBe(true);
      expect(await own.store.asOwner(logKeys)).toHaveLength(1);
      expect(readdirSync(signing.directory).filter((name) => name.endsWith('.pem'))).toHaveLength(1);
      await placeAll(own, ctx.organisation);
      expect(await signAll(signing)).toBe(1);
      await ensureWholeLog(own.store, ctx.organisation);
    } finally {
      await own.close();
    }
  },
);

/** What a node says, line by line as it comes. */
function linesOf(child: ReturnType<typeof node>): string[] {
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return lines;
}
/** Tokens that a node said to have written: each named by one entry. */
const toldBy = (lines: readonly string[]) =>
  lines.filter((line) => line.startsWith('wrote ')).flatMap((line) => line.split(' ').slice(1));

test('three nodes that all write, connections cut in mid batch and a node killed: each entry once, one tree, one key', {
  timeout: 120_000,
}, async () => {
  const own = await testKernel();
  const three = [directoryFor(own), directoryFor(own), directoryFor(own)];
  const ctx = await context(own);
  const changes = 100;
  const children = three.map(({ directory }) =>
    node('node-until-killed.ts', [
      JSON.stringify(own.database.app),
      directory,
      JSON.stringify(ctx),
      String(changes),
    ]),
  );
  const said = children.map(linesOf);
  const has = (lines: readonly string[], word: string) => lines.includes(word);
  try {
    while (!said.every((lines) => has(lines, 'ready'))) await pause(20);
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name like 'throughline owner%' and state <> 'idle'`;
    // The one with the key lives on: what it alone can do is asked of it. The one that is killed is in mid writing.
    const killed = await bareNode(three);
    const survivors = said.filter((_, at) => at !== killed);
    for (let n = 0; !survivors.every((lines) => has(lines, 'written')); n += 1) {
      await own.store.owner.query(cut);
      if (n === 3) children[killed]?.kill('SIGKILL');
      // Beside the nodes, a writer that takes most of its changes back.
      const fallen = write(own, ctx, 20, n % 4 !== 0);
      await (n % 4 === 0 ? fallen : expect(fallen).rejects.toThrow('taken back'));
      await pause(30);
    }
    // Where the others were quick it still writes; and what it sent last ends with its sessions, after the process.
    const gone = children[killed];
    gone?.kill('SIGKILL');
    await expect
      .poll(async () => {
        const { rows } = await own.store.owner.query(
          'select from pg_stat_activity where datname = current_database() and application_name like $1',
          [`throughline% ${gone?.pid}`],
        );
        return rows.length;
      })
      .toBe(0);
    const told = said.flatMap(toldBy);
    expect(survivors.map((lines) => toldBy(lines).length)).toEqual([3 * changes, 3 * changes]);
    const { rows } = await own.store.owner.query<{ token: string; times: number }>(
      `select convert_from(body, 'UTF8')::jsonb->>'token' as token, count(*)::int as times from entry
        where organisation = $1 and act = 'token.revoked' group by 1`,
      [ctx.organisation],
    );
    const fromHere = rows.filter(({ token }) => token === ctx.organisation);
    const times = new Map(rows.filter((row) => !fromHere.includes(row)).map((row) => [row.token, row.times]));
    expect(told.filter((token) => times.get(token) !== 1)).toEqual([]);
    // What the killed node committed and could not tell any more: one change, whole, or nothing.
    expect([0, 3]).toContain(times.size - told.length);
    const entries = times.size + (fromHere[0]?.times ?? 0);
    for (;;) {
      const found = await own.store.owner.query<{ size: string }>(
        'select size from log_checkpoint where organisation = $1',
        [ctx.organisation],
      );
      if (Number(found.rows[0]?.size) >= entries) break;
      await pause(50);
    }
    expect((await ensureWholeLog(own.store, ctx.organisation)).size).toBe(entries);
    expect(await own.store.asOwner(logKeys)).toHaveLength(1);
    const held = three.map(({ directory }) => readdirSync(directory).length > 0);
    expect(held.filter(Boolean)).toHaveLength(1);
    expect(said.flat().filter((line) => line.startsWith('refused'))).toEqual([]);
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await Promise.all(children.map((child) => child.exitCode ?? child.signalCode ?? once(child, 'close')));
    await own.close();
  }
});

async function bareNode(three: readonly TestSigning[]): Promise<number> {
  const at = three.findIndex(({ directory }) => readdirSync(directory).length === 0);
  if (at < 0) throw new Error('Every node has a key');
  return at;
}
