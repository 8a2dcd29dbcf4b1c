/** A risk that carries a finding, while the assessment that found it is judged anew. */
import type { ChangeWire, RecordWire, RegisterWire, TraceWire } from '@throughline/domain/wire.ts';
import type { HomeWire } from '@throughline/domain/wire-pages.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { comparedBut } from '../../../../domain/test/risk/compared.ts';
import { approved, criteriaInForce, ratingBy } from '../../../test/approved.ts';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { madeIn } from '../../../test/take-steps.ts';
import { wholeAssessment } from '../../../test/whole.ts';
import { sequenceAll } from '../../log/sequencer.ts';

let server: TestServer;
let manager: Agent;
let top: Agent;
let system: { id: string; ref: string };
let assessment: { id: string; ref: string };
let risk: { id: string; ref: string };

const made = (collection: string, fields: object, links: object = {}, state?: string) =>
  madeIn(server, manager, collection, { fields, links, state });
const versionOf = async (at: string): Promise<number> => (await manager.send('GET', at)).json().version;
async function change(at: string, body: object): Promise<void> {
  const answer = await manager.send('PATCH', at, body, ifMatch(await versionOf(at)));
  expect(answer.statusCode, answer.body).toBe(200);
}
async function step(at: string, transition: string): Promise<void> {
  const answer = await manager.send(
    'POST',
    `${at}/transitions`,
    { transition },
    ifMatch(await versionOf(at)),
  );
  expect(answer.statusCode, answer.body).toBe(200);
}
async function rate(changes: object = {}): Promise<void> {
  const at = `/risks/${risk.ref}`;
  const answer = await manager.send('PUT', `${at}/rating`, ratingBy(changes), ifMatch(await versionOf(at)));
  expect(answer.statusCode, answer.body).toBe(200);
}
/** What RI2, or another rule, says of the system, in words. */
async function carried(asOf = '', asked = 'RI2'): Promise<string[]> {
  const trace = (await manager.send('GET', `/systems/${system.ref}/trace${asOf}`)).json<TraceWire>();
  const gaps = trace.stations.flatMap((station) => station.gaps).filter(({ rule }) => rule === asked);
  return gaps.map(({ sentence }) => sentence.map((part) => wordOf(part)).join(''));
}
const wordOf = (part: TraceWire['stations'][number]['gaps'][number]['sentence'][number]): string => {
  if (typeof part === 'string') return part;
  return 'ref' in part ? part.ref.ref : '…';
};
/** A new version of the assessment, completed and approved, in which some of the first effect is otherwise. */
async function reassess(effect: object): Promise<void> {
  const at = `/impact-assessments/${assessment.ref}`;
  const { fields } = (await manager.send('GET', at)).json();
  const [first, ...others] = fields.effects;
  await step(at, 'reassess');
  await change(at, { fields: { effects: [{ ...first, ...effect }, ...others] } });
  await step(at, 'complete');
  await approved(top, 'impact-assessments', assessment.ref);
}

beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  top = await signedIn(server, manager.organisation, ['top-management']);
  await criteriaInForce(manager, top);
  system = await made('systems', { name: 'Claims triage' }, {}, 'operation-monitoring');
  const home = { system: { set: [system.id] } };
  const use = await made('use-cases', { name: 'Order of claims' }, home);
  assessment = await made(
    'impact-assessments',
    { name: 'Impact of order', ...wholeAssessment(manager.id) },
    { ...home, covers: { set: [use.id] } },
    'completed',
  );
  await approved(top, 'impact-assessments', assessment.ref);
  risk = await made(
    'risks',
    { name: 'Some wait longer', carriedEffects: ['1', '2'] },
    { ...home, carries: { set: [assessment.id] } },
  );
  await rate();
});
afterAll(() => closeUnfailed(server));

test('the rating says on which version of the findings it stands', async () => {
  const { fields } = (await manager.send('GET', `/risks/${risk.ref}`)).json();
  expect(fields.findingsUsed).toEqual([
    `${assessment.ref} v${await versionOf(`/impact-assessments/${assessment.ref}`)}`,
  ]);
  expect(await carried()).toEqual([]);
});

test('nobody types which findings a rating looked at', async () => {
  const typed = { fields: { findingsUsed: [`${assessment.ref} v99`] } };
  const version = await versionOf(`/risks/${risk.ref}`);
  const refused = await manager.send('PATCH', `/risks/${risk.ref}`, typed, ifMatch(version));
  expect([refused.statusCode, refused.json().errors?.[0]?.at]).toEqual([422, 'fields.findingsUsed']);
});

test('a version that judges the effect worse reopens the risk until it is rated anew, at the same level too', async () => {
  await reassess({ basis: 'The figures of a second year' });
  expect(await carried()).toEqual([]);
  await reassess({ severity: 'severe', reversibility: 'irreversible' });
  const worse = `${risk.ref} was rated before ${assessment.ref} judged effect 1 anew: severity severe instead of serious and reversibility cannot be undone instead of can be undone in part.`;
  expect(await carried()).toEqual([worse]);
  const { carried: findings } = (await manager.send('GET', `/risks/${risk.ref}/rating`)).json();
  expect(findings).toMatchObject([
    {
      assessment: { ref: assessment.ref },
      number: 1,
      part: 'fairness',
      dimension: 'Fairness',
      effect: 'Claims of some people wait longer',
      severity: 'Severe',
      changes: [expect.stringMatching(/^severity/), expect.stringMatching(/^reversibility/)],
    },
    { number: 2, dimension: 'Accountability', changes: [] },
  ]);
  await change(`/risks/${risk.ref}`, { fields: { name: 'Some wait much longer' } });
  expect(await carried()).toEqual([worse]);

  await sequenceAll(server.store);
  const then = new Date(Date.now() + 5).toISOString();
  server.later(50);
  await rate();
  expect(await carried()).toEqual([]);
  await sequenceAll(server.store);
  expect(await carried(`?asOf=${then}`)).toEqual([worse]);
});

test('an acceptance and a plan fall behind what the risk takes in, and what is judged anew at the same level', async () => {
  const home = { system: { set: [system.id] } };
  const at = `/risks/${risk.ref}`;
  await rate({ point: 'residual' });
  await change(at, {
    fields: {
      acceptanceType: 'lasting',
      acceptanceReason: 'The gain is worth it.',
      owner: manager.id,
      event: 'It is',
    },
  });
  await approved(top, 'risks', risk.ref);
  const said = {
    ...{ name: 'Read twice', option: ['reduce-likelihood'], owner: manager.id, expectedLevel: 'severe' },
    actions: [{ action: 'Second reading', owner: manager.id, due: '2199-01-31' }],
    compared: comparedBut(),
  };
  const plan = await made('treatments', said, { ...home, risks: { set: [risk.id] } });
  await approved(top, 'treatments', plan.ref);
  // Who may bear what is not said here: that is another gap.
  const gaps = async () =>
    [...(await carried('', 'RI4')), ...(await carried('', 'RI5'))].filter((one) => !one.includes('table'));
  expect(await gaps()).toEqual([]);

  await change(at, { fields: { carriedEffects: ['1', '2', '3'] } });
  const unseen = `${risk.ref} was accepted without findings of ${assessment.ref} that were taken in, approved or judged anew since.`;
  // The plan does not wait for the risk to be accepted anew.
  const before = `${plan.ref} was approved before ${risk.ref} changed.`;
  expect(await gaps()).toEqual([before, unseen]);
  expect((await manager.send('GET', `/treatments/${plan.ref}`)).json().approval.status).toBe('stale');
  await approved(top, 'risks', risk.ref);
  expect(await gaps()).toEqual([before]);
  await approved(top, 'treatments', plan.ref);
  expect(await gaps()).toEqual([]);

  await reassess({ basis: 'The figures of a third year' });
  expect(await gaps()).toEqual([]);
  await reassess({ effect: 'Claims of some people are never read' });
  await rate();
  expect(await carried()).toEqual([]);
  const old = `${plan.ref} was approved before findings of ${assessment.ref} were approved or judged anew.`;
  expect(await gaps()).toEqual([old, unseen]);
  const { approval } = (await manager.send('GET', `/treatments/${plan.ref}`)).json<RecordWire>();
  expect(approval).toMatchObject({ status: 'stale', unseen: [{ number: 1, how: 'judged-anew' }] });
  await approved(top, 'treatments', plan.ref);
  expect(await gaps()).toEqual([unseen]);
  await reassess({ effect: 'Claims of some people wait longer' });
  await rate();
  await approved(top, 'treatments', plan.ref);
  await approved(top, 'risks', risk.ref);
  expect(await gaps()).toEqual([]);
});

test('page, list, file and step say of an acceptance what the line says of it', async () => {
  const at = `/risks/${risk.ref}`;
  const words = ({ how, number }: { how: string; number: number }) => `${number} ${how}`;
  /** How the acceptance stands: on its page, in the list, in a file and on the line. */
  const stands = async () => {
    const { approval, abilities } = (await top.send('GET', at)).json<RecordWire>();
    const { transitions } = (await manager.send('GET', at)).json<RecordWire>();
    const rows = (await manager.send('GET', '/risks')).json<RegisterWire>().items;
    const file = (await manager.send('GET', '/risks/export?format=json')).json();
    expect(file[0].approval.stale).toBe(approval?.status === 'stale');
    expect(rows.find(({ ref }) => ref === risk.ref)?.approval).toBe(approval?.status);
    const unseenOnLine = (await carried('', 'RI5')).some((one) => one.includes('was accepted without'));
    expect(approval?.status).toBe(unseenOnLine ? 'stale' : 'approved');
    const bear = transitions.find(({ name }) => name === 'bear')?.ability;
    return { unseen: approval?.unseen?.map(words) ?? [], noEffect: abilities.noEffect, bear };
  };
  const act = async (what: object) => {
    const { version, proof } = (await top.send('GET', at)).json();
    return top.send('POST', `${at}/approvals`, { version, digest: proof.digest, ...what });
  };
  await step(at, 'assess');
  expect(await stands()).toMatchObject({ unseen: [], bear: { allowed: true } });

  await reassess({ remaining: 'severe' });
  const without = `It was accepted without effect 1 of ${assessment.ref} (judged anew since), so it is accepted anew first.`;
  expect(await stands()).toMatchObject({
    unseen: ['1 judged-anew'],
    bear: { allowed: false, reason: without },
    noEffect: { allowed: true },
  });
  const version = await versionOf(at);
  const bears = await manager.send('POST', `${at}/transitions`, { transition: 'bear' }, ifMatch(version));
  expect([bears.statusCode, bears.json().detail]).toEqual([409, without]);
  await sequenceAll(server.store);
  const then = new Date(server.services.clock().getTime() + 5).toISOString();
  server.later(50);

  // The same words are accepted once more: what is borne is another than it was.
  await approved(top, 'risks', risk.ref);
  expect(await stands()).toMatchObject({ unseen: [], bear: { allowed: true } });
  expect((await act({ act: 'approve' })).json().detail).toBe('This version is approved already.');
  await sequenceAll(server.store);
  const before = (await manager.send('GET', `${at}?asOf=${then}`)).json<RecordWire>();
  expect([before.approval?.status, before.approval?.unseen?.map(words)]).toEqual([
    'stale',
    ['1 judged-anew'],
  ]);

  await reassess({ remaining: 'moderate' });
  expect(await stands()).toMatchObject({ unseen: ['1 judged-anew'] });
  const reason = 'It is rated for worse than that.';
  expect((await act({ act: 'restore', reason })).statusCode).toBe(200);
  expect(await stands()).toMatchObject({ unseen: [] });

  const taken = { fields: { carriedEffects: ['1', '2', '3', '4'] } };
  const changed = await manager.send('PATCH', at, taken, ifMatch(await versionOf(at)));
  expect(changed.json<ChangeWire>().stale.map(({ ref }) => ref)).toContain(risk.ref);
  const notSeen = `It was accepted without effect 4 of ${assessment.ref} (taken in since), so it is accepted anew first.`;
  expect(await stands()).toMatchObject({
    unseen: ['4 taken-in'],
    noEffect: { allowed: false, reason: notSeen },
  });
  const restored = await act({ act: 'restore', reason });
  expect([restored.statusCode, restored.json().detail]).toEqual([409, notSeen]);
  await approved(top, 'risks', risk.ref);
  expect(await stands()).toMatchObject({ unseen: [] });
  await step(at, 'bear');
});

test('a closed risk carries what it carried when it was closed: nothing written on it since answers for a finding', async () => {
  const at = `/risks/${risk.ref}`;
  const send = async (method: 'PATCH' | 'PUT', to: string, body: object) =>
    manager.send(method, to, body, ifMatch(await versionOf(at)));
  await change(at, { fields: { closingNote: 'Over and done with.' } });
  await step(at, 'close');
  expect(await carried()).toEqual([]);
  await reassess({ remaining: 'serious' });
  const before = [expect.stringContaining(`${risk.ref} was rated before ${assessment.ref} judged effect 1`)];
  expect(await carried()).toEqual(before);

  const taken = await send('PATCH', at, { fields: { carriedEffects: ['1'] } });
  expect([taken.statusCode, taken.json().errors]).toEqual([
    422,
    [{ at: 'fields.carriedEffects', message: expect.stringContaining('Open it again first.') }],
  ]);
  const dropped = await send('PATCH', at, { links: { carries: { set: [] } } });
  expect([dropped.statusCode, dropped.json().errors?.[0]?.at]).toEqual([422, 'links.carries']);
  expect((await send('PUT', `${at}/rating`, ratingBy())).statusCode).toBe(422);
  expect((await send('PATCH', at, { fields: { name: 'Other name of it' } })).statusCode).toBe(200);
  expect(await carried()).toEqual(before);
  await sequenceAll(server.store);
  const then = new Date(server.services.clock().getTime() + 5).toISOString();
  server.later(50);

  await step(at, 'reopen');
  await rate();
  expect(await carried()).toEqual([]);
  await sequenceAll(server.store);
  expect(await carried(`?asOf=${then}`)).toEqual(before);
});

test('an acceptance given while the assessment was withdrawn stands on what was approved before', async () => {
  const acted = async (collection: string, ref: string, act: object) => {
    const { version, proof } = (await top.send('GET', `/${collection}/${ref}`)).json();
    const body = { version, digest: proof.digest, ...act };
    const answer = await top.send('POST', `/${collection}/${ref}/approvals`, body);
    expect(answer.statusCode, answer.body).toBe(200);
  };
  const withdraw = { act: 'withdraw', reason: 'Given too early.' };
  const at = `/risks/${risk.ref}`;
  const stands = async () => (await top.send('GET', at)).json<RecordWire>().approval;
  await rate({ point: 'residual' });
  const approval = await stands();
  if (approval?.status === 'approved' || approval?.status === 'stale')
    await acted('risks', risk.ref, withdraw);
  await acted('impact-assessments', assessment.ref, withdraw);
  await approved(top, 'risks', risk.ref);
  expect(await stands()).toMatchObject({ status: 'approved' });
  await reassess({ effect: 'Claimants die waiting' });
  const unseen = [{ number: 1, how: 'judged-anew' }];
  expect(await stands()).toMatchObject({ status: 'stale', unseen });
  await rate();
  await rate({ point: 'residual' });
  expect(await carried()).toEqual([]);
  await approved(top, 'risks', risk.ref);
  expect(await stands()).toMatchObject({ status: 'approved' });
});

test('the acceptance of a risk of the whole organisation falls behind what it takes in and what is judged anew, of whatever system', async () => {
  const said = { acceptanceType: 'lasting', acceptanceReason: 'The gain is worth it.' };
  const wide = await made(
    'risks',
    { name: 'Nobody trusts it', event: 'It is', owner: manager.id, ...said, carriedEffects: ['1'] },
    { carries: { set: [assessment.id] } },
  );
  const at = `/risks/${wide.ref}`;
  for (const point of ['current', 'residual']) {
    const rated = await manager.send(
      'PUT',
      `${at}/rating`,
      ratingBy({ point }),
      ifMatch(await versionOf(at)),
    );
    expect(rated.statusCode, rated.body).toBe(200);
  }
  await approved(top, 'risks', wide.ref);
  const stands = async () => {
    const { approval } = (await top.send('GET', at)).json<RecordWire>();
    const rows = (await manager.send('GET', '/risks')).json<RegisterWire>().items;
    expect(rows.find(({ ref }) => ref === wide.ref)?.approval).toBe(approval?.status);
    const file: { ref: string; approval: { stale: boolean } }[] = (
      await manager.send('GET', '/risks/export?format=json')
    ).json();
    expect(file.find(({ ref }) => ref === wide.ref)?.approval.stale).toBe(approval?.status === 'stale');
    return [approval?.status, approval?.unseen?.map(({ number, how }) => `${number} ${how}`)];
  };
  // Another system plans a control, and names the risk until it is in place.
  const second = await made('systems', { name: 'Letters' }, {}, 'operation-monitoring');
  const control = await made('controls', { name: 'Second reader', code: 'X-1' });
  const plan = await made(
    'implementations',
    { name: 'Second reading', plannedOn: '2199-01-31' },
    { system: { set: [second.id] }, control: { set: [control.id] }, interimRisk: { set: [wide.id] } },
    'planned',
  );
  const later = { plannedOn: '2199-02-28', movedBecause: 'The people come a month later.' };
  await change(`/implementations/${plan.ref}`, { fields: later });
  const uncovered = async () => {
    const trace = (await manager.send('GET', `/systems/${second.ref}/trace`)).json<TraceWire>();
    return trace.stations.flatMap(({ gaps }) => gaps).filter(({ rule }) => rule === 'CO5').length;
  };
  expect([await stands(), await uncovered()]).toEqual([['approved', undefined], 0]);
  await change(at, { fields: { carriedEffects: ['1', '2'] } });
  expect([await stands(), await uncovered()]).toEqual([['stale', ['2 taken-in']], 1]);
  // Home says so to whoever gave it, and to nobody who may not give it.
  const waits = async (who: Agent) => {
    const { approve } = (await who.send('GET', '/home')).json<HomeWire>();
    return approve.flatMap(({ record, label }) => (record.ref === wide.ref ? label : []));
  };
  const anew = 'Your acceptance is stale, and is given anew: Nobody trusts it';
  expect([await waits(top), await waits(manager)]).toEqual([[anew], []]);
  await approved(top, 'risks', wide.ref);
  expect(await waits(top)).toEqual([]);
  expect(await uncovered()).toBe(0);
  await reassess({ effect: 'Claimants are never answered' });
  expect([await stands(), await uncovered()]).toEqual([['stale', ['1 judged-anew']], 1]);
  await rate();
  await rate({ point: 'residual' });
});

test('what was accepted, planned or closed before anybody had approved the assessment is decided anew', async () => {
  const home = {
    system: { set: [(await made('systems', { name: 'Letters' }, {}, 'operation-monitoring')).id] },
  };
  const [systemId] = home.system.set;
  const use = await made('use-cases', { name: 'Order of letters' }, home);
  const draft = await made(
    'impact-assessments',
    { name: 'Impact of letters', ...wholeAssessment(manager.id) },
    { ...home, covers: { set: [use.id] } },
    'completed',
  );
  const carrying = async (name: string, effects: string[]) => {
    const fields = { name, event: 'It is', owner: manager.id, carriedEffects: effects };
    const said = { acceptanceType: 'lasting', acceptanceReason: 'The gain is worth it.' };
    const { ref, id } = await made(
      'risks',
      { ...fields, ...said },
      { ...home, carries: { set: [draft.id] } },
    );
    for (const point of ['current', 'residual']) {
      const version = ifMatch(await versionOf(`/risks/${ref}`));
      const rated = await manager.send('PUT', `/risks/${ref}/rating`, ratingBy({ point }), version);
      expect(rated.statusCode, rated.body).toBe(200);
    }
    return { ref, id, at: `/risks/${ref}` };
  };
  const open = await carrying('Letters are late', ['2']);
  const over = await carrying('Letters are lost', ['1']);
  await approved(top, 'risks', open.ref);
  const plan = await made(
    'treatments',
    {
      ...{ name: 'Read twice', option: ['reduce-likelihood'], owner: manager.id, expectedLevel: 'severe' },
      actions: [{ action: 'Second reading', owner: manager.id, due: '2199-01-31' }],
      compared: comparedBut(),
    },
    { ...home, risks: { set: [open.id] } },
  );
  await approved(top, 'treatments', plan.ref);
  await change(over.at, { fields: { closingNote: 'No letters are sent any more.' } });
  await approved(top, 'risks', over.ref);
  await step(over.at, 'close');
  const gaps = async (asked: string) => {
    const trace = (await manager.send('GET', `/systems/${systemId}/trace`)).json<TraceWire>();
    const found = trace.stations.flatMap((station) => station.gaps).filter(({ rule }) => rule === asked);
    return found
      .map(({ sentence }) => sentence.map((part) => wordOf(part)).join(''))
      .filter(
        (one) => !['table', 'carried into no risk', 'no treatment plan'].some((other) => one.includes(other)),
      );
  };
  const pageOf = async (at: string) => (await top.send('GET', at)).json<RecordWire>();
  const statuses = async () => [
    (await pageOf(open.at)).approval?.status,
    (await pageOf(`/treatments/${plan.ref}`)).approval?.status,
    (await manager.send('GET', '/risks')).json<RegisterWire>().items.find(({ ref }) => ref === open.ref)
      ?.approval,
  ];
  expect(await statuses()).toEqual(['approved', 'approved', 'approved']);

  await approved(top, 'impact-assessments', draft.ref);
  expect(await statuses()).toEqual(['stale', 'stale', 'stale']);
  const { approval, abilities } = await pageOf(open.at);
  expect(approval?.unseen).toMatchObject([
    { assessment: { ref: draft.ref }, number: 2, how: 'approved-since' },
  ]);
  const without = `It was accepted without effect 2 of ${draft.ref} (approved since), so it is accepted anew first.`;
  expect(abilities.noEffect).toMatchObject({ allowed: false, reason: without });
  const file: { ref: string; approval: { stale: boolean } }[] = (
    await manager.send('GET', '/risks/export?format=json')
  ).json();
  expect(file.find(({ ref }) => ref === open.ref)?.approval.stale).toBe(true);
  expect([await gaps('RI5'), await gaps('RI4')]).toEqual([
    [
      `${open.ref} was accepted without findings of ${draft.ref} that were taken in, approved or judged anew since.`,
    ],
    [`${plan.ref} was approved before findings of ${draft.ref} were approved or judged anew.`],
  ]);
  const early = `${over.ref} was closed before anybody had approved ${draft.ref}, and nothing else carries findings of it.`;
  expect(await gaps('RI2')).toEqual([early]);
  const { carried: findings } = (await manager.send('GET', `${over.at}/rating`)).json();
  expect(findings).toMatchObject([{ number: 1, closedBefore: true }]);

  await approved(top, 'risks', open.ref);
  await approved(top, 'treatments', plan.ref);
  await step(over.at, 'reopen');
  expect(await statuses()).toEqual(['approved', 'approved', 'approved']);
  expect([await gaps('RI5'), await gaps('RI4')]).toEqual([[expect.stringContaining(over.ref)], []]);
  await approved(top, 'risks', over.ref);
  await step(over.at, 'close');
  expect([await gaps('RI5'), await gaps('RI4'), await gaps('RI2')]).toEqual([[], [], []]);
});

test('a draft that judges it otherwise asks nothing yet', async () => {
  const at = `/impact-assessments/${assessment.ref}`;
  const { fields } = (await manager.send('GET', at)).json();
  await step(at, 'reassess');
  await change(at, { fields: { effects: fields.effects.slice(1) } });
  expect(await carried()).toEqual([]);
});

test('a risk of the whole organisation says in words what it carries too', async () => {
  const wide = await made(
    'risks',
    { name: 'Trust is lost', carriedEffects: ['1'] },
    { carries: { set: [assessment.id] } },
  );
  const { carried: findings } = (await manager.send('GET', `/risks/${wide.ref}/rating`)).json();
  expect(findings).toMatchObject([{ number: 1, dimension: 'Fairness', severity: 'Severe', changes: [] }]);
});
