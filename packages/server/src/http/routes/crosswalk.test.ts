import type {
  CrosswalkWire,
  FrameworkCoverageWire,
  GapProgressWire,
  OverlapsWire,
} from '@throughline/domain/wire-crosswalk.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { linked } from '../../../test/linked.ts';

let server: TestServer;
let manager: Agent;
let reader: Agent;
const systems: string[] = [];
let shared = '';
let perSystem = '';

async function made(
  collection: string,
  fields: object,
  links: Record<string, string | string[]> = {},
): Promise<string> {
  const answer = await manager.send('POST', `/${collection}`, { fields, links: linked(links) });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json().record.id;
}
const step = async (at: string, transition: string) => {
  const { version } = (await manager.send('GET', at)).json();
  const answer = await manager.send('POST', `${at}/transitions`, { transition }, ifMatch(version));
  expect(answer.statusCode, answer.body).toBe(200);
};
async function inPlace(control: string, system?: string): Promise<void> {
  const id = await made(
    'implementations',
    { name: 'As done', owner: manager.id, howItWorks: 'By the book', inPlaceSince: '2026-01-01' },
    { control, ...(system ? { system } : {}) },
  );
  await step(`/implementations/${id}`, 'complete');
}
const coverage = async (framework: string, who = reader): Promise<FrameworkCoverageWire> =>
  (await who.send('GET', `/coverage?framework=${framework}`)).json();
const item = (found: FrameworkCoverageWire, id: string) => found.rows.find((row) => row.item === id);

beforeAll(async () => {
  ({ server, manager, reader } = await staffedServer());
  shared = await made('controls', {
    code: 'C-1',
    name: 'Policy',
    item: 'A.5.2',
    implementedAt: 'organisation',
  });
  perSystem = await made('controls', {
    code: 'C-2',
    name: 'Effects',
    item: 'A.5.3',
    implementedAt: 'system',
  });
  for (const control of [shared, perSystem]) {
    const { state } = (await manager.send('GET', `/controls/${control}`)).json();
    if (state !== 'adopted') await step(`/controls/${control}`, 'adopt');
  }
  for (const name of ['One', 'Two']) systems.push(await made('systems', { name }));
});
afterAll(() => closeUnfailed(server));

test('the crosswalk says basis, confidence and what a relation means, and carries no verdict', async () => {
  const found: CrosswalkWire = (await reader.send('GET', '/crosswalk')).json();
  expect(found.rule).toContain('suggests');
  expect(found.frameworks.map(({ id }) => id)).toEqual(['nist-ai-rmf', 'eu-ai-act', 'iso27001']);
  expect(found.rows.find(({ id }) => id === 'EX077')).toMatchObject({
    framework: 'eu-ai-act',
    from: '6.1.4',
    to: 'Art. 27',
    relation: 'intersects',
    confidence: 'medium',
    means: expect.stringContaining('overlap'),
    note: expect.stringContaining('FRIA'),
  });
  for (const row of found.rows) expect(row.basis.length).toBeGreaterThan(0);
  expect(JSON.stringify(found.rows)).not.toMatch(/"(met|covered|verdict)"/);
});

test('evidence for a control is suggested to where the crosswalk leads, and changes nothing there', async () => {
  const evidence = await made('evidence', { name: 'Assessment of effects' }, { controls: perSystem });
  const before = await coverage('eu-ai-act');
  const reuse: CrosswalkWire = (await reader.send('GET', `/evidence/${evidence}/reuse`)).json();
  expect(reuse.rows.map(({ to }) => to)).toContain('Art. 27');
  for (const { from } of reuse.rows) expect(from).toBe('A.5.3');
  expect(item(before, 'Art. 27')).toMatchObject({ evidence: 1, least: 0, duties: null });
  const crosswalk: CrosswalkWire = (await reader.send('GET', '/crosswalk')).json();
  expect(crosswalk.rows.find(({ from }) => from === 'A.5.3')?.evidence).toBe(1);
  expect(await coverage('eu-ai-act')).toEqual(before);
});

test('coverage counts running systems, once for the organisation or on each, and requirements beside them', async () => {
  expect(item(await coverage('iso42001'), 'A.5.2')).toMatchObject({
    least: 0,
    through: [{ control: 'A.5.2' }],
  });
  await inPlace(shared);
  const none = await coverage('iso42001');
  expect(none.systems).toBe(0);
  await made('obligations', { name: 'FRIA', source: 'law', item: 'OB-27' }, { system: systems[0] ?? '' });
  expect(item(await coverage('eu-ai-act'), 'Art. 27')?.duties).toEqual({
    records: 1,
    systems: 1,
    met: 0,
    unowned: 1,
  });
  expect((await reader.send('GET', '/coverage?framework=itil')).statusCode).toBe(422);
});

test('requirements that ask for the same have one owner named in one act, and others refer to it', async () => {
  const law = await made('obligations', {
    name: 'Logs by law',
    source: 'law',
    item: 'A.6.2.8',
    owner: manager.id,
  });
  const contract = await made('obligations', {
    name: 'Logs by contract',
    source: 'contract',
    item: 'A.6.2.8',
  });
  const read = async (): Promise<OverlapsWire> => (await reader.send('GET', '/obligations/overlaps')).json();
  const group = (found: OverlapsWire) =>
    found.groups.find(({ members }) => members.some(({ record }) => record.id === law));
  expect(group(await read())).toMatchObject({ open: 'none', primary: null, grounds: [{ type: 'item' }] });
  const send = (primary: string, others: string[]) =>
    manager.send('POST', '/obligations/overlaps', { primary, others });
  expect((await send(contract, [law])).json().detail).toContain('Nobody answers');
  expect((await send(law, [law])).statusCode).toBe(409);
  const named = await send(law, [contract]);
  expect(named.statusCode, named.body).toBe(200);
  expect(group(named.json())).toMatchObject({ open: null, primary: { id: law } });
  const again = await send(law, [contract]);
  expect(group(again.json())?.members.map(({ refersTo }) => refersTo === null)).toEqual([true, false]);
  const { fields } = (await manager.send('GET', `/obligations/${contract}`)).json();
  expect(fields).not.toHaveProperty('metOn');
  expect(
    (await reader.send('POST', '/obligations/overlaps', { primary: law, others: [contract] })).statusCode,
  ).toBe(403);
});

test('requirements of two systems are owed each for its own', async () => {
  const [one, other] = await Promise.all(
    systems.map((system) =>
      made(
        'obligations',
        { name: 'Oversight', source: 'law', item: 'OB-26-2', owner: manager.id },
        { system },
      ),
    ),
  );
  const all: OverlapsWire = (await reader.send('GET', '/obligations/overlaps')).json();
  expect(JSON.stringify(all)).not.toContain(String(one));
  const answer = await manager.send('POST', '/obligations/overlaps', { primary: one, others: [other] });
  expect(answer.json().detail).toContain('different systems');
  expect((await reader.send('GET', '/obligations/overlaps?system=SYS-999')).statusCode).toBe(404);
  const ofOne = await reader.send('GET', `/obligations/overlaps?system=${systems[0]}`);
  expect(ofOne.statusCode).toBe(200);
});

test('a baseline is counted once at a place in the log, and progress against it is worked out', async () => {
  const id = await made('gap-analyses', {
    name: 'Towards the audit',
    measures: 'iso42001',
    owner: manager.id,
  });
  const at = `/gap-analyses/${id}`;
  const typed = { baselineOn: '2020-01-01', baselineAt: 1, baseline: [{ item: 'A.5.3', state: 'in-place' }] };
  for (const [part, value] of Object.entries(typed)) {
    const answer = await manager.send('PATCH', at, { fields: { [part]: value } }, ifMatch(1));
    expect([part, answer.statusCode]).toEqual([part, 422]);
  }
  const frozen = await manager.send('POST', `${at}/baseline`, {}, ifMatch(1));
  expect(frozen.statusCode, frozen.body).toBe(200);
  const first: GapProgressWire = frozen.json();
  expect(first.items).toHaveLength(38);
  expect(first.baselineOn).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(first.baselineAt).toBeGreaterThanOrEqual(-1);
  const twice = await manager.send('POST', `${at}/baseline`, {}, ifMatch(2));
  expect(twice.json().detail).toContain('The baseline stands');
  // What is counted once is not counted again by undoing it.
  const undone = await manager.send('POST', `${at}/undo`, { version: 2 }, ifMatch(2));
  expect(undone.statusCode, undone.body).toBe(422);
  const targets = [
    { item: 'A.5.3', state: 'partly', due: '2099-01-31', owner: manager.id },
    { item: 'A.9.2', state: 'in-place', due: '2099-01-31' },
  ];
  const double = await manager.send(
    'PATCH',
    at,
    { fields: { targets: [...targets, ...targets] } },
    ifMatch(2),
  );
  expect(double.json().errors).toMatchObject([{ message: '"A.5.3" has two targets.' }]);
  const early = [{ item: 'A.5.3', state: 'partly', due: '2020-01-31' }];
  const refused = await manager.send('PATCH', at, { fields: { targets: early } }, ifMatch(2));
  expect(refused.json().errors).toMatchObject([
    { at: 'fields.targets', message: expect.stringContaining('before the baseline') },
  ]);
  const none = [{ item: 'A.99', state: 'partly', due: '2099-01-31' }];
  const unknown = await manager.send('PATCH', at, { fields: { targets: none } }, ifMatch(2));
  expect(unknown.json().errors).toEqual([
    {
      at: 'fields.targets.0.item',
      message: expect.stringContaining('Annex A of ISO/IEC 42001 has no "A.99".'),
    },
  ]);
  expect((await manager.send('PATCH', at, { fields: { targets } }, ifMatch(2))).statusCode).toBe(200);
  const task = await made(
    'tasks',
    { name: 'Write how AI is used', rule: 'A.9.2', due: '2026-12-01', assignee: manager.id },
    { concerns: id },
  );
  const read = async (): Promise<GapProgressWire> => (await reader.send('GET', `${at}/progress`)).json();
  const before = await read();
  expect(before.counts).toEqual({ targets: 2, reached: 0, over: 0, unplanned: 1, forward: 0, back: 0 });
  expect(before.items.find((one) => one.item === 'A.9.2')).toMatchObject({
    stands: 'open',
    tasks: [{ record: { id: task }, due: '2026-12-01', done: false }],
  });
  await made('implementations', { name: 'Planned' }, { control: perSystem, system: systems[0] ?? '' });
  await inPlace(perSystem);
  const after = await read();
  expect(after.items.find((one) => one.item === 'A.5.3')).toMatchObject({
    before: { state: 'not-there' },
    now: { state: 'partly' },
    stands: 'reached',
    moved: 'forward',
  });
  expect(after.counts).toMatchObject({ reached: 1, over: 0, unplanned: 0, forward: 1 });
  // What falls short has an owner and a day, or stays as it is for a reason; closed, nothing is counted or set.
  const close = async (fields: object) => {
    const { version } = (await manager.send('GET', at)).json();
    return manager.send('POST', `${at}/transitions`, { transition: 'close', fields }, ifMatch(version));
  };
  const bare = await close({ conclusion: 'The audit came.' });
  expect([bare.statusCode, bare.json().detail]).toEqual([
    409,
    expect.stringMatching(/^A\.2\.2, .* and \d+ more fall short and have no target with an owner and a day/),
  ]);
  for (const untargetedReason of ['n/a', 'ok', 'because'])
    expect((await close({ conclusion: 'The audit came.', untargetedReason })).statusCode).toBe(409);
  const concluded = await close({ conclusion: 'ok', untargetedReason: 'The rest waits for the next year' });
  expect([concluded.statusCode, concluded.json().detail]).toEqual([
    409,
    'Say in “Conclusion” what came of it, in a sentence.',
  ]);
  const closed = await close({
    conclusion: 'The audit came.',
    untargetedReason: 'The rest waits for the next year',
  });
  expect(closed.statusCode, closed.body).toBe(200);
  const again = await manager.send('POST', `${at}/baseline`, {}, ifMatch(closed.json().record.version));
  expect(again.json().detail).toContain('closed');
  const moved = { fields: { targets: [], conclusion: 'The audit came and went.' } };
  const later = await manager.send('PATCH', at, moved, ifMatch(closed.json().record.version));
  expect([later.statusCode, later.json().errors?.map((one: { at: string }) => one.at)]).toEqual([
    422,
    ['fields.targets'],
  ]);
  expect(later.json().errors[0].message).toMatch(/^Targets: .* Open it again first\.$/);
});

test('what the statement excludes with an approved reason is not applicable, in coverage and in a gap analysis', async () => {
  const control = await made('controls', { code: 'C-3', name: 'Suppliers', item: 'A.10.3' });
  const because = 'Nothing is bought or taken over.';
  const line = await made(
    'applicability',
    { name: 'A.10.3', decision: 'excluded', justification: because },
    { control },
  );
  const excluded = async () => item(await coverage('iso42001'), 'A.10.3')?.through[0]?.excluded;
  // A line that nobody approved decides nothing.
  expect(await excluded()).toBeNull();
  const { ref, version, proof } = (await manager.send('GET', `/applicability/${line}`)).json();
  const top = await signedIn(server, manager.organisation, ['top-management'], { name: 'Chief executive' });
  const given = await top.send('POST', `/applicability/${line}/approvals`, {
    act: 'approve',
    version,
    digest: proof.digest,
  });
  expect(given.statusCode, given.body).toBe(200);
  expect(await excluded()).toEqual({ line: ref, because });
  const id = await made('gap-analyses', { name: 'Of the whole', measures: 'iso42001' });
  const gaps: GapProgressWire = (await reader.send('GET', `/gap-analyses/${id}/progress`)).json();
  expect(gaps.items.find((one) => one.item === 'A.10.3')?.now).toEqual({
    ...{ item: 'A.10.3', state: 'excluded', done: 0, of: 0 },
    because: `${ref}: ${because}`,
  });
});

test.each([
  ['nist-ai-rmf', 72],
  ['iso27001', null],
])('a gap analysis of %s has its items, its baseline, and what people judge', async (measures, items) => {
  const id = await made('gap-analyses', { name: `Towards ${measures}`, measures, owner: manager.id });
  const at = `/gap-analyses/${id}`;
  const frozen = await manager.send('POST', `${at}/baseline`, {}, ifMatch(1));
  expect(frozen.statusCode, frozen.body).toBe(200);
  const first: GapProgressWire = frozen.json();
  if (items !== null) expect(first.items).toHaveLength(items);
  // The crosswalk alone puts nothing in place.
  expect(first.items.filter(({ now }) => now?.state === 'in-place')).toEqual([]);
  const item = first.items[0]?.item ?? '';
  const judged = [
    { item, state: 'in-place', why: 'Read against the text', by: manager.id, on: '2026-11-01' },
  ];
  const targets = [{ item, state: 'in-place', due: '2027-01-31' }];
  const edited = await manager.send('PATCH', at, { fields: { judged, targets } }, ifMatch(2));
  expect(edited.statusCode, edited.body).toBe(200);
  const after: GapProgressWire = (await reader.send('GET', `${at}/progress`)).json();
  expect(after.items.find((one) => one.item === item)).toMatchObject({
    now: { state: 'in-place', because: 'Read against the text' },
    stands: 'reached',
  });
  const twice = { fields: { judged: [...judged, ...judged] } };
  const refused = await manager.send('PATCH', at, twice, ifMatch(3));
  expect(refused.json().errors).toMatchObject([{ message: `"${item}" is judged twice.` }]);
});

const ownRow = (changes: object = {}) => ({
  ...{ name: 'Effects and fundamental rights', fromFramework: 'iso42001', fromItem: 'A.5.3' },
  ...{ toFramework: 'eu-ai-act', toItem: 'Art. 27', relation: 'subset', confidence: 'low' },
  basis: 'Our lawyer compared both texts.',
  ...changes,
});

test('rows of the organisation itself stand beside those of the catalogue, marked, and suggest alone', async () => {
  const before = [await coverage('eu-ai-act'), await coverage('iso42001')];
  const first = await made('mappings', ownRow());
  const own = await made('controls', { code: 'X-1', name: 'Second reading' });
  const second = await made(
    'mappings',
    ownRow({
      name: 'Second reading',
      fromFramework: 'nist-ai-rmf',
      fromItem: 'MAP 3.5',
      toFramework: 'own',
      toItem: 'X-1',
    }),
  );
  const found: CrosswalkWire = (await reader.send('GET', '/crosswalk')).json();
  expect(found.abilities.write).toMatchObject({ allowed: false });
  const ours = found.rows.filter((row) => row.own !== null);
  expect(ours).toMatchObject([
    {
      ...{ id: first, fromFramework: 'iso42001', from: 'A.5.3', framework: 'eu-ai-act', to: 'Art. 27' },
      ...{ relation: 'subset', confidence: 'low', says: 'Our lawyer compared both texts.', basis: [] },
      own: { kind: 'mapping', ref: expect.stringMatching(/^XWR-/) },
    },
    { id: second, fromFramework: 'nist-ai-rmf', framework: 'own', to: 'X-1', toTitle: null },
  ]);
  expect(found.rows.some((row) => row.own === null && row.says !== null)).toBe(false);

  const reuse = async (controls: string[]): Promise<CrosswalkWire['rows']> => {
    const fields = { name: 'Kept', type: 'report', periodFrom: '2026-01-01', periodTo: '2026-02-01' };
    const evidence = await made('evidence', fields, { controls });
    const answer = await reader.send('GET', `/evidence/${evidence}/reuse`);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json().rows.filter((row: CrosswalkWire['rows'][number]) => row.own !== null);
  };
  expect(await reuse([perSystem])).toMatchObject([{ from: 'A.5.3', to: 'Art. 27', relation: 'subset' }]);
  // From its other end the row says what contains what.
  expect(await reuse([own])).toMatchObject([
    { fromFramework: 'own', from: 'X-1', framework: 'nist-ai-rmf', to: 'MAP 3.5', relation: 'superset' },
  ]);
  expect(await reuse([shared])).toEqual([]);
  // Whatever it says, nothing is reached or met by it.
  const counted = ({ rows }: FrameworkCoverageWire) =>
    rows.map(({ item: id, least, through }) => [id, least, through.length]);
  expect([await coverage('eu-ai-act'), await coverage('iso42001')].map(counted)).toEqual(before.map(counted));

  await step(`/mappings/${first}`, 'withdraw');
  const left: CrosswalkWire = (await reader.send('GET', '/crosswalk')).json();
  expect(left.rows.filter((row) => row.own !== null)).toHaveLength(1);
  const file = await manager.send('GET', '/mappings/export?format=csv');
  expect(file.body).toContain('Our lawyer compared both texts.');
  for (const [changes, at, near] of [
    [{ fromItem: 'A.53' }, 'fields.fromItem', 'Near it: A.5.3.'],
    [{ toItem: 'Article 27' }, 'fields.toItem', 'Near it: Art. 27.'],
    [{ toFramework: 'own', toItem: 'X-9' }, 'fields.toItem', 'X-1'],
  ] as const) {
    const unknown = await manager.send('POST', '/mappings', { fields: ownRow(changes) });
    expect(unknown.json().errors, unknown.body).toEqual([{ at, message: expect.stringContaining(near) }]);
  }
  const itself = { fields: ownRow({ toFramework: 'iso42001', toItem: 'A.5.3' }) };
  const refused = await manager.send('POST', '/mappings', itself);
  expect([refused.statusCode, refused.json().errors[0].at]).toEqual([422, 'fields.toItem']);
});
