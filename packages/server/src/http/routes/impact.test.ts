import { loadCatalogue } from '@throughline/catalogue/load.ts';
import type { ImpactSheetWire } from '@throughline/domain/wire-impact.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wholeEffects } from '../../../../domain/test/impact/whole.ts';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { linked } from '../../../test/linked.ts';
import { madeIn } from '../../../test/take-steps.ts';
import { wholeAssessment } from '../../../test/whole.ts';

let server: TestServer;
let manager: Agent;
let reader: Agent;
let lead: Agent;
let approver: Agent;
let system: string;
let useCase: string;

beforeAll(async () => {
  ({ server, manager, reader } = await staffedServer());
  lead = await signedIn(server, manager.organisation, ['aims-manager'], { name: 'Impact lead' });
  approver = await signedIn(server, manager.organisation, ['top-management'], { name: 'Head of claims' });
  system = await made('systems', { name: 'Claims triage', purpose: 'Sorts claims', markets: ['Ireland'] });
  useCase = await made(
    'use-cases',
    {
      name: 'Order of claims',
      purpose: 'Sort claims by urgency',
      context: 'Front office',
      affectedPersons: 'Claimants; handlers',
      foreseeableMisuse: 'Taken for a judgement on honesty',
      humanOversight: 'A handler confirms each order',
      personalData: 'no',
    },
    { system },
  );
});
afterAll(() => closeUnfailed(server));

async function made(
  collection: string,
  fields: object,
  links: Record<string, string | string[]> = {},
  state?: string,
): Promise<string> {
  return (await madeIn(server, manager, collection, { fields, links: linked(links), state })).id;
}
const assessment = (fields: object = {}, covers: string | string[] = useCase) =>
  made('impact-assessments', { name: 'Impact of order', ...fields }, { system, covers });
const at = (id: string) => `/impact-assessments/${id}/sheet`;
const sheetOf = async (id: string, as = manager): Promise<ImpactSheetWire> => {
  const answer = await as.send('GET', at(id));
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
};
const write = (id: string, version: number, body: object, as = manager) =>
  as.send('PATCH', at(id), body, ifMatch(version));
const fieldsOf = async (id: string) => (await manager.send('GET', `/impact-assessments/${id}`)).json().fields;
/** A whole assessment, with people of this organisation where people are named. */
const whole = () => wholeAssessment(manager.id);
const act = async (collection: string, id: string, body: object, as: Agent) => {
  const { version, proof } = (await as.send('GET', `/${collection}/${id}`)).json();
  return as.send('POST', `/${collection}/${id}/approvals`, { ...body, version, digest: proof.digest });
};

async function completed(id: string): Promise<void> {
  const at = `/impact-assessments/${id}`;
  const { version } = (await manager.send('GET', at)).json();
  const done = await manager.send('POST', `${at}/transitions`, { transition: 'complete' }, ifMatch(version));
  expect(done.statusCode, done.body).toBe(200);
}

test('an assessment with nothing in it says what is blank, dimension by dimension, and is not completed', async () => {
  const id = await assessment();
  const sheet = await sheetOf(id);
  expect(sheet.blanks.length).toBeGreaterThan(25);
  expect(sheet.parts.map((part) => part.id)).toContain('culture');
  expect(sheet.blanks).toContainEqual({
    part: 'culture',
    field: 'effects',
    says: expect.stringMatching(/not judged/),
  });
  expect(sheet.signs.map((sign) => sign.id)).toEqual(['no-group']);
  const refused = await manager.send(
    'POST',
    `/impact-assessments/${id}/transitions`,
    { transition: 'complete' },
    ifMatch(1),
  );
  expect(refused.statusCode).toBe(409);
  expect(refused.json().detail).toMatch(/^Context, Affected groups, .* are needed first\.$/);
});

describe('what is known elsewhere', () => {
  test('is shown with its records, filled in where asked, and waits field by field', async () => {
    const id = await assessment({ misuse: 'Seen by ourselves' });
    const { known } = await sheetOf(id);
    expect(known.find((one) => one.field === 'intendedUse')).toMatchObject({
      value: 'Sort claims by urgency',
      from: [{ kind: 'use-case', title: 'Order of claims' }],
    });
    const filled = await manager.send('PUT', `/impact-assessments/${id}/known`, undefined, ifMatch(1));
    expect(filled.statusCode, filled.body).toBe(200);
    const sheet: ImpactSheetWire = filled.json();
    expect(sheet.toConfirm).toEqual([
      'context',
      'intendedUse',
      'affectedGroups',
      'jurisdictions',
      'dpia',
      'friaProcesses',
      'friaOversight',
    ]);
    expect(await fieldsOf(id)).toMatchObject({
      misuse: 'Seen by ourselves',
      jurisdictions: ['Ireland'],
      affectedGroups: [{ group: 'Claimants' }, { group: 'handlers' }],
    });

    const one = await write(id, 2, { confirm: ['context'], fields: { intendedUse: 'Sort them by need' } });
    expect(one.json().toConfirm).toEqual([
      'affectedGroups',
      'jurisdictions',
      'dpia',
      'friaProcesses',
      'friaOversight',
    ]);
    const again = await manager.send('PUT', `/impact-assessments/${id}/known`, undefined, ifMatch(3));
    expect(again.json().version).toBe(3);
  });

  test('unconfirmed, it stops completion as if it were blank', async () => {
    const id = await assessment({ ...whole(), toConfirm: ['misuse'] });
    const refused = await manager.send(
      'POST',
      `/impact-assessments/${id}/transitions`,
      { transition: 'complete' },
      ifMatch(1),
    );
    expect(refused.json().detail).toContain('nobody confirmed it');
    await write(id, 1, { confirm: ['misuse'] });
    const done = await manager.send(
      'POST',
      `/impact-assessments/${id}/transitions`,
      { transition: 'complete' },
      ifMatch(2),
    );
    expect(done.statusCode, done.body).toBe(200);
  });
});

describe('two people on one assessment', () => {
  test('who write different fields, rows and cells both keep their words', async () => {
    const id = await assessment({ effects: wholeEffects });
    expect((await write(id, 1, { fields: { context: 'Hers' } })).statusCode).toBe(200);
    const second = await write(
      id,
      1,
      {
        fields: { misuse: 'His' },
        effects: { set: [{ number: 1, basis: 'His test' }, { dimension: 'culture' }] },
      },
      lead,
    );
    expect(second.statusCode, second.body).toBe(200);
    const third = await write(id, 1, { effects: { set: [{ number: 1, severity: 'severe' }] } });
    expect(third.statusCode, third.body).toBe(200);
    const fields = await fieldsOf(id);
    expect(fields).toMatchObject({ context: 'Hers', misuse: 'His' });
    expect(fields.effects[0]).toMatchObject({ number: 1, basis: 'His test', severity: 'severe' });
    expect(fields.effects).toHaveLength(wholeEffects.length + 1);
  });

  test('who write the same field otherwise are told which, and nothing is taken', async () => {
    const id = await assessment({ effects: wholeEffects });
    await write(id, 1, { fields: { context: 'Hers' }, effects: { set: [{ number: 2, severity: 'minor' }] } });
    const lost = await write(
      id,
      1,
      { fields: { context: 'His', misuse: 'His' }, effects: { set: [{ number: 2, severity: 'severe' }] } },
      lead,
    );
    expect(lost.statusCode).toBe(412);
    expect(lost.json()).toMatchObject({ code: 'changed', facts: { version: 2, expected: 1 } });
    expect(lost.json().errors.map((item: { at: string }) => item.at)).toEqual([
      'fields.context',
      'effects.2.severity',
    ]);
    expect(await fieldsOf(id)).not.toHaveProperty('misuse');
    expect((await write(id, 2, { fields: { context: 'His' } }, lead)).statusCode).toBe(200);
  });

  test('two who write at the same moment lose nothing either', async () => {
    const id = await assessment();
    const rows = ['fairness', 'culture', 'economy', 'financial'];
    const answers = await Promise.all(
      rows.map((dimension, n) =>
        write(id, 1, { effects: { set: [{ dimension, polarity: 'none', reason: `Reason ${n}` }] } }),
      ),
    );
    expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200, 200]);
    const { effects } = await fieldsOf(id);
    expect(effects.map((row: { number: number }) => row.number)).toEqual([1, 2, 3, 4]);
    expect(new Set(effects.map((row: { dimension: string }) => row.dimension))).toEqual(new Set(rows));
  });
});

describe('what cannot be taken names its place', () => {
  test.each<[string, object, string, RegExp]>([
    [
      '100,000 characters',
      { fields: { context: 'x'.repeat(100_000) } },
      'fields.context',
      /100000 characters; 8000/,
    ],
    [
      '100,000 in an effect',
      { effects: { set: [{ effect: 'x'.repeat(100_000) }] } },
      'fields.effects',
      /600/,
    ],
    [
      'a step that no scale has',
      { effects: { set: [{ severity: 'awful' }] } },
      'fields.effects',
      /not one of/,
    ],
    [
      'a number below one',
      { effects: { set: [{ number: -1 }] } },
      'effects.set.0.number',
      /without a number/,
    ],
    ['no number', { effects: { set: [{ number: 'two' }] } }, 'effects.set.0.number', /numbered from 1/],
    ['no field', { fields: { colour: 'blue' } }, 'fields.colour', /no field "colour"/],
    ['NUL', { fields: { misuse: 'a\u0000b' } }, 'fields.misuse', /NUL/],
    ['effects as a field', { fields: { effects: [] } }, 'fields.effects', /row by row/],
    ['what waits, as a field', { fields: { toConfirm: [] } }, 'fields.toConfirm', /confirm/],
    ['confirming no field', { confirm: ['colour'] }, 'confirm.0', /no field "colour"/],
    ['a day that is none', { fields: { assessedOn: '2026-02-30' } }, 'fields.assessedOn', /./],
    ['effects that are no rows', { effects: { set: ['x'] } }, 'effects.set.0', /./],
    ['a key that is none', { colour: 1 }, 'colour', /./],
  ])('%s', async (_, body, place, message) => {
    const id = await assessment();
    const answer = await write(id, 1, body);
    expect(answer.statusCode, answer.body).toBe(422);
    const found = answer.json().errors.find((item: { at: string }) => item.at === place);
    expect(found, answer.body).toBeDefined();
    expect(found.message).toMatch(message);
    expect((await sheetOf(id)).version).toBe(1);
  });

  test('an effect with the number of another, brought in whole', async () => {
    const twice = [{ number: 1 }, { number: 1 }];
    const answer = await manager.send('POST', '/impact-assessments', {
      fields: { name: 'x', effects: twice },
      links: { system: { set: [system] } },
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0]).toMatchObject({ at: 'fields.effects', message: /number 1/ });
  });

  test('a version that never was, none at all, somebody who only reads, and nobody', async () => {
    const id = await assessment();
    expect((await write(id, 9, { fields: { context: 'x' } })).statusCode).toBe(412);
    expect((await manager.send('PATCH', at(id), { fields: {} })).statusCode).toBe(428);
    expect((await write(id, 1, { fields: { context: 'x' } }, reader)).statusCode).toBe(403);
    expect((await sheetOf(id, reader)).version).toBe(1);
    expect((await manager.send('GET', at('IA-99999'))).statusCode).toBe(404);
    expect((await manager.send('GET', at(useCase))).statusCode).toBe(404);
  });
});

test('several uses under one assessment need a reason', async () => {
  const other = await made('use-cases', { name: 'Fraud hints' }, { system });
  const id = await assessment(whole(), [useCase, other]);
  expect((await sheetOf(id)).blanks.map((blank) => blank.field)).toEqual(['togetherReason']);
  const { blanks, useCases } = (await write(id, 1, { fields: { togetherReason: 'One desk' } })).json();
  expect([blanks, useCases.length]).toEqual([[], 2]);
});

test('texts that stand word for word elsewhere are named with where, for one and for all', async () => {
  const text = 'Word for word the same context, as nobody would write it twice by chance';
  const [first, second] = [await assessment({ context: text }), await assessment({ context: text })];
  expect((await sheetOf(first)).alike).toMatchObject([
    { field: 'context', label: 'Context', with: [{ id: second }], more: false },
  ]);
  const shared = (await manager.send('GET', '/impact-alike')).json();
  const group = shared.groups.find((one: { assessments: { id: string }[] }) =>
    one.assessments.some((row) => row.id === first),
  );
  expect(group).toMatchObject({ field: 'context', count: 2 });
});

describe('the method and its versions', () => {
  const scales = [
    { scale: 'severity', step: 'minor', label: 'Annoying', meaning: 'An hour is lost' },
    { scale: 'severity', step: 'severe', label: 'Life-changing', meaning: 'Nothing is as before' },
  ];
  let method: string;
  const approve = async () => {
    const answer = await act('documents', method, { act: 'approve' }, approver);
    expect(answer.statusCode, answer.body).toBeLessThan(300);
  };

  test('an assessment names the version it follows, and its scales are in the method’s words', async () => {
    method = await made('documents', { name: 'Method', type: 'method', covers: ['MD-05'], scales });
    await approve();
    const id = await assessment();
    const sheet: ImpactSheetWire = (
      await manager.send('PUT', `/impact-assessments/${id}/known`, undefined, ifMatch(1))
    ).json();
    expect(sheet.method).toMatchObject({ document: { id: method }, version: 1, standing: 'current' });
    expect(sheet.scales.find((scale) => scale.id === 'severity')).toMatchObject({
      own: true,
      steps: [
        { id: 'minor', label: 'Annoying' },
        { id: 'severe', label: 'Life-changing' },
      ],
    });

    const changed = {
      fields: { scales: scales.map((row) => ({ ...row, label: 'New' })), transitionOn: '2099-12-31' },
    };
    const edited = await manager.send('PATCH', `/documents/${method}`, changed, ifMatch(1));
    expect(edited.statusCode, edited.body).toBe(200);
    expect((await sheetOf(id)).method.standing).toBe('current');
    await approve();

    const then = await sheetOf(id);
    expect(then.method).toMatchObject({
      version: 1,
      inForce: 2,
      standing: 'in-transition',
      offered: { document: { id: method }, version: 2 },
    });
    expect(then.scales.find((scale) => scale.id === 'severity')?.steps[0]?.label).toBe('Annoying');
    const methods = (await manager.send('GET', '/impact-methods')).json();
    expect(methods).toMatchObject({ method: { id: method }, inForce: 2, transitionOn: '2099-12-31' });
    expect(methods.counts).toMatchObject({ 'in-transition': 1, current: 0 });
    expect(
      methods.items.find((one: { assessment: { id: string } }) => one.assessment.id === id),
    ).toMatchObject({
      version: 1,
      standing: 'in-transition',
    });

    const taken = (await write(id, then.version, { takeMethod: true })).json();
    expect(taken.method).toMatchObject({ version: 2, standing: 'current', offered: null });
    expect(taken.scales[0].steps[0].label).toBe('New');
  });

  test('rows that are no scale are refused at the field', async () => {
    const answer = await manager.send('POST', '/documents', {
      fields: { name: 'x', type: 'method', scales: [{ scale: 'severity', step: 'rare' }] },
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0]).toMatchObject({ at: 'fields.scales', message: /no step "rare"/ });
  });
});

test('the fundamental-rights assessment reuses what is there, and names what the law asks beyond it', async () => {
  const cls = await made('classifications', { name: 'EU AI Act', scheme: 'eu-ai-act' }, { useCase });
  const scores = loadCatalogue().euAiAct.test_cases.find((one) => one.id === 'TC45')?.facts ?? {};
  const kept = await manager.send(
    'PUT',
    `/classifications/${cls}/interview`,
    { answers: scores },
    ifMatch(1),
  );
  expect(kept.json().result.outcomes).toMatchObject([{ id: 'high-risk-annex-iii' }, { id: 'fria-required' }]);
  const blank = await assessment();
  await manager.send('PUT', `/impact-assessments/${blank}/known`, undefined, ifMatch(1));
  const filled = (await manager.send('GET', `/impact-assessments/${blank}`)).json();
  expect([filled.fields.fria, filled.links.classes]).toMatchObject(['due', [{ id: cls }]]);
  const id = await assessment({ ...whole(), fria: 'due', friaReason: null });
  const { rights, known } = await sheetOf(id);
  expect(rights).toMatchObject({ due: 'yes', classifications: [{ id: cls }] });
  expect(known.find((one) => one.field === 'fria')?.value).toBe('due');
  const missing = [...rights.elements, ...rights.acts].filter((one) => !one.there).map((one) => one.id);
  expect(missing).toEqual(['a', 'b', 'e', 'f', 'before-use', 'notified']);
  expect(rights.elements[2]).toMatchObject({ id: 'c', there: true });
  const fields = {
    fria: 'done',
    friaProcesses: 'First look at each claim',
    friaPeriod: 'Daily, until June 2029',
    friaOversight: 'A handler confirms each hint',
    friaMeasures: 'The handler stops it and tells the claimant',
    friaOn: '2026-10-01',
    friaNotifiedOn: '2026-10-02',
    friaAuthority: 'Market surveillance authority',
  };
  expect((await write(id, 1, { fields })).json().rights.gaps).toBe(0);
  await manager.send('POST', `/classifications/${cls}/archive`, {}, ifMatch(1));
});

describe('approval and the line', () => {
  /** A live system with a use, and the rules that its station of impact misses. */
  async function running() {
    const own = await made('systems', { name: 'Fraud hints' }, {}, 'operation-monitoring');
    const use = await made(
      'use-cases',
      { name: 'Hints', purpose: 'Hint' },
      { system: own },
      'in-preparation',
    );
    const missed = async (): Promise<string[]> => {
      const line = (await manager.send('GET', `/systems/${own}/trace`)).json();
      const station = line.stations.find((one: { id: string }) => one.id === 'impact');
      return station.gaps.map((gap: { rule: string }) => gap.rule).sort();
    };
    const where = 'https://files.example/impact';
    const method = await made('documents', { name: 'How we assess', type: 'method', location: where });
    await act('documents', method, { act: 'approve' }, approver);
    return { own, use, method, missed };
  }

  test('another person with the authority approves; then the line shows what the assessment leaves open', async () => {
    const { own, use, method, missed } = await running();
    const id = await made(
      'impact-assessments',
      { ...whole(), effects: [] },
      { system: own, covers: use, method },
    );
    await write(id, 1, { effects: { set: wholeEffects.map(({ number: _, ...row }) => row) } });
    const early = await act('impact-assessments', id, { act: 'approve' }, approver);
    expect([early.statusCode, early.json().detail]).toEqual([
      409,
      'It is approved once it is “Completed”; this is “Under way”.',
    ]);
    await completed(id);
    expect((await act('impact-assessments', id, { act: 'approve' }, manager)).statusCode).toBe(403);
    expect(await missed()).toEqual(['IM1']);
    const approved = await act('impact-assessments', id, { act: 'approve' }, approver);
    expect(approved.statusCode, approved.body).toBeLessThan(300);
    expect(await missed()).toEqual([]);

    // Whoever runs an assessment does not approve it, also where another wrote every word.
    const run = await made(
      'impact-assessments',
      { ...whole(), owner: approver.id },
      { system: own, covers: use, method },
      'completed',
    );
    const refused = await act('impact-assessments', run, { act: 'approve' }, approver);
    expect([refused.statusCode, refused.json().detail]).toEqual([
      403,
      expect.stringContaining('You asked for this'),
    ]);
    await manager.send('POST', `/impact-assessments/${run}/archive`, {}, ifMatch(1));

    // A draft changes nothing: the line reads the approved version until another one is.
    const { version } = await sheetOf(id);
    await write(id, version, { fields: { misuse: null } });
    expect(await missed()).toEqual([]);
    expect((await sheetOf(id)).lastTime).toMatchObject({ version });
    await act('documents', method, { act: 'withdraw', reason: 'Another one replaced it' }, approver);
    expect(await missed()).toEqual(['IM11']);
    await act('documents', method, { act: 'reinstate' }, approver);
    expect(await missed()).toEqual([]);
    const blank = await act('impact-assessments', id, { act: 'approve' }, approver);
    expect([blank.statusCode, blank.json().detail]).toEqual([
      409,
      expect.stringMatching(/needed before it is approved/),
    ]);

    const withdrawn = await act(
      'impact-assessments',
      id,
      { act: 'withdraw', reason: 'It says the wrong thing' },
      approver,
    );
    expect(withdrawn.statusCode, withdrawn.body).toBeLessThan(300);
    expect(await missed()).toEqual(['IM1']);
  });

  test('a change of the use reopens it, and the assessment of a change comes before the change', async () => {
    const { own, use, method, missed } = await running();
    const change = { proposedChange: 'Another model', changeEffectiveOn: '2026-01-01' };
    const id = await made(
      'impact-assessments',
      { ...whole(), ...change },
      { system: own, covers: use, method },
    );
    expect(await missed()).toEqual(['IM1', 'IM4']);
    // The day has come: by hand nobody puts it off, nor takes the change away.
    for (const fields of [
      { changeEffectiveOn: '2099-01-01' },
      { proposedChange: null },
      { proposedChange: 'A comma' },
    ]) {
      const refused = await write(id, 1, { fields });
      expect([refused.statusCode, refused.body]).toEqual([
        422,
        expect.stringContaining('stays on record until it is approved'),
      ]);
    }
    await completed(id);
    await act('impact-assessments', id, { act: 'approve' }, approver);
    expect(await missed()).toEqual(['IM4']);
    // What stands approved says so until another version is: a draft that names another change closes nothing.
    const again = await manager.send(
      'POST',
      `/impact-assessments/${id}/transitions`,
      { transition: 'reassess' },
      ifMatch(2),
    );
    expect(again.statusCode, again.body).toBe(200);
    const next = { proposedChange: 'A third model', changeEffectiveOn: '2099-01-01' };
    expect((await write(id, 3, { fields: next })).statusCode).toBe(200);
    expect(await missed()).toEqual(['IM4']);
    await completed(id);
    await act('impact-assessments', id, { act: 'approve' }, approver);
    expect(await missed()).toEqual([]);
    await manager.send('PATCH', `/use-cases/${use}`, { fields: { purpose: 'Refuse' } }, ifMatch(2));
    expect(await missed()).toEqual(['IM1']);
  });
});
