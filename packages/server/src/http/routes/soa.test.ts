import { createHash } from 'node:crypto';
import type { MatrixWire, SoaRowWire, SoaWire } from '@throughline/domain/wire-soa.ts';
import readXlsx from 'read-excel-file/node';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inDays as dayAhead } from '../../../test/days.ts';
import { decidedStatement } from '../../../test/decided-statement.ts';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { madeIn } from '../../../test/take-steps.ts';
import { sequenceAll } from '../../log/sequencer.ts';

let server: TestServer;
let manager: Agent;
let reader: Agent;
let top: Agent;
let control: Made;
let systems: Made[];

type Made = { id: string; ref: string };
const within = (system: Made) => ({ system: { set: [system.id] } });

const inDays = (days: number) => dayAhead(server, days);

beforeAll(async () => {
  ({ server, manager, reader } = await staffedServer());
  top = await signedIn(server, manager.organisation, ['top-management']);
  control = await made('controls', {
    code: 'A.6.2.4',
    name: 'A.6.2.4 Tests',
    item: 'A.6.2.4',
    implementedAt: 'system',
  });
  const live = { state: 'operation-monitoring' };
  systems = [
    await made('systems', { name: 'Triage', organisationRoles: ['customer'] }, {}, live),
    await made('systems', { name: 'Ranking' }, {}, live),
  ];
});
afterAll(() => closeUnfailed(server));

const made = (
  collection: string,
  fields: object,
  links: object = {},
  more: { state?: string } = {},
): Promise<Made> => madeIn(server, manager, collection, { fields, links, ...more });
async function statement(by: Agent = reader): Promise<SoaWire> {
  const answer = await by.send('GET', '/soa');
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}
async function row(by?: Agent, id = 'A.6.2.4'): Promise<SoaRowWire> {
  const found = (await statement(by)).rows.find((one) => one.id === id);
  if (!found) throw new RangeError(id);
  return found;
}
async function approve(collection: string, id: string): Promise<void> {
  const { version, proof } = (await top.send('GET', `/${collection}/${id}`)).json();
  const act = { act: 'approve', version, digest: proof.digest };
  const given = await top.send('POST', `/${collection}/${id}/approvals`, act);
  expect(given.statusCode, given.body).toBe(200);
}
async function uploaded(name: string, text: string): Promise<string> {
  const head = `--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/json`;
  const sent = await manager.send('POST', '/blobs', undefined, {
    payload: `${head}\r\n\r\n${text}\r\n--b--\r\n`,
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
  });
  expect(sent.statusCode, sent.body).toBe(201);
  return sent.json().id;
}
const codes = async (): Promise<string[]> => (await row()).faults.map(({ code }) => code);

test('all 38 controls stand there, with one step each: adopt it, or decide on it', async () => {
  const { rows, counts, abilities } = await statement();
  expect(counts).toMatchObject({ annexA: 38, annexADecided: 0, own: 0, open: 38, runningSystems: 2 });
  expect(abilities.decide).toMatchObject({ allowed: false });
  const [first] = rows;
  expect(first).toMatchObject({ id: 'A.2.2', control: null, decided: 'none', topic: { id: 'A.2' } });
  expect(first?.action?.do).toMatchObject({ type: 'create', kind: 'control', fields: { item: 'A.2.2' } });
  const adopted = await row(manager);
  expect(adopted).toMatchObject({ control: { ref: control.ref }, typicalFor: ['AI customer or user'] });
  expect(adopted.action).toMatchObject({
    label: 'Decide on A.6.2.4',
    do: { type: 'create', kind: 'applicability', links: { control: [{ ref: control.ref }] } },
    ability: { allowed: true },
  });
});

test('what calls for a control is read by the next look, and goes with it', async () => {
  const [first] = systems;
  if (!first) throw new Error('No system');
  const plan = await made(
    'treatments',
    { name: 'Test each model' },
    { ...within(first), controls: { set: [control.id] } },
  );
  const called = await row();
  expect(called.sources).toEqual([
    {
      reason: 'treatment',
      count: 1,
      first: [expect.objectContaining({ ref: plan.ref, title: 'Test each model' })],
    },
  ]);
  expect(called.faults).toMatchObject([
    { code: 'undecided-called', type: 'gap', records: [{ ref: plan.ref }] },
  ]);
  expect((await statement()).counts.leftOut).toBe(1);
  const archived = await manager.send('POST', `/treatments/${plan.id}/archive`, {}, ifMatch(1));
  expect(archived.statusCode, archived.body).toBe(200);
  expect((await row()).sources).toEqual([]);
  const back = await manager.send('POST', `/treatments/${plan.id}/restore`, {}, ifMatch(2));
  expect(back.statusCode, back.body).toBe(200);
  expect((await row()).sources).toMatchObject([{ count: 1 }]);
});

test('a line decides once another person approved it; what contradicts it is said with both', async () => {
  const fields = { name: 'Tests', decision: 'excluded', justification: 'No model is made here.' };
  const line = await made('applicability', fields, { control: { set: [control.id] } });
  expect(await row()).toMatchObject({ decided: 'unapproved', says: 'excluded', line: { ref: line.ref } });
  expect(await codes()).toEqual(['excluded-called', 'unapproved']);
  await approve('applicability', line.id);
  const excluded = await row();
  expect(excluded).toMatchObject({
    decided: 'excluded',
    justification: 'No model is made here.',
    placing: null,
  });
  expect(excluded.faults.map(({ type, code }) => `${type} ${code}`)).toEqual([
    'contradiction excluded-called',
  ]);
  expect((await statement()).counts).toMatchObject({ annexADecided: 1, contradictions: 1, leftOut: 1 });

  const calling = excluded.sources.flatMap(({ first }) => first.map(({ id }) => id));
  const turned = {
    fields: { decision: 'applicable', reasons: ['treatment'], justification: null },
    links: { reasonedBy: { set: calling } },
  };
  const edited = await manager.send('PATCH', `/applicability/${line.id}`, turned, ifMatch(1));
  expect(edited.statusCode, edited.body).toBe(200);
  // The approved version stays in force until the next one is approved.
  expect(await row()).toMatchObject({ decided: 'excluded' });
  await approve('applicability', line.id);
  expect(await row()).toMatchObject({
    decided: 'applicable',
    placing: { of: 2, missing: 2, state: 'missing' },
  });
  expect(await codes()).toEqual(['missing']);
});

test('a plan counts with its interim risk accepted, in time, and a test by another person proves what is in place', async () => {
  const [first, second] = systems;
  if (!first || !second) throw new Error('No system');
  const on = (system: Made) => ({ ...within(system), control: { set: [control.id] } });
  const risk = await made(
    'risks',
    {
      name: 'A wrong model stays',
      event: 'Nobody sees that it ranks wrongly',
      owner: manager.id,
      currentOrganisation: 'low',
      acceptanceType: 'interim',
      acceptanceUntil: inDays(60),
      acceptanceReason: 'A person reads each result until then',
    },
    within(first),
  );
  const planned = { name: 'Nightly tests', plannedOn: inDays(60) };
  await made('implementations', planned, { ...on(first), interimRisk: { set: [risk.id] } });
  const done = {
    name: 'Tests by hand',
    howItWorks: 'By hand',
    inPlaceSince: '2026-01-05',
    owner: manager.id,
  };
  const standing = await made('implementations', done, on(second), { state: 'in-place' });
  expect(await row()).toMatchObject({
    placing: { inPlace: 1, planned: 1, missing: 0, state: 'partly' },
    testing: { of: 1, untested: 1, last: null },
  });
  expect(await codes()).toEqual(['unaccepted', 'untested']);
  const { proof } = (await top.send('GET', `/risks/${risk.id}`)).json();
  const accepted = { act: 'approve', version: 1, digest: proof.digest };
  const given = await top.send('POST', `/risks/${risk.id}/approvals`, accepted);
  expect(given.statusCode, given.body).toBe(200);
  expect(await codes()).toEqual(['untested']);
  const tester = await signedIn(server, manager.organisation, ['internal-auditor']);
  const judged = { conclusion: 'effective', testedOn: '2026-02-01', tester: tester.id };
  const plan = { criterion: 'Each run ends well', method: 'Runs were read', sample: 'Ten runs of April' };
  const proven = await madeIn(server, tester, 'control-tests', {
    fields: { name: 'Spring test', ...plan, ...judged, result: 'All of them ran.' },
    links: { ...on(second), implementation: { set: [standing.id] } },
    state: 'concluded',
  });
  expect(await row()).toMatchObject({
    testing: {
      effective: 1,
      untested: 0,
      last: { test: { ref: proven.ref }, conclusion: 'effective', on: '2026-02-01' },
    },
    faults: [],
    action: null,
  });
});

test('evidence is counted by what it names, current apart from what is out of date, for the control and for one cell', async () => {
  const [, second] = systems;
  if (!second) throw new Error('No system');
  const cell = `/soa/matrix/${control.ref}/${second.ref}`;
  const { implementations } = (await reader.send('GET', cell)).json();
  const standing = implementations[0].record.id;
  const piece = (name: string, periodTo: string, links: object) =>
    made('evidence', { name, type: 'log', periodTo }, { ...within(second), ...links });
  const old = await piece('Runs of long ago', '2019-12-31', { controls: { set: [control.id] } });
  const today = inDays(0);
  const fresh = await piece('Runs until today', today, { implementation: { set: [standing] } });
  await made('evidence', { name: 'A picture' }, { ...within(second), controls: { set: [control.id] } });
  const { controls } = (await reader.send('GET', '/soa/evidence')).json();
  expect(controls[control.ref]).toEqual({
    ...{ current: 1, stale: 1, aside: 1 },
    newest: { record: expect.objectContaining({ ref: fresh.ref }), to: today },
    first: [expect.objectContaining({ ref: fresh.ref })],
  });
  expect((await reader.send('GET', cell)).json().evidence).toEqual(controls[control.ref]);
  const [first] = systems;
  const elsewhere = (await reader.send('GET', `/soa/matrix/${control.ref}/${first?.ref}`)).json();
  expect(elsewhere.evidence).toMatchObject({ current: 0, stale: 0, newest: null });
  const gone = await manager.send('POST', `/evidence/${fresh.id}/archive`, {}, ifMatch(1));
  expect(gone.statusCode, gone.body).toBe(200);
  expect((await reader.send('GET', '/soa/evidence')).json().controls[control.ref]).toMatchObject({
    ...{ current: 0, stale: 1 },
    newest: { record: { ref: old.ref } },
  });
  const before = await reader.send('GET', '/soa/evidence?asOf=2001-01-01T00:00:00Z');
  expect([before.statusCode, before.json().controls]).toEqual([200, {}]);
});

test('the controls that nobody adopted come at once, and no decision with them', async () => {
  expect((await reader.send('POST', '/soa/controls', {})).statusCode).toBe(403);
  // Two people press the button at once.
  const both = await Promise.all([manager, manager].map((one) => one.send('POST', '/soa/controls', {})));
  expect(both.map((answer) => answer.json().adopted).sort()).toEqual([0, 37]);
  expect((await manager.send('POST', '/soa/controls', {})).json()).toEqual({ adopted: 0 });
  const { rows, counts } = await statement(manager);
  expect(counts).toMatchObject({ annexA: 38, own: 0, annexADecided: 1, open: 37 });
  expect(rows.every((one) => one.control !== null)).toBe(true);
  expect((await row(manager, 'A.2.2')).action).toMatchObject({ label: 'Decide on A.2.2' });
});

test('the file holds a row for each control, as a spreadsheet and as text', async () => {
  const csv = await manager.send('GET', '/soa/export?format=csv');
  expect(csv.headers['content-disposition']).toContain('statement-of-applicability-');
  const lines = csv.body.trimEnd().split('\r\n');
  expect(lines).toHaveLength(39);
  const [line = ''] = lines.filter((one) => one.startsWith('A.6.2.4,'));
  for (const words of [
    'Yes',
    'A treatment calls for it: TRT-',
    'On each system',
    'Partly in place',
    'Effective',
  ])
    expect(line).toContain(words);
  const xlsx = await manager.send('GET', '/soa/export');
  const book = await readXlsx(xlsx.rawPayload);
  expect(book.map(({ sheet }) => sheet)).toEqual(['About this statement', 'Statement of Applicability']);
  const [front, sheet] = book.map(({ data }) => JSON.stringify(data));
  for (const words of ['Organisation', 'Scope (4.3)', 'Version', 'Approval', 'Position in the log'])
    expect(front).toContain(words);
  expect(sheet).not.toContain('in the log');
  for (const words of ['Applicable', 'A.10.4', 'Not decided', 'Reasons for inclusion'])
    expect(sheet).toContain(words);
  expect((await manager.send('GET', '/soa/export?format=pages')).statusCode).toBe(422);
  const pdf = await manager.send('GET', '/soa/export?format=pdf');
  expect(pdf.headers['content-type']).toBe('application/pdf');
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf.rawPayload)), {
    mergePages: true,
  });
  for (const words of ['A.6.2.4', 'On 1 of 2 running systems', 'Called for by', 'Position in the log'])
    expect(text.replace(/\s+/g, ' ')).toContain(words);
  const docx = await manager.send('GET', '/soa/export?format=docx');
  expect(docx.headers['content-disposition']).toContain('.docx');
  expect(docx.rawPayload.subarray(0, 2).toString()).toBe('PK');
});

test('as it stood at an earlier moment: sources, lines, implementations and the place in the log are those of then', async () => {
  await sequenceAll(server.store);
  const now = await statement(manager);
  expect(now).toMatchObject({ past: false, index: expect.any(Number) });
  const [first] = systems;
  if (!first) throw new Error('No system');
  const before = server.services.clock().toISOString();
  server.later(60_000);
  const called = await made(
    'treatments',
    { name: 'Read each letter twice' },
    { ...within(first), controls: { set: [control.id] } },
  );
  await sequenceAll(server.store);
  const later = await statement(manager);
  const of = (soa: SoaWire) => soa.rows.find((one) => one.id === 'A.6.2.4');
  expect(of(later)?.sources).toMatchObject([{ count: 2 }]);
  const then = (await manager.send('GET', `/soa?asOf=${encodeURIComponent(before)}`)).json();
  expect(then.past).toBe(true);
  expect(then.rows.every((one: SoaRowWire) => one.action === null)).toBe(true);
  expect(of(then)).toEqual({ ...of(now), action: null });
  expect(JSON.stringify(then)).not.toContain(called.ref);
  expect(then.index).toBeLessThan(later.index ?? 0);
  const csv = await manager.send('GET', `/soa/export?format=csv&asOf=${encodeURIComponent(before)}`);
  expect(csv.body).toContain(`${then.asOf},${then.index}`);
  const early = await manager.send('GET', '/soa?asOf=2001-01-01T00:00:00Z');
  expect(early.statusCode, early.body).toBe(200);
  expect(early.json()).toMatchObject({ index: -1, past: true, scope: null });
  const rows: SoaRowWire[] = early.json().rows;
  expect(rows).toHaveLength(38);
  expect(rows.filter(({ control, sources }) => control !== null || sources.length > 0)).toEqual([]);
  const empty = await manager.send('GET', '/soa/export?format=csv&asOf=2001-01-01T00:00:00Z');
  expect([empty.statusCode, empty.body.includes('2001-01-01T00:00:00.000Z,-1')]).toEqual([200, true]);
  expect((await manager.send('GET', '/soa?asOf=yesterday')).statusCode).toBe(422);
});

test('the matrix holds a letter for each control and system, counts them in its file, and leads from a cell to what stands behind it', async () => {
  const answer = await reader.send('GET', '/soa/matrix');
  expect(answer.statusCode, answer.body).toBe(200);
  expect((await statement()).unlimited).toEqual({ edit: false });
  const matrix: MatrixWire = answer.json();
  const at = matrix.systems.ref.indexOf(systems[1]?.ref ?? '');
  const tests = matrix.rows.find(({ id }) => id === 'A.6.2.4');
  expect(tests?.at).toBe('system');
  // The first is planned with its risk accepted, the second is in place.
  expect([tests?.cells[at - 1], tests?.cells[at]]).toEqual(['l', 'i']);
  expect(matrix.rows.find(({ id }) => id === 'A.2.2')?.cells).toBe('-'.repeat(matrix.systems.ref.length));

  const cell = await reader.send('GET', `/soa/matrix/${control.ref}/${systems[0]?.ref}`);
  expect(cell.json()).toMatchObject({
    cell: 'l',
    implementations: [
      { own: true, plan: 'accepted', plannedOn: inDays(60), record: { kind: 'implementation' } },
    ],
    // No line of the table of authority limits who accepted it.
    unlimited: { edit: false },
    action: null,
  });
  const running = { state: 'operation-monitoring' };
  const third = await made('systems', { name: '=cmd()', unit: 'Claims' }, {}, running);
  const missing = (await manager.send('GET', `/soa/matrix/${control.ref}/${third.ref}`)).json();
  expect(missing).toMatchObject({
    cell: 'm',
    action: { do: { type: 'create', kind: 'implementation', links: { system: [{ ref: third.ref }] } } },
  });
  for (const name of [
    `${control.ref}/SYS-9999`,
    `CTL-9999/${third.ref}`,
    `${third.ref}/${control.ref}`,
    'x/y',
  ])
    expect([name, (await manager.send('GET', `/soa/matrix/${name}`)).statusCode]).toEqual([name, 404]);

  const csv = await manager.send('GET', '/soa/matrix/export?format=csv&unit=Claims');
  const lines = csv.body.trimEnd().split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines[1]).toContain(`${third.ref},'=cmd(),`);
  expect(lines[1]).toMatch(/Not in place,.*,0,1,1$/);
  expect(lines[4]).toMatch(/^Lacking,/);
  expect((await manager.send('GET', '/soa/matrix/export?state=fine')).statusCode).toBe(422);
  const xlsx = await manager.send('GET', '/soa/matrix/export?state=missing&control=verification');
  const sheet = JSON.stringify(await readXlsx(xlsx.rawPayload));
  expect(sheet).toContain(third.ref);
  expect(sheet).not.toContain('A.2.2');
  // What runs is not archived: it was recorded twice, and is taken back first.
  const back = { transition: 'takeBack', fields: { takenBackBecause: 'It was recorded twice.' } };
  for (const [act, body] of [['transitions', back] as const, ['archive', {}] as const]) {
    const { version } = (await manager.send('GET', `/systems/${third.id}`)).json();
    const done = await manager.send('POST', `/systems/${third.id}/${act}`, body, ifMatch(version));
    expect(done.statusCode, done.body).toBe(200);
  }
  expect((await manager.send('GET', `/soa/matrix/${control.ref}/${third.ref}`)).statusCode).toBe(404);
});

test('a statement is published as a version of a controlled document, approved by another person, and compared', async () => {
  expect((await reader.send('GET', '/soa/versions')).json()).toMatchObject({ document: null, versions: [] });
  await decidedStatement(server, manager);
  const published = await manager.send('POST', '/soa/versions', { because: 'For the audit' });
  expect(published.statusCode, published.body).toBe(200);
  const { document, versions, inForce } = published.json();
  expect(versions).toMatchObject([{ version: 1, digest: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  expect(inForce).toBeNull();
  const kept = (await manager.send('GET', `/documents/${document.ref}`)).json();
  expect(kept.fields).toMatchObject({ type: 'statement-of-applicability', covers: ['MD-06'] });
  const text = await manager.send('GET', `/blobs/${kept.fields.text}`);
  expect(text.body).toContain('| A.6.2.4 | AI system verification and validation | Yes |');
  const data = await manager.send('GET', `/blobs/${kept.fields.file}`);
  expect(createHash('sha256').update(data.rawPayload).digest('hex')).toBe(versions[0].digest);
  await approve('documents', document.id);
  expect((await reader.send('GET', '/soa/versions')).json().inForce).toBe(1);

  expect((await reader.send('GET', '/soa/compare?from=1')).json()).toMatchObject({
    changed: [],
    added: [],
    same: 38,
  });
  // What says nothing new is no version: it would be approved once more, and found in no comparison.
  const again = await manager.send('POST', '/soa/versions', {});
  expect([again.statusCode, again.json().detail]).toEqual([
    409,
    'Nothing changed since version 1: that one stands.',
  ]);
  const own = await made('controls', { code: 'X-1', name: 'Second reading of letters' });
  const why = { reasons: ['house-rule'], justification: 'Each letter is read twice.' };
  const line = { name: 'Second reading', decision: 'applicable', ...why };
  await made('applicability', line, { control: { set: [own.id] } });
  const standing = (await row(manager, 'A.2.2')).line?.id ?? '';
  const fields = { justification: 'Our parent keeps the policy.' };
  expect((await manager.send('PATCH', `/applicability/${standing}`, { fields }, ifMatch(1))).statusCode).toBe(
    200,
  );
  await approve('applicability', standing);
  const second = await manager.send('POST', '/soa/versions', {});
  expect(second.json()).toMatchObject({ document: { ref: document.ref }, inForce: 1 });
  expect(second.json().versions.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
  const compared = (await reader.send('GET', '/soa/compare?from=1&to=2')).json();
  expect(compared.added).toMatchObject([{ id: 'X-1', decided: 'unapproved' }]);
  expect(compared.changed).toMatchObject([
    {
      id: 'A.2.2',
      parts: ['justification'],
      after: { decided: 'excluded', justification: 'Our parent keeps the policy.' },
    },
  ]);
  expect(compared).toMatchObject({ from: { version: 1 }, to: { version: 2 }, removed: [], same: 37 });

  const first = await reader.send('GET', '/soa/export?format=pdf&version=1');
  const { text: said } = await extractText(await getDocumentProxy(new Uint8Array(first.rawPayload)), {
    mergePages: true,
  });
  for (const words of [`1 of ${document.ref}, in force`, 'Approved by ', `SHA-256 ${versions[0].digest}`])
    expect(said.replace(/\s+/g, ' ')).toContain(words);
  expect(said).not.toContain('X-1');
  const next = await reader.send('GET', '/soa/export?format=csv&version=2');
  expect(next.body).toContain('X-1');
  expect((await reader.send('GET', '/soa/export?format=pdf&version=77')).statusCode).toBe(404);
  const both = await reader.send('GET', '/soa/export?version=1&asOf=2026-01-01T00:00:00Z');
  expect(both.statusCode).toBe(422);
});

test('nobody approves a bare reason, and a statement with one is not published: the refusal names the control', async () => {
  const own = await made('controls', { code: 'X-2', name: 'Aligned with security' });
  const bare = { name: 'Aligned', decision: 'applicable', reasons: ['good-practice'] };
  const line = await made('applicability', bare, { control: { set: [own.id] } });
  const { version, proof } = (await top.send('GET', `/applicability/${line.id}`)).json();
  const act = { act: 'approve', version, digest: proof.digest };
  const refused = await top.send('POST', `/applicability/${line.id}/approvals`, act);
  expect(refused.statusCode).toBe(409);
  expect(refused.json().detail).toMatch(/reason without a source/);
  const { faults } = await row(reader, 'X-2');
  expect(faults.map(({ type, code }) => `${type} ${code}`)).toContain('contradiction applicable-bare');
  const unpublished = await manager.send('POST', '/soa/versions', {});
  expect(unpublished.statusCode).toBe(409);
  expect(unpublished.json()).toMatchObject({
    detail: 'Not published: Of X-2 it says nowhere why.',
    errors: [{ at: 'X-2' }],
  });
  const fields = { justification: 'Security and privacy speak of the same systems.' };
  const said = await manager.send('PATCH', `/applicability/${line.id}`, { fields }, ifMatch(1));
  expect(said.statusCode, said.body).toBe(200);
  const published = await manager.send('POST', '/soa/versions', {});
  expect(published.statusCode, published.body).toBe(200);
});

test('while a control of Annex A has no approved decision nothing is published, and no statement is approved', async () => {
  const line = (await row(manager, 'A.10.4')).line?.id ?? '';
  const doc = (await reader.send('GET', '/soa/versions')).json().document;
  const { version, proof } = (await top.send('GET', `/applicability/${line}`)).json();
  const taken = { act: 'withdraw', version, digest: proof.digest, reason: 'We look again.' };
  expect((await top.send('POST', `/applicability/${line}/approvals`, taken)).statusCode).toBe(200);
  const said = '1 of 38 controls of Annex A has no approved decision: A.10.4.';
  const refused = await manager.send('POST', '/soa/versions', {});
  expect(refused.statusCode).toBe(409);
  expect(refused.json()).toMatchObject({
    detail: `Not published: ${said}`,
    errors: [{ at: 'A.10.4', message: expect.stringMatching(/^APL-\d+ is not approved\.$/) }],
  });
  const approval = async (id: string) => {
    const read = (await top.send('GET', `/documents/${id}`)).json();
    const act = { act: 'approve', version: read.version, digest: read.proof.digest };
    return (await top.send('POST', `/documents/${id}/approvals`, act)).json().detail;
  };
  expect(await approval(doc.id)).toBe(said);
  // Neither does a statement that was written elsewhere pass.
  const elsewhere = {
    type: 'statement-of-applicability',
    covers: ['MD-06'],
    location: 'https://drive.example/statement',
  };
  expect(await approval((await made('documents', { name: 'Statement', ...elsewhere })).id)).toBe(said);
  await approve('applicability', line);
  expect(await approval(doc.id)).toBeUndefined();
});

test('a version that was published while controls were open is not approved once they are decided: it is published again', async () => {
  const [{ file }] = (await reader.send('GET', '/soa/versions')).json().versions;
  const published = JSON.parse((await manager.send('GET', `/blobs/${file}`)).body);
  const rows = published.rows.map((one: { id: string }) => ({
    ...one,
    ...(one.id === 'A.2.2' ? { decided: 'none' } : {}),
  }));
  const blob = await uploaded('old.json', JSON.stringify({ ...published, rows }));
  const fields = { name: 'Statement of old', type: 'statement-of-applicability', file: blob };
  const old = await made('documents', fields);
  const { version, proof } = (await top.send('GET', `/documents/${old.id}`)).json();
  const act = { act: 'approve', version, digest: proof.digest };
  const refused = await top.send('POST', `/documents/${old.id}/approvals`, act);
  expect(refused.statusCode).toBe(409);
  expect(refused.json().detail).toMatch(/^When this version was published, 1 of 38 .* Publish .* now\.$/);
});

test('a version in which nothing was published is not there, and whoever may write no document publishes none', async () => {
  expect((await reader.send('GET', '/soa/compare?from=77')).statusCode).toBe(404);
  expect((await reader.send('GET', '/soa/compare?from=0')).statusCode).toBe(422);
  expect((await reader.send('POST', '/soa/versions', {})).statusCode).toBe(403);
});

test('a plan stands nowhere that law in force demands the control, and a second delay only with its risk accepted anew', async () => {
  const matrix: MatrixWire = (await reader.send('GET', '/soa/matrix')).json();
  const at = matrix.systems.ref.indexOf(systems[0]?.ref ?? '');
  const letter = async () => {
    const now: MatrixWire = (await reader.send('GET', '/soa/matrix')).json();
    return now.rows.find(({ id }) => id === 'A.6.2.4')?.cells[at];
  };
  expect(await letter()).toBe('l');
  const { implementations } = (
    await manager.send('GET', `/soa/matrix/${control.ref}/${systems[0]?.ref}`)
  ).json();
  const plan = implementations[0].record;
  const move = async (plannedOn: string) => {
    const { version } = (await manager.send('GET', `/implementations/${plan.id}`)).json();
    const fields = { plannedOn, movedBecause: `Only ready on ${plannedOn}.` };
    const moved = await manager.send('PATCH', `/implementations/${plan.id}`, { fields }, ifMatch(version));
    expect(moved.statusCode, moved.body).toBe(200);
  };
  await move(inDays(120));
  expect([await codes(), await letter()]).toEqual([[], 'l']);
  server.later(1_000);
  await move(inDays(180));
  expect([await codes(), await letter()]).toEqual([['redated'], 'g']);
  const kept = (await manager.send('GET', `/implementations/${plan.id}`)).json();
  expect(kept.fields).toMatchObject({
    firstPlannedOn: inDays(60),
    plannedDates: [inDays(60), inDays(120), inDays(180)],
  });

  const duty = await made(
    'obligations',
    { name: 'Tests before release', source: 'law', appliesFrom: '2020-01-01' },
    { controls: { set: [control.id] }, concerns: { set: [systems[0]?.id] } },
  );
  const demanded = (await row()).faults;
  expect(demanded.map(({ type, code }) => [type, code])).toEqual([['contradiction', 'demanded']]);
  expect(demanded[0]?.records).toMatchObject([{ ref: plan.ref }]);
  const gone = await manager.send('POST', `/obligations/${duty.id}/archive`, {}, ifMatch(1));
  expect(gone.statusCode, gone.body).toBe(200);
  expect(await codes()).toEqual(['redated']);
});

test('what was rewritten after its test is untested until somebody tests it again', async () => {
  const cell = `/soa/matrix/${control.ref}/${systems[1]?.ref}`;
  const { implementations } = (await reader.send('GET', cell)).json();
  const { id } = implementations[0].record;
  const { version } = (await manager.send('GET', `/implementations/${id}`)).json();
  await sequenceAll(server.store);
  const before = encodeURIComponent(server.services.clock().toISOString());
  server.later(1_000);
  const fields = { howItWorks: 'Nobody does anything.' };
  const rewritten = await manager.send('PATCH', `/implementations/${id}`, { fields }, ifMatch(version));
  expect(rewritten.statusCode, rewritten.body).toBe(200);
  expect(await codes()).toEqual(['redated', 'changed']);
  expect((await row()).testing).toMatchObject({ of: 1, effective: 0, untested: 1 });
  // Of the moment before, the test spoke of what there was.
  await sequenceAll(server.store);
  const then = (await manager.send('GET', `/soa?asOf=${before}`)).json<SoaWire>();
  const stood = then.rows.find((one) => one.id === 'A.6.2.4');
  expect(stood?.testing).toMatchObject({ of: 1, effective: 1, untested: 0 });
  expect(stood?.faults.map(({ code }) => code)).toEqual(['redated']);
  const named = async (query: string): Promise<boolean> => {
    const line = await manager.send('GET', `/systems/${systems[1]?.ref}/trace${query}`);
    return JSON.stringify(line.json().stations).includes(' changed after ');
  };
  expect([await named(''), await named(`?asOf=${before}`)]).toEqual([true, false]);
});
