import { createHash } from 'node:crypto';
import type { Actor } from '@throughline/domain/actor.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { drawPosition, populationText } from '@throughline/domain/sampling.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestKernel, testKernel } from '../../../test/kernel.ts';
import { sequenceAll } from '../../log/sequencer.ts';
import { createRecord } from '../../records/create-record.ts';
import { readRecord } from '../../records/read-record.ts';
import { archiveRecord } from '../../records/transition-record.ts';
import { type DrawInput, drawWalk } from './draw-walk.ts';
import { keepWalk } from './keep-walk.ts';

let kernel: TestKernel;
let organisation: string;
let auditor: Actor & { type: 'person' };
let systems: string[];
beforeAll(async () => {
  kernel = await testKernel();
});
afterAll(() => kernel.close());
beforeEach(async () => {
  organisation = await kernel.organisation();
  auditor = await kernel.member(organisation, ['internal-auditor']);
  systems = [];
  const manager = await kernel.member(organisation, ['aims-manager']);
  for (const name of ['Triage', 'Fraud', 'Pricing', 'Pricing'])
    systems.push(
      (
        await createRecord(kernel.services, as(manager), registry.get('system'), {
          patch: { fields: { name } },
        })
      ).id,
    );
});

const as = (actor: Actor) => kernel.context(organisation, actor);
const draw = (input: DrawInput, actor: Actor = auditor) => drawWalk(kernel.services, as(actor), input);
const fromRegister = (seed: string | null, filter = ''): DrawInput => ({ from: 'register', filter, seed });
const outside = (rows: readonly string[], seed: string | null = 'seed'): DrawInput => ({
  from: 'outside',
  population: 'procurement-ledger',
  note: 'Orders of the year',
  rows,
  seed,
});
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest();
const fieldsOf = async (ref: string) =>
  (await readRecord(kernel.services, { organisation, actor: auditor, kind: registry.get('walk'), ref }))
    .record.content.fields;

test('the same seed on the same population draws the same system, and anyone can work it out again', async () => {
  const drawn = [await draw(fromRegister('a seed')), await draw(fromRegister('a seed'))];
  expect(drawn[0]?.system?.id).toBe(drawn[1]?.system?.id);
  const again = [...systems].sort()[drawPosition('a seed', systems.length, sha256)];
  expect(drawn[0]).toMatchObject({ population: 4, seed: 'a seed', system: { id: again }, row: null });
  // A second draw is kept beside the first, never in its place.
  expect(drawn[0]?.walk.id).not.toBe(drawn[1]?.walk.id);
});

test('without a seed it is the newest entry of the log, which nobody chose', async () => {
  await sequenceAll(kernel.store);
  const { rows } = await kernel.store.owner.query<{ index: string; hash: Buffer }>(
    'select index, hash from log_leaf where organisation = $1 order by index desc limit 1',
    [organisation],
  );
  const leaf = `${rows[0]?.index} ${rows[0]?.hash.toString('hex')}`;
  const { seed } = await draw(fromRegister(null));
  expect(seed).toBe(sha256(leaf).toString('hex').slice(0, 32));
  await sequenceAll(kernel.store);
  expect((await draw(fromRegister(null))).seed).not.toBe(seed);
});

test('the record of a draw names its population so that the list can be held against it', async () => {
  const drawn = await draw(fromRegister('x'));
  const fields = await fieldsOf(drawn.walk.id);
  const digest = sha256(populationText([...systems].sort())).toString('hex');
  expect(fields).toMatchObject({
    population: 'register',
    populationSize: 4,
    populationDigest: digest,
    seed: 'x',
    drawnBy: auditor.member,
    drawnItem: `SYS-${drawn.system?.number}`,
  });
  const { rows } = await kernel.store.owner.query<{ body: Buffer }>(
    "select body from entry where organisation = $1 and act = 'walk.drawn'",
    [organisation],
  );
  expect(JSON.parse(rows[0]?.body.toString('utf8') ?? '')).toMatchObject({
    walk: drawn.walk.id,
    population: 4,
    digest,
    seed: 'x',
  });
});

test('archived systems and what a filter leaves out are never drawn; from nothing nothing is drawn', async () => {
  const manager = await kernel.member(organisation, ['aims-manager']);
  for (const ref of systems.slice(1))
    await archiveRecord(kernel.services, as(manager), registry.get('system'), { ref, version: null });
  for (let n = 0; n < 8; n += 1) expect((await draw(fromRegister(`seed ${n}`))).system?.id).toBe(systems[0]);
  await expect(draw(fromRegister('x', 'title=Fraud'))).rejects.toMatchObject({ code: 'conflict' });
  await expect(draw(fromRegister('x', 'colour=red'))).rejects.toMatchObject({ code: 'unprocessable' });
  await expect(draw(outside(['', '   ']))).rejects.toMatchObject({ code: 'conflict' });
});

test('a row from outside is a system by its ref or by a name that is one system’s alone; else the register lacks it', async () => {
  const found = async (row: string) => {
    const { system, row: drawn } = await draw(outside([row]));
    expect(drawn).toBe(row.trim());
    return system?.id ?? null;
  };
  expect(await found('  fraud ')).toBe(systems[1]);
  expect(await found('sys-1')).toBe(systems[0]);
  expect(await found('Pricing')).toBeNull();
  expect(await found('Shadow chatbot')).toBeNull();
  expect(await found("'; drop table record; --")).toBeNull();
  const { walk } = await draw(outside(['Shadow chatbot']));
  expect(walk.title).toBe('Walk of Shadow chatbot');
  expect(await fieldsOf(walk.id)).toMatchObject({
    population: 'procurement-ledger',
    drawnItem: 'Shadow chatbot',
  });
});

test('who may not make a walk draws none, and nothing is kept of the try', async () => {
  const reader = await kernel.member(organisation, ['reader']);
  await expect(draw(fromRegister('x'), reader)).rejects.toMatchObject({ code: 'forbidden' });
  const { rows } = await kernel.store.owner.query(
    "select 1 from record where organisation = $1 and kind = 'walk'",
    [organisation],
  );
  expect(rows).toEqual([]);
});

test('a token walks no line', async () => {
  const { walk } = await draw(fromRegister('x'));
  const token = { type: 'token', token: walk.id, roles: ['aims-manager'] } as const;
  const walked = keepWalk(kernel.services, as(token), walk.id, {
    seconds: 60,
    pauses: [],
    stations: [],
    note: '',
  });
  await expect(walked).rejects.toMatchObject({ code: 'forbidden' });
});

test('draws are fair: over many seeds every place comes about equally often', () => {
  for (const population of [2, 3, 7, 10]) {
    const counts = new Array<number>(population).fill(0);
    const draws = 3_000;
    for (let n = 0; n < draws; n += 1) {
      const position = drawPosition(`seed ${n}`, population, sha256);
      counts[position] = (counts[position] ?? 0) + 1;
    }
    const expected = draws / population;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // The seeds are fixed, so this is one number; the bound is the 0.999 quantile for nine degrees of freedom.
    expect(chiSquare).toBeLessThan(27.9);
  }
});

test('numbers that would favour the first places are drawn again', () => {
  const rounds: string[] = [];
  const digest = (text: string) => {
    rounds.push(text);
    return rounds.length === 1 ? Buffer.alloc(32, 0xff) : Buffer.from([0, 0, 0, 0, 0, 4]);
  };
  expect(drawPosition('s', 3, digest)).toBe(1);
  expect(rounds).toEqual(['s#0', 's#1']);
  for (const nothing of [0, -1, 1.5, Number.NaN])
    expect(() => drawPosition('s', nothing, digest)).toThrow(RangeError);
});

test('a walk that is kept is under way with its words as conclusion; concluding stays a step of its own', async () => {
  const { walk } = await draw(fromRegister('x'));
  const kept = await keepWalk(kernel.services, as(auditor), walk.id, {
    seconds: 40,
    pauses: [{ at: '2026-11-21T10:00:00Z', seconds: 60 }],
    stations: [
      { station: 'scope', seen: 'seen', known: 'holds', note: '' },
      { station: 'risk', seen: 'gap', known: 'holds', note: 'No owner was named' },
      { station: 'policy', seen: 'not-looked-at', known: 'gap', note: '' },
    ],
    note: 'Two of three were shown.',
  });
  expect(kept.state).toBe('under-way');
  const fields = await fieldsOf(walk.id);
  expect(fields).toMatchObject({
    conclusion: 'Two of three were shown.',
    seconds: 40,
    gaps: 1,
    walker: auditor.member,
  });
  expect(fields).not.toHaveProperty('followUp');
  // The pause lies between begin and end, and counts for no second of the walk.
  expect(Date.parse(String(fields.endedAt)) - Date.parse(String(fields.startedAt))).toBe(100_000);
  expect(fields.stations).toEqual([
    { station: 'scope', verdict: 'holds', convincing: 'yes' },
    { station: 'risk', verdict: 'holds', convincing: 'no', note: 'No owner was named' },
    { station: 'policy', verdict: 'gap' },
  ]);
  // Kept again, as after a second look: it stays under way.
  const again = await keepWalk(kernel.services, as(auditor), walk.id, {
    seconds: 50,
    pauses: [],
    stations: [],
    note: '',
  });
  expect(again.state).toBe('under-way');
});
