import type { RecordWire } from '@throughline/domain/wire.ts';
import type { GateExceptionsWire, GateSheetWire, SystemGatesWire } from '@throughline/domain/wire-gates.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inDays as dayAhead } from '../../../test/days.ts';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  organisation,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { linked } from '../../../test/linked.ts';
import { wholeUse } from '../../../test/whole.ts';

let server: TestServer;
let manager: Agent;
let decider: Agent;
let second: Agent;

beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  decider = await signedIn(server, manager.organisation, ['aims-manager'], { name: 'Head of release' });
  second = await signedIn(server, manager.organisation, ['aims-manager'], { name: 'Other head of release' });
});
afterAll(() => closeUnfailed(server));

async function made(
  collection: string,
  fields: object,
  links: Record<string, string> = {},
): Promise<RecordWire> {
  const answer = await manager.send('POST', `/${collection}`, { fields, links: linked(links) });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json().record;
}
const read = async (collection: string, id: string): Promise<RecordWire> =>
  (await manager.send('GET', `/${collection}/${id}`)).json();
const edited = async (collection: string, id: string, fields: object, links = {}) => {
  const { version } = await read(collection, id);
  return manager.send('PATCH', `/${collection}/${id}`, { fields, links: linked(links) }, ifMatch(version));
};
const sheet = async (id: string): Promise<GateSheetWire> =>
  (await manager.send('GET', `/gates/${id}/criteria`)).json();
const take = async (id: string): Promise<GateSheetWire> => {
  const { version } = await sheet(id);
  const answer = await manager.send('PUT', `/gates/${id}/criteria`, undefined, ifMatch(version));
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
};
/** Answers all that is open: what is missed with what follows, what persons say with what was checked. */
async function answerAll(id: string): Promise<GateSheetWire> {
  const { criteria, version } = await take(id);
  const answers = criteria.flatMap(({ key, text, finding }): object[] => {
    const criterion = text.slice(0, 400);
    const follows = { answerToMiss: 'It is put right', missOwner: manager.id, missBy: inDays(30) };
    if (finding === 'not-met') return [{ key, criterion, answer: 'not-met', ...follows }];
    return finding === 'person' || finding === 'undetermined'
      ? [{ key, criterion, answer: 'met', checked: 'Talked through in the meeting' }]
      : [];
  });
  const answer = await manager.send('PATCH', `/gates/${id}/criteria`, { answers }, ifMatch(version));
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}
const decision = {
  verdict: 'pass-with-conditions',
  conditions: 'As each answer says',
  decidedOn: '2026-11-01',
};
async function approve(id: string, by = decider, act = 'approve', collection = 'gates') {
  const { version, proof } = await read(collection, id);
  const body = {
    act,
    version,
    digest: proof.digest,
    ...(act === 'approve' ? {} : { reason: 'Not as it was' }),
  };
  return by.send('POST', `/${collection}/${id}/approvals`, body);
}
async function step(collection: string, id: string, transition: string, by = decider) {
  const { version } = await read(collection, id);
  return by.send('POST', `/${collection}/${id}/transitions`, { transition }, ifMatch(version));
}
const gateOf = (system: string, type: string, fields: object = {}, links = {}) =>
  made(
    'gates',
    { name: `Gate: ${type}`, type, requestedBy: manager.id, decidedBy: decider.id, ...decision, ...fields },
    { system, ...links },
  );
async function passed(id: string): Promise<void> {
  const approved = await approve(id);
  expect(approved.statusCode, approved.body).toBeLessThan(300);
  const moved = await step('gates', id, 'pass');
  expect(moved.statusCode, moved.body).toBe(200);
}
const newSystem = async () => (await made('systems', { name: 'Claims triage' })).id;

test('criteria come from the line: blank is not passed, and what is missing has its way to be put right', async () => {
  const system = await newSystem();
  const { id } = await gateOf(system, 'use-case-approval');
  const before = await sheet(id);
  expect(before).toMatchObject({ current: false, type: 'use-case-approval', standing: null });
  expect(before.obstacles.join(' ')).toMatch(/not among the criteria/);
  const taken = await take(id);
  expect(taken).toMatchObject({ current: true, version: 2 });
  const owner = taken.criteria.find(({ key }) => key === 'OW1');
  expect(owner).toMatchObject({ finding: 'not-met', row: { answer: null } });
  expect(owner?.action).not.toBeNull();
  expect(taken.obstacles.join(' ')).toMatch(/ha(s|ve) no answer/);
  // What cannot be passed is not approved either.
  const refused = await approve(id);
  expect(refused.statusCode).toBe(409);
  expect(refused.json().detail).toMatch(/ha(s|ve) no answer/);
  expect((await answerAll(id)).obstacles).toEqual([]);
  await passed(id);
  expect(await sheet(id)).toMatchObject({ standing: { stands: true, fallen: [] } });
});

test('rows written by hand pass nothing: forged findings, rows taken out, and answers against the records', async () => {
  const { id } = await gateOf(await newSystem(), 'use-case-approval', {
    criteria: [{ criterion: 'All is well', answer: 'met' }],
    verdict: 'pass',
  });
  const own = await approve(id);
  expect([own.statusCode, own.json().detail]).toEqual([409, expect.stringMatching(/not among the criteria/)]);
  const { criteria } = await answerAll(id);
  const rows = criteria.map(({ key, text }) => ({
    key,
    criterion: text,
    finding: 'met',
    answer: 'met',
    checked: 'x',
  }));
  // What the line says and what was seen is written from the line, and sent by nobody.
  const forged = await edited('gates', id, { criteria: rows });
  expect([forged.statusCode, forged.json().errors?.[0]]).toEqual([
    422,
    { at: 'fields.criteria', message: expect.stringContaining('written by an act of its own') },
  ]);
  const asTaken = (await read('gates', id)).fields.criteria;
  if (!Array.isArray(asTaken)) throw new Error('No rows');
  const retold = asTaken.map((row) => ({ ...Object(row), seen: 'Board minutes of 2019' }));
  expect((await edited('gates', id, { criteria: retold })).statusCode).toBe(422);
  const fewer = { criteria: asTaken.slice(1), ...decision };
  expect((await edited('gates', id, fewer)).statusCode).toBe(200);
  expect((await approve(id)).json().detail).toMatch(/not among the criteria/);
  expect((await step('gates', id, 'pass')).statusCode).toBe(409);
  const { version } = await take(id);
  const missed = criteria.find(({ finding }) => finding === 'not-met');
  const met = { key: missed?.key, criterion: missed?.text, answer: 'met' };
  const against = await manager.send('PATCH', `/gates/${id}/criteria`, { answers: [met] }, ifMatch(version));
  expect([against.statusCode, against.json().errors?.[0]?.at]).toEqual([422, 'fields.criteria']);
});

test('answers are given on the version that was seen; unknown, doubled and endless ones are refused by name', async () => {
  const { id } = await gateOf(await newSystem(), 'use-case-approval');
  const { version, criteria } = await take(id);
  const [first] = criteria;
  const good = { key: first?.key, criterion: first?.text, answer: 'not-met', answerToMiss: 'By June' };
  const send = (answers: unknown, at = version) =>
    manager.send('PATCH', `/gates/${id}/criteria`, { answers }, ifMatch(at));
  expect((await send([good], 1)).statusCode).toBe(412);
  expect((await send([{ ...good, key: 'ZZ9' }])).statusCode).toBe(422);
  expect((await send([good, good])).statusCode).toBe(422);
  expect((await send([{ ...good, checked: 'x'.repeat(100_000) }])).statusCode).toBe(422);
  expect((await send([{ ...good, answer: 'yes' }])).statusCode).toBe(422);
  expect((await send([])).statusCode).toBe(422);
  // Two people at once: one of them is told.
  const both = await Promise.all([send([good]), send([{ ...good, answerToMiss: 'By July' }])]);
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412]);
});

test('a version of another system is no version, and two who decide at once decide once', async () => {
  const [system, other] = [await newSystem(), await newSystem()];
  const foreign = await made('versions', { name: '1.0' }, { system: other });
  const { id } = await gateOf(system, 'evaluation-verdict', {}, { version: foreign.id });
  const version = (await sheet(id)).criteria.find(({ key }) => key === 'evaluation-verdict: version');
  expect(version).toMatchObject({ finding: 'not-met' });
  await answerAll(id);
  await approve(id);
  const once = await Promise.all([step('gates', id, 'pass'), step('gates', id, 'pass')]);
  expect(once.map(({ statusCode }) => statusCode).filter((code) => code === 200)).toHaveLength(1);
  expect((await step('gates', id, 'pass', second)).statusCode).toBe(409);
  const decided = await manager.send(
    'PUT',
    `/gates/${id}/criteria`,
    undefined,
    ifMatch((await sheet(id)).version),
  );
  expect([decided.statusCode, decided.json().detail]).toEqual([409, expect.stringContaining('is decided')]);
});

test('stages move through gates alone, by the catalogue first and by criteria of the organisation too, and a fallen gate opens nothing', async () => {
  const system = await newSystem();
  const use = await made('use-cases', { name: 'Order of claims', ...wholeUse }, { system });
  const document = await made('documents', {
    name: 'Gates',
    type: 'gate-criteria',
    reach: 'systems',
    gateCriteria: [{ gate: 'use-case-approval', criterion: 'The works council was heard' }],
  });
  const unreached = await approve(document.id, decider, 'approve', 'documents');
  expect([unreached.statusCode, unreached.json().errors?.[0]?.at]).toEqual([409, 'fields.reach']);
  await edited('documents', document.id, {}, { coversSystems: system });
  const gates = async (): Promise<SystemGatesWire> =>
    (await manager.send('GET', `/systems/${system}/gates`)).json();
  const first = await gates();
  expect(first).toMatchObject({ stage: 'inception', next: { type: 'use-case-approval' } });
  const origins = first.next?.criteria.map(({ from: { type } }) => type);
  expect([...new Set(origins)]).toEqual(['line', 'catalogue']);
  expect(first.next?.criteria.find(({ key }) => key === 'OW1')?.from.refs.length).toBeGreaterThan(0);
  // Nothing of the organisation's own is in force yet.
  expect((await step('systems', system, 'develop', manager)).json().detail).toMatch(/Approval of a use case/);
  expect((await approve(document.id, decider, 'approve', 'documents')).statusCode).toBeLessThan(300);
  const bound = await gates();
  expect(bound.next?.criteria.at(-1)).toMatchObject({
    text: 'The works council was heard',
    from: { type: 'organisation', refs: [], document: { id: document.id } },
    finding: 'person',
  });
  const refused = await step('systems', system, 'develop', manager);
  expect([refused.statusCode, refused.json().detail]).toEqual([
    409,
    expect.stringContaining('Approval of a use case'),
  ]);
  expect((await step('systems', system, 'goLive', manager)).statusCode).toBe(409);
  // What is refused is not offered, for the same reason.
  const offered = (await read('systems', system)).transitions.find(({ name }) => name === 'develop');
  expect(offered?.ability).toMatchObject({ allowed: false, reason: refused.json().detail });

  expect((await approve(use.id, decider, 'approve', 'use-cases')).statusCode).toBeLessThan(300);
  const gate = await gateOf(system, 'use-case-approval', {}, { useCases: use.id });
  const answered = await answerAll(gate.id);
  expect(answered.criteria.find(({ key }) => key === 'OW1')).toMatchObject({ finding: 'not-met' });
  // What it stands on is taken from the line: nobody takes it away, or puts another thing there.
  expect((await read('gates', gate.id)).links.seen?.map((one) => one.id)).toContain(use.id);
  const { version: at } = await read('gates', gate.id);
  for (const seen of [{ set: [] }, { remove: [use.id] }, { add: [document.id] }]) {
    const taken = await manager.send('PATCH', `/gates/${gate.id}`, { links: { seen } }, ifMatch(at));
    expect([taken.statusCode, taken.json().errors?.[0]?.at]).toEqual([422, 'links.seen']);
  }
  await passed(gate.id);
  expect(await gates()).toMatchObject({ next: { open: { id: gate.id } }, passed: [{ stands: true }] });
  expect((await approve(use.id, decider, 'withdraw', 'use-cases')).statusCode).toBeLessThan(300);
  expect(await gates()).toMatchObject({
    next: { open: null },
    passed: [{ stands: false, fallen: [{ id: use.id }] }],
  });
  expect((await step('systems', system, 'develop', manager)).statusCode).toBe(409);
  expect((await approve(use.id, decider, 'approve', 'use-cases')).statusCode).toBeLessThan(300);
  expect((await step('systems', system, 'develop', manager)).statusCode).toBe(200);
  // What was passed opens one round alone: begun again, it asks again.
  expect((await step('systems', system, 'retire', manager)).statusCode).toBe(200);
  expect((await step('systems', system, 'reopen', manager)).statusCode).toBe(200);
  expect((await gates()).next).toMatchObject({ type: 'use-case-approval', open: null });
  expect((await step('systems', system, 'develop', manager)).json().detail).toMatch(/an earlier round/);
});

test('whoever decides a gate by their authority passes it, top management with no other role among them', async () => {
  const top = await signedIn(server, manager.organisation, ['top-management'], { name: 'Head of the house' });
  const system = await newSystem();
  const gate = await gateOf(system, 'use-case-approval', { decidedBy: top.id });
  await answerAll(gate.id);
  const offered = async () =>
    ((await top.send('GET', `/gates/${gate.id}`)).json() as RecordWire).transitions.find(
      ({ name }) => name === 'pass',
    )?.ability;
  expect(await offered()).toMatchObject({ allowed: false, reason: expect.stringMatching(/approval/) });
  const approved = await approve(gate.id, top);
  expect(approved.statusCode, approved.body).toBeLessThan(300);
  expect(await offered()).toMatchObject({ allowed: true });
  const moved = await step('gates', gate.id, 'pass', top);
  expect(moved.statusCode, moved.body).toBe(200);
});

const ownedSystem = async (fields: object = {}, state = 'inception') => {
  const recorded = { fields: { name: 'Claims triage', owner: decider.id, ...fields }, state };
  const answer = await manager.send('POST', '/systems', recorded);
  expect(answer.statusCode, answer.body).toBe(201);
  const system: string = answer.json().record.id;
  const role = { role: 'system-owner', person: decider.id, acceptedOn: '2026-01-01' };
  const { id } = await made('role-assignments', role, { system });
  if ((await read('role-assignments', id)).state !== 'accepted')
    expect((await step('role-assignments', id, 'accept')).statusCode).toBe(200);
  return system;
};
const inDays = (days: number) => dayAhead(server, days);

test('an admission afterwards needs reason and end, opens the way until then, and shows on the system', async () => {
  const system = await ownedSystem({}, 'deployment');
  const version = await made('versions', { name: '3.1', liveFrom: '2025-01-01' }, { system });
  expect((await step('versions', version.id, 'goLive', manager)).statusCode).toBe(200);
  const { id } = await gateOf(
    system,
    'deployment-approval',
    { retrospective: 'yes' },
    { version: version.id },
  );
  await take(id);
  const refused = async (): Promise<string> => {
    const answer = await approve(id);
    expect(answer.statusCode).toBe(409);
    return answer.json().detail;
  };
  expect(await refused()).toMatch(/needs its reason/);
  for (const none of ['.', 'n/a', 'To be confirmed']) {
    await edited('gates', id, { retrospectiveReason: none });
    expect(await refused()).toMatch(/needs its reason/);
  }
  await edited('gates', id, { retrospectiveReason: 'It ran before the register' });
  expect(await refused()).toMatch(/needs the day/);
  await edited('gates', id, { missingBy: inDays(400) });
  expect(await refused()).toMatch(/within 366 days/);
  const until = inDays(100);
  await edited('gates', id, { missingBy: until });
  await approve(id);
  // Whoever asked for it admits nothing.
  expect((await step('gates', id, 'pass', manager)).statusCode).toBe(409);
  const passing = await step('gates', id, 'pass');
  expect(passing.statusCode, passing.body).toBe(200);
  const gates: SystemGatesWire = (await manager.send('GET', `/systems/${system}/gates`)).json();
  expect(gates.exceptions).toMatchObject([{ type: 'retrospective', until, over: false, gate: { id } }]);
  const all: GateExceptionsWire = (await manager.send('GET', '/gates/exceptions')).json();
  expect(all).toMatchObject({
    overdue: 0,
    items: [
      {
        ...{ gate: { id }, system: { id: system }, type: 'retrospective', until, over: false },
        ...{ stands: true, fallen: [] },
        ...{ reason: 'It ran before the register', decidedBy: 'Head of release', stage: 'Deployment' },
      },
    ],
  });
  // What it was let through on is not another afterwards: it takes asking again.
  for (const words of [
    { retrospectiveReason: null },
    { retrospectiveReason: 'Another story' },
    { missingItems: 'Nothing' },
    { missingBy: inDays(300) },
    { retrospective: 'no' },
    { plan: 'None' },
    { settledData: 'Gone' },
  ]) {
    const rewritten = await edited('gates', id, words);
    expect([rewritten.statusCode, rewritten.json().errors?.[0]?.at]).toEqual([
      422,
      `fields.${Object.keys(words)[0]}`,
    ]);
  }
  expect((await manager.send('GET', '/gates/exceptions')).json()).toEqual(all);
  // Withdrawn before its end, it stands no longer, in each of the three places.
  const withdrawn = await approve(id, second, 'withdraw');
  expect(withdrawn.statusCode, withdrawn.body).toBeLessThan(300);
  const fell = { stands: false, fallen: [{ id }], over: false };
  const after = async (path: string) => (await manager.send('GET', path)).json();
  expect((await after('/gates/exceptions')).items).toMatchObject([{ gate: { id }, ...fell }]);
  expect((await after(`/systems/${system}/gates`)).exceptions).toMatchObject([fell]);
  expect((await sheet(id)).exception).toMatchObject(fell);
  const elsewhere = await signedIn(server, await organisation(server), ['reader'], { name: 'Stranger' });
  expect((await elsewhere.send('GET', '/gates/exceptions')).json()).toEqual({ overdue: 0, items: [] });
});

test('a release that was decided after going live is late, whatever day is typed, and says that it was entered afterwards', async () => {
  const system = await ownedSystem();
  const version = await made('versions', { name: '3.1', liveFrom: inDays(30) }, { system });
  const early = await step('versions', version.id, 'goLive', manager);
  expect([early.statusCode, early.json().detail]).toEqual([409, expect.stringContaining('still to come')]);
  await edited('versions', version.id, { liveFrom: '2026-01-01' });
  expect((await step('versions', version.id, 'goLive', manager)).statusCode).toBe(200);
  for (const liveFrom of [inDays(0), null, '2026-02']) {
    const moved = await edited('versions', version.id, { liveFrom });
    expect([moved.statusCode, moved.json().errors?.[0]?.message]).toEqual([
      422,
      expect.stringContaining('is not moved on while the version is live'),
    ]);
  }
  const ahead = await manager.send('POST', '/gates', {
    fields: { name: 'Gate', type: 'deployment-approval', decidedOn: inDays(2) },
    links: linked({ system }),
  });
  expect([ahead.statusCode, ahead.json().errors?.[0]?.at]).toEqual([422, 'fields.decidedOn']);
  const days = { requestedOn: '2025-12-01', decidedOn: '2025-12-02' };
  const { id } = await gateOf(system, 'deployment-approval', days, { version: version.id });
  await answerAll(id);
  await passed(id);
  expect(await sheet(id)).toMatchObject({
    standing: { stands: true },
    entered: {
      decidedOn: '2025-12-02',
      recordedOn: inDays(0),
      broughtIn: false,
    },
  });
  expect((await step('systems', system, 'goLive', manager)).statusCode).toBe(200);
  const line = (await manager.send('GET', `/systems/${system}/trace`)).body;
  expect(line).toContain(' live before the release by ');
});

test('what is passed under conditions has an owner and a last day for each, is listed, and is fulfilled by saying how', async () => {
  const system = await newSystem();
  const { id } = await gateOf(system, 'use-case-approval');
  const { criteria, version } = await take(id);
  const missed = criteria.find(({ finding }) => finding === 'not-met');
  const answer = { key: missed?.key, criterion: missed?.text, answer: 'not-met', answerToMiss: 'Put right' };
  const bare = await manager.send('PATCH', `/gates/${id}/criteria`, { answers: [answer] }, ifMatch(version));
  expect(bare.json().obstacles.join(' ')).toMatch(/say who sees to it, and by when/);
  const nobody = { ...answer, missOwner: system, missBy: inDays(30) };
  const at = ifMatch(bare.json().version);
  expect((await manager.send('PATCH', `/gates/${id}/criteria`, { answers: [nobody] }, at)).statusCode).toBe(
    422,
  );
  await answerAll(id);
  await passed(id);
  const gates = async (): Promise<SystemGatesWire> =>
    (await manager.send('GET', `/systems/${system}/gates`)).json();
  const first = (await gates()).conditions[0];
  expect(first).toMatchObject({ by: inDays(30), owner: 'AIMS manager', fulfilledOn: null, over: false });
  // The condition itself is frozen; that it is fulfilled is said beside it.
  expect((await edited('gates', id, { conditions: 'None' })).statusCode).toBe(422);
  const strange = await edited('gates', id, {
    fulfilments: [{ criterion: 'x', fulfilledOn: inDays(0), how: 'Done' }],
  });
  expect([strange.statusCode, strange.json().errors?.[0]?.at]).toEqual([422, 'fields.fulfilments']);
  // By whom, and against what the line says: gate-fulfilments.test.ts.
  expect(await sheet(id)).toMatchObject({ standing: { stands: true } });
});

test('what the line would refuse to pass is neither approved nor submitted, for the same reasons, and its page says so', async () => {
  const system = (await made('systems', { name: 'Scores', legalOverlay: ['eu-ai-act'] })).id;
  const use = await made('use-cases', { name: 'Scores of persons', ...wholeUse }, { system });
  const { id } = await gateOf(system, 'use-case-approval', {}, { useCases: use.id });
  await answerAll(id);
  const { obstacles } = await sheet(id);
  expect(obstacles).toEqual([expect.stringMatching(/is law, and nobody releases/)]);
  const refused = await approve(id);
  expect([refused.statusCode, refused.json().detail]).toEqual([409, obstacles[0]]);
  expect((await approve(id, decider, 'submit')).json().detail).toBe(obstacles[0]);
  const page: RecordWire = (await decider.send('GET', `/gates/${id}`)).json();
  expect(page.lack?.says).toBe(obstacles[0]);
  expect(page.abilities.approve).toMatchObject({ allowed: false, reason: obstacles[0] });
  // Not to pass it asks the line nothing.
  await edited('gates', id, { verdict: 'fail', reason: 'It has no class yet' });
  expect((await read('gates', id)).lack).toBeUndefined();
  expect((await approve(id)).statusCode).toBeLessThan(300);
  expect((await step('gates', id, 'refuse')).statusCode).toBe(200);
});

test('an exception is of a release, and one of two', async () => {
  const system = await newSystem();
  const asked = (fields: object) =>
    manager.send('POST', '/gates', { fields: { name: 'Gate', ...fields }, links: linked({ system }) });
  const other = await asked({ type: 'use-case-approval', emergency: 'yes' });
  expect([other.statusCode, other.json().errors?.[0]?.at]).toEqual([422, 'fields.emergency']);
  const both = await asked({ type: 'deployment-approval', emergency: 'yes', retrospective: 'yes' });
  expect([both.statusCode, both.json().errors?.[0]?.at]).toEqual([422, 'fields.retrospective']);
});

test('what does not run is not admitted afterwards, and no exception puts off version or owner', async () => {
  const excused = async (system: string, fields: object, links: object = {}) => {
    const until = { missingBy: inDays(30) };
    const { id } = await gateOf(system, 'deployment-approval', { ...fields, ...until }, links);
    await take(id);
    const refused = await approve(id);
    return [refused.statusCode, refused.json().detail, (await sheet(id)).obstacles.join(' ')];
  };
  const emergency = { emergency: 'yes', emergencyReason: 'A fraud wave' };
  const noVersion = expect.stringContaining('does not wait');
  const system = await ownedSystem();
  expect(await excused(system, emergency)).toEqual([409, noVersion, noVersion]);
  const built = await made('versions', { name: '1.0' }, { system });
  const runs = expect.stringContaining('what runs already');
  const afterwards = { retrospective: 'yes', retrospectiveReason: 'It ran before' };
  expect(await excused(system, afterwards, { version: built.id })).toEqual([409, runs, runs]);
  // It runs by a day alone, in the register it is begun, and it is younger than the management system.
  const typed = await made('versions', { name: '1.1', liveFrom: '2026-01-01' }, { system });
  expect((await excused(system, afterwards, { version: typed.id }))[1]).toMatch(/what runs already/);
  await step('versions', typed.id, 'goLive', manager);
  expect((await excused(system, afterwards, { version: typed.id }))[1]).toMatch(/still being made/);
  const nobodys = await newSystem();
  const live = await made('versions', { name: '1.0', liveFrom: '2025-01-01' }, { system: nobodys });
  expect((await excused(nobodys, afterwards, { version: live.id }))[1]).toMatch(
    /accountable owner.*does not wait/,
  );
});

test('nothing that was not done yet reads as passed over, and people are named', async () => {
  const system = (await made('systems', { name: 'Screening', owner: manager.id })).id;
  const gates: SystemGatesWire = (
    await manager.send('GET', `/systems/${system}/gates?type=deployment-approval`)
  ).json();
  const finding = (key: string) => gates.next?.criteria.find((one) => one.key === key)?.finding;
  for (const key of ['CL3', 'RI4', 'RI5', 'RE3', 'RE4', 'IN1'])
    expect([key, finding(key)]).toEqual([key, 'undetermined']);
  const owner = gates.next?.criteria.find(({ key }) => key === 'OW1');
  expect(JSON.stringify(owner?.says)).toContain('AIMS manager');
  expect(JSON.stringify(gates)).not.toContain('was erased');
});

test.each([
  [
    'requirement-specs',
    { need: '.', requirements: [{ requirement: '.', origin: 'law', acceptance: '.' }] },
    { need: 'Sort', requirements: [{ requirement: 'Fast', origin: 'need', acceptance: 'Within 2 s' }] },
  ],
  [
    'design-records',
    { architecture: 'One service', choices: [{ choice: 'Rules', reason: 'xxxx' }] },
    { choices: [{ choice: 'Rules', reason: 'They can be read' }] },
  ],
  [
    'log-plans',
    { events: [{ event: 'Output', why: 'To see it later' }], heldBy: 'organisation', access: '...' },
    { stages: ['operation-monitoring'], retentionMonths: 24, access: 'Internal audit' },
  ],
  [
    'system-cards',
    { purpose: 'Sorts', limits: 'Poor language', performance: '---', oversight: 'A person reads each' },
    { performance: '93 of 100 as a person would' },
  ],
])(
  'a form that says nothing, or a text of nothing, is not approved: %s',
  async (collection, first, second) => {
    const system = await newSystem();
    const version = await made('versions', { name: '1.0' }, { system });
    const named = collection === 'system-cards' ? { version: version.id } : {};
    const { id } = await made(collection, { name: 'Of the triage' }, { system, ...named });
    const refused = await approve(id, decider, 'approve', collection);
    expect([refused.statusCode, refused.json().detail]).toEqual([
      409,
      expect.stringContaining('Blank is not approved'),
    ]);
    await edited(collection, id, first);
    expect((await approve(id, decider, 'approve', collection)).statusCode).toBe(409);
    await edited(collection, id, second);
    const given = await approve(id, decider, 'approve', collection);
    expect(given.statusCode, given.body).toBeLessThan(300);
  },
);

test('nobody reads or answers gates of others, and what is no gate is not there', async () => {
  const { id } = await gateOf(await newSystem(), 'use-case-approval');
  const stranger = await signedIn(server, await organisation(server), ['aims-manager'], { name: 'Stranger' });
  expect((await stranger.send('GET', `/gates/${id}/criteria`)).statusCode).toBe(404);
  const reader = await signedIn(server, manager.organisation, ['reader'], { name: 'Reader' });
  expect((await reader.send('GET', `/gates/${id}/criteria`)).statusCode).toBe(200);
  expect((await reader.send('PUT', `/gates/${id}/criteria`, undefined, ifMatch(1))).statusCode).toBe(403);
  expect((await manager.send('GET', '/gates/GAT-99999/criteria')).statusCode).toBe(404);
  expect((await manager.send('GET', `/systems/${await newSystem()}/gates?type=none`)).statusCode).toBe(422);
});
