import type { Actor } from '@throughline/domain/actor.ts';
import { beforeEach, expect, test } from 'vitest';
import { comparedBut } from '../../../domain/test/risk/compared.ts';
import { colleagues, kindOf as kinds, type Person, refused, said, type Team } from '../../test/colleagues.ts';
import type { TestKernel } from '../../test/kernel.ts';
import { recordIn } from '../../test/take-steps.ts';
import { borneRisk, included, wholeAssessment, wholePlan, wholeUse } from '../../test/whole.ts';
import { recordAbilities } from '../http/present/record-abilities.ts';
import { setAuthority } from '../store/authority.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { decideApproval } from './decide-approval.ts';
import { editRecord } from './edit-record.ts';
import { archiveRecord, transitionRecord } from './transition-record.ts';

const us = colleagues();
let kernel: TestKernel;
let organisation: string;
let author: Person;
let other: Person;
let third: Person;
beforeEach(() => {
  ({ kernel, organisation, author, other, third } = us());
});

const person: Team['person'] = (...roles) => us().person(...roles);
const next: Team['next'] = (actor) => us().next(actor);
const make: Team['make'] = (...given) => us().make(...given);
const edit: Team['edit'] = (...given) => us().edit(...given);
const step: Team['step'] = (...given) => us().step(...given);
const view: Team['view'] = (...given) => us().view(...given);
const act: Team['act'] = (...given) => us().act(...given);
const aPolicy: Team['aPolicy'] = (by) => us().aPolicy(by);
const as = (actor: Actor) => kernel.context(organisation, actor);
const [policy, useCase, assessment] = [kinds('document'), kinds('use-case'), kinds('impact-assessment')];

test('the author of a version does not approve it; another person does, on exactly its content', async () => {
  const made = await aPolicy();
  expect(await refused(act(author, policy, made, 'approve'))).toBe('forbidden');
  await act(other, policy, made, 'approve');
  const { record, standing, approvals } = await view(policy, made);
  expect(record.inForce).toBe(1);
  expect(standing).toMatchObject({ status: 'approved', version: 1, stale: [] });
  expect(approvals).toHaveLength(1);
  expect(approvals[0]).toMatchObject({
    act: 'approve',
    by: other.member,
    digest: made.digest.toString('hex'),
  });
});

test('everyone who wrote since the last approval is an author: editing and approving in turn does not help', async () => {
  const made = await aPolicy();
  await edit(other, policy, made, { fields: { name: 'AI policy, second draft' } });
  expect(await refused(act(author, policy, made, 'approve'))).toBe('forbidden');
  expect(await refused(act(other, policy, made, 'approve'))).toBe('forbidden');
  await act(third, policy, made, 'approve');
  // After an approval authorship begins anew: only who writes from now on is an author.
  await edit(third, policy, made, { fields: { name: 'AI policy, third draft' } });
  expect(await refused(act(third, policy, made, 'approve'))).toBe('forbidden');
  await act(author, policy, made, 'approve');
  expect((await view(policy, made)).record.inForce).toBe(3);
});

test('a withdrawn approval frees nobody to approve the words they wrote', async () => {
  const made = await aPolicy();
  await act(other, policy, made, 'approve');
  await act(other, policy, made, 'withdraw');
  expect((await view(policy, made)).record.inForce).toBeNull();
  expect(await refused(act(author, policy, made, 'approve'))).toBe('forbidden');
  await act(third, policy, made, 'approve');
  expect((await view(policy, made)).record.inForce).toBe(1);
});

test('an approval that turned stale is not given again by who wrote the content', async () => {
  const control = await make(author, kinds('control'), { fields: { code: 'H.1', name: 'Logging' } });
  const line = await make(author, kinds('applicability'), {
    fields: { name: 'Logging in the SoA', ...included },
    links: { control: { set: [control.id] } },
  });
  await act(other, kinds('applicability'), line, 'approve');
  await edit(third, kinds('control'), control, { fields: { name: 'Event logging' } });
  expect((await view(kinds('applicability'), line)).standing).toMatchObject({ stale: [control.id] });
  expect(await refused(act(author, kinds('applicability'), line, 'approve'))).toBe('forbidden');
  await act(other, kinds('applicability'), line, 'approve');
  expect((await view(kinds('applicability'), line)).standing).toMatchObject({
    status: 'approved',
    stale: [],
  });
});

test('"no effect" is said by a second person: neither by who wrote the record nor by who changed the input', async () => {
  const control = await make(author, kinds('control'), { fields: { code: 'H.2', name: 'Review' } });
  const kind = kinds('applicability');
  const line = await make(author, kind, {
    fields: { name: 'Review in the SoA', ...included },
    links: { control: { set: [control.id] } },
  });
  await act(other, kind, line, 'approve');
  expect(await refused(act(other, kind, line, 'restore'))).toBe('conflict');
  const change = await edit(third, kinds('control'), control, { fields: { name: 'Human review' } });
  expect(change.stale).toEqual([line.id]);
  expect(await refused(act(third, kind, line, 'restore'))).toBe('forbidden');
  expect(await refused(act(author, kind, line, 'restore'))).toBe('forbidden');
  for (const none of ['', '.', 'n/a', 'TBD', 'xxxx'])
    expect(await refused(act(other, kind, line, 'restore', none)), none).toBe('unprocessable');
  await act(other, kind, line, 'restore', 'Only its name was made clearer.');
  const { standing, approvals } = await view(kind, line);
  expect(standing).toMatchObject({ status: 'approved', version: 1, stale: [] });
  expect(approvals.at(-1)).toMatchObject({ act: 'restore', reason: 'Only its name was made clearer.' });
});

test('restoring or withdrawing speaks of the version in force and never puts a draft in force', async () => {
  const control = await make(author, kinds('control'), { fields: { code: 'H.3', name: 'Testing' } });
  const kind = kinds('applicability');
  const line = await make(author, kind, {
    fields: { name: 'Testing in the SoA', ...included, justification: 'Approved words' },
    links: { control: { set: [control.id] } },
  });
  await act(other, kind, line, 'approve');
  await edit(author, kind, line, { fields: { justification: 'Words that nobody approved' } });
  await edit(author, kinds('control'), control, { fields: { name: 'Testing before release' } });
  await act(third, kind, line, 'restore', 'The name says the same.');
  const restored = await view(kind, line);
  expect(restored.record).toMatchObject({ version: 2, inForce: 1 });
  expect(restored.approvals.at(-1)).toMatchObject({ version: 1, digest: line.digest.toString('hex') });
  await act(third, kind, line, 'withdraw', 'It is to be thought over.');
  const withdrawn = await view(kind, line);
  expect(withdrawn.record.inForce).toBeNull();
  expect(withdrawn.approvals.at(-1)).toMatchObject({ act: 'withdraw', version: 1 });
});

test('a versioned kind keeps the approved version in force until another one is approved', async () => {
  const made = await aPolicy();
  await act(other, policy, made, 'approve');
  const change = await edit(author, policy, made, { fields: { name: 'AI policy 2', type: 'policy' } });
  expect(change.voided).toEqual([]);
  const { record } = await view(policy, made);
  expect(record.inForce).toBe(1);
  await act(author, policy, made, 'submit');
  expect((await view(policy, made)).record.inForce).toBe(1);
  expect(await refused(act(other, policy, made, 'submit'))).toBe('conflict');
  await act(other, policy, made, 'reject', 'It is not ready yet.');
  expect((await view(policy, made)).record.inForce).toBe(1);
  await act(other, policy, made, 'approve');
  expect((await view(policy, made)).record.inForce).toBe(record.version);
});

test('of a factual kind a material edit voids the approval, any other edit leaves it', async () => {
  const system = await make(author, kinds('system'), { fields: { name: 'Triage' } });
  const made = await make(author, useCase, {
    fields: { name: 'Sorting of claims', ...wholeUse },
    links: { system: { set: [system.id] } },
  });
  await act(other, useCase, made, 'approve');
  const renamed = await edit(author, useCase, made, { fields: { name: 'Sorting claims' } });
  expect([renamed.material, renamed.voided]).toEqual([[], []]);
  expect((await view(useCase, made)).record.inForce).toBe(1);
  const widened = await edit(author, useCase, made, { fields: { purpose: 'Sort and pay claims' } });
  expect([widened.material, widened.voided]).toEqual([['purpose'], [made.id]]);
  const { record, standing, approvals } = await view(useCase, made);
  expect([record.inForce, standing.status]).toEqual([null, 'void']);
  expect(approvals.map((one) => one.act)).toEqual(['approve', 'void']);
  // Void once: a further edit has nothing to take away.
  const again = await edit(author, useCase, made, { fields: { purpose: 'Sort claims' } });
  expect(again.voided).toEqual([]);
});

test('a material edit takes a submission away too: nobody approves what they did not see', async () => {
  const system = await make(author, kinds('system'), { fields: { name: 'Fraud' } });
  const made = await make(author, useCase, {
    fields: { ...wholeUse, name: 'Fraud signals', purpose: 'Find fraud' },
    links: { system: { set: [system.id] } },
  });
  await act(author, useCase, made, 'submit');
  const change = await edit(author, useCase, made, { fields: { purpose: 'Find and punish fraud' } });
  expect(change.voided).toEqual([made.id]);
  const seen = { ref: made.id, version: 1, digest: made.digest.toString('hex'), reason: null };
  const late = decideApproval(kernel.services, as(other), useCase, { act: 'approve', ...seen });
  await expect(late).rejects.toMatchObject({ code: 'changed' });
});

test('a step of the life cycle changes no content: submission and approval stand through it', async () => {
  const made = await aPolicy();
  await act(author, policy, made, 'submit');
  const [name = ''] =
    Object.entries(policy.lifecycle.transitions).find(([, step]) => step.from.includes(made.state)) ?? [];
  const step = { ref: made.id, version: null, transition: name };
  await transitionRecord(kernel.services, next(author), policy, step);
  expect((await view(policy, made)).record.version).toBe(2);
  expect(await refused(act(author, policy, made, 'submit'))).toBe('conflict');
  await act(other, policy, made, 'reject', 'Not like this.');
  await act(other, policy, made, 'approve');
  expect((await view(policy, made)).standing).toMatchObject({ status: 'approved', version: 2 });
  expect(await refused(act(other, policy, made, 'approve'))).toBe('conflict');
});

test('a small organisation may waive "another person approves" in writing', async () => {
  const made = await aPolicy();
  expect(await refused(act(author, policy, made, 'approve'))).toBe('forbidden');
  await us().waive();
  await act(author, policy, made, 'approve');
  expect((await view(policy, made)).record.inForce).toBe(1);
});

test('a token never approves or restores, whatever its roles', async () => {
  const made = await aPolicy();
  const token = { type: 'token', token: made.id, roles: ['aims-manager'] } as const;
  const seen = { ref: made.id, version: 1, digest: made.digest.toString('hex'), reason: 'Pipeline' };
  const given = decideApproval(kernel.services, as(token), policy, { act: 'approve', ...seen });
  await expect(given).rejects.toMatchObject({ code: 'forbidden' });
  expect((await view(policy, made)).approvals).toEqual([]);
});

test('who may not approve is told who could; what is not approved at all says so', async () => {
  const made = await aPolicy();
  const reader = await person('reader');
  const seen = { ref: made.id, version: 1, digest: made.digest.toString('hex'), reason: null };
  await expect(
    decideApproval(kernel.services, as(reader), policy, { act: 'approve', ...seen }),
  ).rejects.toMatchObject({ code: 'forbidden', facts: { who: ['aims-manager', 'top-management'] } });
  const system = await make(author, kinds('system'), { fields: { name: 'Pricing' } });
  expect(await refused(act(other, kinds('system'), system, 'approve'))).toBe('conflict');
});

test('acts that do not follow from what stands are refused: no rejecting, withdrawing or restoring of nothing', async () => {
  const made = await aPolicy();
  for (const what of ['reject', 'withdraw', 'restore'] as const)
    expect([what, await refused(act(other, policy, made, what))]).toEqual([what, 'conflict']);
  await act(other, policy, made, 'approve');
  expect(await refused(act(other, policy, made, 'approve'))).toBe('conflict');
  expect(await refused(act(other, policy, made, 'reject'))).toBe('conflict');
  expect(await refused(act(other, policy, made, 'withdraw', ''))).toBe('unprocessable');
});

test('an archived record is not approved', async () => {
  const made = await aPolicy();
  await archiveRecord(kernel.services, next(author), policy, { ref: made.id, version: 1 });
  expect(await refused(act(other, policy, made, 'approve'))).toBe('conflict');
});

test('an approval and an edit at once: one of them comes second and finds the other', async () => {
  const made = await aPolicy();
  const seen = { ref: made.id, version: 1, digest: made.digest.toString('hex'), reason: null };
  const [approved, edited] = await Promise.all([
    refused(decideApproval(kernel.services, as(other), policy, { act: 'approve', ...seen })),
    refused(
      editRecord(kernel.services, as(author), policy, {
        ref: made.id,
        patch: { fields: { name: 'AI policy, changed' } },
        version: 1,
      }),
    ),
  ]);
  expect(edited).toBe('allowed');
  expect(['allowed', 'changed']).toContain(approved);
  const { record, approvals } = await view(policy, made);
  expect([record.version, record.inForce]).toEqual([2, approved === 'allowed' ? 1 : null]);
  for (const one of approvals) expect(one.digest).toBe(made.digest.toString('hex'));
});

test('an assessment draws on its use cases and its system: a material change makes it stale, another name does not', async () => {
  const system = await make(author, kinds('system'), { fields: { name: 'Credit' } });
  const links = { system: { set: [system.id] } };
  const covered = await make(author, useCase, { fields: { name: 'Scoring' }, links });
  const made = await recordIn(kernel.services, next(author), assessment, {
    fields: { ...wholeAssessment(author.member), name: 'Assessment of scoring' },
    links: { ...links, covers: { set: [covered.id] } },
    state: 'completed',
  });
  await act(other, assessment, made, 'approve');
  await edit(author, kinds('system'), system, { fields: { name: 'Credit of people' } });
  await edit(author, useCase, covered, { fields: { name: 'Scoring of people' } });
  expect((await view(assessment, made)).standing).toMatchObject({ status: 'approved', stale: [] });
  await edit(author, kinds('system'), system, { fields: { purpose: 'Score loans' } });
  expect((await view(assessment, made)).standing).toMatchObject({ status: 'approved', stale: [system.id] });
  await edit(author, useCase, covered, { fields: { purpose: 'Score people' } });
  const both = { status: 'approved', stale: [covered.id, system.id] };
  expect((await view(assessment, made)).standing).toMatchObject(both);
});

test('a draft of an input makes nothing stale, on the page as on the line; its approval in force does', async () => {
  const treatment = kinds('treatment');
  const risk = await make(author, kinds('risk'), {
    fields: { name: 'Wrong ranking', event: 'Ranks wrongly' },
  });
  const treated = await make(author, treatment, {
    fields: { name: 'Second reader', ...wholePlan(author.member), compared: comparedBut() },
    links: { risks: { set: [risk.id] } },
  });
  await act(other, treatment, treated, 'approve');
  const control = await make(author, kinds('control'), { fields: { code: 'H.7', name: 'Second reader' } });
  const kind = kinds('applicability');
  const line = await make(author, kind, {
    fields: { name: 'Second reader in the SoA', ...included },
    links: { control: { set: [control.id] }, reasonedBy: { set: [treated.id] } },
  });
  await act(other, kind, line, 'approve');
  const draft = await edit(author, treatment, treated, { fields: { name: 'Second reader, each day' } });
  expect([draft.voided, draft.stale]).toEqual([[], []]);
  expect((await view(kind, line)).standing).toMatchObject({ status: 'approved', stale: [] });
  expect(await refused(act(other, kind, line, 'restore'))).toBe('conflict');
  await act(third, treatment, treated, 'approve');
  expect((await view(kind, line)).standing).toMatchObject({ status: 'approved', stale: [treated.id] });
  await act(third, kind, line, 'restore', 'The reason is the same.');
  expect((await view(kind, line)).standing).toMatchObject({ status: 'approved', stale: [] });
});

test('a treatment plan is approved once it is held against Annex A as a whole', async () => {
  const treatment = kinds('treatment');
  const control = await make(author, kinds('control'), {
    fields: { code: 'A.6.2.6', item: 'A.6.2.6', name: 'Watching it run' },
  });
  const risk = await make(author, kinds('risk'), { fields: { name: 'Wrong ranking' } });
  const plan = await make(author, treatment, {
    fields: {
      name: 'Second reader',
      ...wholePlan(author.member),
      compared: comparedBut('A.6.2.6', 'A.9.2'),
    },
    links: { risks: { set: [risk.id] } },
  });
  const given = () => said(act(other, treatment, plan, 'approve'));
  expect(await given()).toMatch(/Of 38 controls of Annex A, 2 have no answer: A\.6\.2\.6, A\.9\.2\./);
  await edit(author, treatment, plan, { links: { controls: { set: [control.id] } } });
  expect(await given()).toMatch(/1 has no answer: A\.9\.2\./);
  // Nobody without the right learns what is missing. What no approver could approve is not put before one either.
  expect(await refused(act(author, treatment, plan, 'approve'))).toBe('forbidden');
  expect(await said(act(author, treatment, plan, 'submit'))).toMatch(/1 has no answer: A\.9\.2\./);
  const without = comparedBut('A.6.2.6', 'A.9.2');
  const saying = (row: object) =>
    edit(author, treatment, plan, { fields: { compared: [...without, { control: 'A.9.2', ...row }] } });
  await saying({ answer: 'not-needed' });
  expect(await given()).toMatch(/1 has no answer: A\.9\.2\./);
  await saying({ answer: 'needed', reason: 'People act on it' });
  expect(await given()).toMatch(/Needed, and not called for by the plan: A\.9\.2\./);
  await saying({ answer: 'not-needed', reason: 'In place for every system' });
  expect(await given()).toBe('allowed');
});

test('what is blank is not put forward: the same words as at the approval, at the fields where it is put right', async () => {
  const blank = await make(author, policy, { fields: { name: 'AI policy', type: 'policy' } });
  const why = 'There is nothing to read yet: write the text, add the file, or say where it is kept.';
  const at = { says: why, parts: ['text', 'file', 'location'] };
  expect((await view(policy, blank)).lack).toEqual(at);
  await expect(act(author, policy, blank, 'submit')).rejects.toMatchObject({
    ...{ code: 'conflict', message: why },
    items: ['text', 'file', 'location'].map((part) => ({ at: `fields.${part}`, message: why })),
  });
  expect((await view(policy, blank)).approvals).toEqual([]);
  const open = await make(author, kinds('treatment'), {
    fields: { name: 'Second reader', option: ['avoid'] },
  });
  await expect(act(author, kinds('treatment'), open, 'submit')).rejects.toMatchObject({
    message: 'Treats risk, Actions, Owner are needed before it is approved.',
    items: [{ at: 'links.risks' }, { at: 'fields.actions' }, { at: 'fields.owner' }],
  });
  await edit(author, policy, blank, { fields: { location: 'https://docs.example.org/policy' } });
  expect((await view(policy, blank)).lack).toBe(undefined);
  await act(author, policy, blank, 'submit');
});

test('a residual risk is accepted within authority alone, and the page says who could', async () => {
  const kind = kinds('risk');
  const boss = await kernel.member(organisation, ['top-management'], 'Managing director');
  const day = '2020-01-01';
  const grant = { dimension: 'residual_risk', member: null, delegate: null, until: null };
  await kernel.store.change(next(author), (write) =>
    setAuthority(
      write,
      [
        { ...grant, level: 'moderate', role: 'aims-manager' },
        { ...grant, level: 'severe', role: 'top-management' },
      ],
      day,
    ),
  );
  const rated = {
    ...borneRisk,
    owner: author.member,
    currentOrganisation: 'high',
    residualOrganisation: 'high',
  };
  const made = await make(author, kind, {
    fields: { name: 'Wrong ranking', event: 'Ranks wrongly', ...rated },
  });
  const seen = { version: 1, digest: made.digest.toString('hex'), reason: null };
  await expect(
    decideApproval(kernel.services, next(other), kind, { ref: made.id, act: 'approve', ...seen }),
  ).rejects.toMatchObject({
    code: 'forbidden',
    message: 'This is high. Your authority over residual risks does not reach that.',
  });
  const deciders = async () => (await view(kind, made)).deciders.map((one) => one.name);
  expect(await deciders()).toEqual(['Managing director']);
  await act(boss, kind, made, 'approve');
  expect((await view(kind, made)).record.inForce).toBe(1);
  const lowered = { ...next(author), because: 'The desk closed' };
  await editRecord(kernel.services, lowered, kind, {
    ...{ ref: made.id, version: null, patch: { fields: { residualOrganisation: 'low' } } },
  });
  expect((await view(kind, made)).standing.status).toBe('void');
  expect((await deciders()).length).toBe(3);
  await act(other, kind, made, 'approve');
});

test('who could approve leaves out authors, readers and whoever left', async () => {
  const made = await aPolicy();
  await person('reader');
  const ids = (await view(policy, made)).deciders.map((one) => one.id);
  expect(ids.sort()).toEqual([other.member, third.member].sort());
});

test('a use or a release is let through up to the level of its class and risks, and while those are unknown by the highest alone', async () => {
  const boss = await person('top-management');
  const limits = (dimension: string) => [
    { dimension, level: 'moderate', member: other.member },
    { dimension, level: 'severe', member: boss.member },
  ];
  await us().authorise(...limits('release'), ...limits('use_case'));
  const system = await make(author, kinds('system'), { fields: { name: 'Routing' } });
  const home = { system: { set: [system.id] } };
  const use = await make(author, kinds('use-case'), {
    fields: { ...wholeUse, name: 'Sort letters' },
    links: home,
  });
  const gate = await make(author, kinds('gate'), {
    fields: {
      name: 'Design',
      type: 'design-review',
      requestedBy: author.member,
      verdict: 'pass-with-conditions',
      conditions: 'What is missing comes by June.',
      decidedBy: other.member,
      decidedOn: '2026-05-01',
    },
    links: home,
  });
  const offered = async (kind: string, record: StoredRecord) => {
    const { approve } = recordAbilities(await view(kinds(kind), record), other, kernel.services.clock());
    return approve?.allowed === true ? 'allowed' : approve;
  };
  const beyond = (over: string, why: string) => `${why} Your authority over ${over} does not reach that.`;
  const unclassified = 'A use has no class that is signed off, so this counts as severe.';
  for (const [kind, record, over] of [
    ['gate', gate, 'releases'],
    ['use-case', use, 'uses'],
  ] as const) {
    expect(await said(act(other, kinds(kind), record, 'approve'))).toBe(beyond(over, unclassified));
    expect(await offered(kind, record)).toMatchObject({
      reason: beyond(over, unclassified),
      people: [{ id: boss.member }],
    });
  }
  const classification = kinds('classification');
  const made = await recordIn(kernel.services, next(author), classification, {
    fields: { name: 'Tier', scheme: 'own-tier', tier: 'moderate', classifiedOn: '2026-01-01' },
    links: { useCase: { set: [use.id] } },
    state: 'final',
  });
  // A class that nobody signed off is its author's word.
  expect(await said(act(other, kinds('use-case'), use, 'approve'))).toBe(beyond('uses', unclassified));
  await act(third, classification, made, 'approve');
  await us().answered(gate);
  expect([await offered('gate', gate), await offered('use-case', use)]).toEqual(['allowed', 'allowed']);
  expect(await said(act(other, kinds('use-case'), use, 'approve'))).toBe('allowed');
  expect(await said(act(other, kinds('gate'), gate, 'approve'))).toBe('allowed');
  // The class rises: what was approved stands on another class by now, so it is confirmed by whoever reaches that once it
  // was taken from the line again; it is still not passed by the same person, and nothing new is approved by them.
  await edit(author, classification, made, { fields: { tier: 'high' } });
  await act(third, classification, made, 'approve');
  const isHigh = beyond('releases', 'This is high.');
  expect(await said(step(other, kinds('gate'), gate, 'pass'))).toMatch(/confirms it first/);
  expect(await said(act(boss, kinds('gate'), gate, 'approve'))).toMatch(/^It would stand on other records/);
  await us().answered(gate);
  expect(await said(act(boss, kinds('gate'), gate, 'approve'))).toBe('allowed');
  expect(await said(step(other, kinds('gate'), gate, 'pass'))).toBe(isHigh);
  const version = await make(author, kinds('system-version'), { fields: { name: '2' }, links: home });
  const verification = await make(author, kinds('verification'), {
    fields: {
      ...{ name: 'Before release', plan: 'Held-out letters', thresholdsSetOn: '2026-04-01' },
      measures: [{ measure: 'Recall', comparison: 'at-least', limit: 0.9 }],
    },
    links: { ...home, version: { set: [version.id] } },
  });
  await step(author, kinds('verification'), verification, 'begin');
  const found = {
    ...{ results: [{ measure: 'Recall', value: 0.95, outcome: 'reached' }], verdict: 'passed' },
    ...{ tester: author.member, testedOn: '2026-04-20' },
    ...{ decidedBy: third.member, decidedOn: '2026-04-21' },
  };
  await edit(author, kinds('verification'), verification, { fields: found });
  expect(await said(act(other, kinds('verification'), verification, 'approve'))).toBe(isHigh);
  expect(await said(act(boss, kinds('verification'), verification, 'approve'))).toBe('allowed');
});

test('what a gate was passed on is not rewritten while it stands: not its type, its system, nor what it speaks of', async () => {
  const gate = kinds('gate');
  const [one, another] = await Promise.all(
    ['Routing', 'Triage'].map((name) => make(author, kinds('system'), { fields: { name } })),
  );
  const made = await make(author, gate, {
    fields: {
      name: 'Use',
      type: 'use-case-approval',
      requestedBy: author.member,
      criteria: [{ criterion: 'Tests are there', answer: 'met' }],
      verdict: 'pass-with-conditions',
      conditions: 'What is missing comes by June.',
      decidedBy: other.member,
      decidedOn: '2026-05-01',
    },
    links: { system: { set: [one?.id ?? ''] } },
  });
  await us().answered(made);
  await act(other, gate, made, 'approve');
  expect((await step(other, gate, made, 'pass')).state).toBe('passed');
  for (const patch of [
    { fields: { type: 'deployment-approval' } },
    { fields: { requestedBy: third.member } },
    { fields: { decidedOn: '2026-04-01' } },
    { links: { system: { set: [another?.id ?? ''] } } },
  ])
    expect(await refused(edit(author, gate, made, patch)), JSON.stringify(patch)).toBe('unprocessable');
  expect((await view(gate, made)).record.inForce).not.toBeNull();
  expect((await step(author, gate, made, 'askAgain')).state).toBe('asked');
  await edit(author, gate, made, { fields: { type: 'deployment-approval' } });
  expect((await view(gate, made)).record.inForce).toBeNull();
});
