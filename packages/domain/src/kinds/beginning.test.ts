import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { registry } from './all.ts';
import {
  beginningObstacle,
  beginnings,
  bringingInObstacle,
  decidedStates,
  freeStates,
  isFree,
  judgedParts,
  leadsFreely,
  refuseSettled,
  settledFields,
  stepBetween,
} from './beginning.ts';
import { decideEdit, emptyContent } from './edit.ts';
import type { Content, Kind } from './kind.ts';
import { fullFields, inOrder, linkPatch, sampleLinks, targetsFor } from './testing.ts';
import { transitionObstacle } from './transition.ts';
import { isWeighty, stepWeights } from './weighty-steps.ts';

const now = '2026-05-01T09:00:00.000Z';
const program: Actor = { type: 'token', token: 't1', roles: ['aims-manager'] };

function whole(kind: Kind): Content {
  const links = sampleLinks(kind, 'all');
  const targets = targetsFor(kind, links);
  return inOrder(fullFields(kind)).reduce<Content>(
    (stood, fields) => decideEdit(kind, stood, { fields, links: linkPatch(links) }, targets).next,
    emptyContent,
  );
}

/** What a program can do alone that shows nobody: asked of the steps themselves, one after another. */
function reachable(kind: Kind, content: Content): Set<string> {
  const reached = new Set([kind.lifecycle.initial]);
  for (const state of reached)
    for (const [name, step] of Object.entries(kind.lifecycle.transitions)) {
      if (isWeighty(kind, name)) continue;
      const subject = { state, content, approval: 'none' as const };
      if (transitionObstacle(kind, name, subject, program, now) === undefined) reached.add(step.to);
    }
  return reached;
}

const without = (content: Content, parts: ReadonlySet<string>): Content => ({
  fields: Object.fromEntries(Object.entries(content.fields).filter(([name]) => !parts.has(name))),
  links: Object.fromEntries(Object.entries(content.links).filter(([name]) => !parts.has(name))),
});

describe.each(registry.kinds.map((kind) => [kind.name, kind] as const))('%s', (_, kind) => {
  const states = Object.keys(kind.lifecycle.states);
  const full = whole(kind);

  test('begins exactly where steps lead that anybody could take at once, with whatever it says', () => {
    const parts = [...Object.keys(full.fields), ...Object.keys(full.links)];
    fc.assert(
      fc.property(fc.subarray(parts), fc.constantFrom(...states), (left, state) => {
        const content = without(full, new Set(left));
        const may = kind.lifecycle.mayBeBroughtIn
          ? reachable(kind, content).has(state)
          : state === kind.lifecycle.initial;
        expect([state, beginningObstacle(kind, state, content, now) === undefined]).toEqual([state, may]);
      }),
      { numRuns: 60 },
    );
  });

  test('never begins behind a step that somebody else takes, that is approved, or that shows who one is', () => {
    for (const state of beginnings(kind).filter((one) => one !== kind.lifecycle.initial)) {
      const into = Object.entries(kind.lifecycle.transitions).filter(([, step]) => step.to === state);
      expect(into.some(([name, step]) => isFree(kind, name, step))).toBe(true);
    }
    for (const [name, step] of Object.entries(kind.lifecycle.transitions))
      if (step.approved || step.notBy || step.takenBy || step.decides || isWeighty(kind, name))
        expect([name, isFree(kind, name, step)]).toEqual([name, false]);
  });

  test('a refusal names the step, and a state that is none names those that are', () => {
    const labels = Object.values(kind.lifecycle.transitions).map((step) => `“${step.label}”`);
    for (const state of states) {
      const why = beginningObstacle(kind, state, emptyContent, now);
      if (why !== undefined && kind.lifecycle.mayBeBroughtIn)
        expect([state, why, labels.some((label) => why.includes(label))]).toEqual([state, why, true]);
    }
    for (const name of ['', 'no-such-state', 'constructor', '__proto__'])
      expect(beginningObstacle(kind, name, full, now)).toMatch(/^One of: /);
  });

  test('the first state is among its beginnings, and each of them is a state', () => {
    expect(beginnings(kind)[0]).toBe(kind.lifecycle.initial);
    for (const state of beginnings(kind)) expect(states).toContain(state);
  });

  test('whose word a state stands on is a member field, and no new record begins there', () => {
    for (const state of states)
      for (const field of settledFields(kind, state)) expect(kind.fields[field]?.type).toBe('member');
    for (const state of decidedStates(kind)) expect(beginnings(kind)).not.toContain(state);
  });
});

test.each([
  ['nonconformity', ['closed', 'rejected']],
  ['corrective-action', ['effective', 'not-effective']],
  ['risk', ['borne', 'closed']],
  ['control-test', ['concluded']],
  ['audit', ['reported']],
  ['role-assignment', ['accepted']],
  ['risk-assessment', ['done']],
  ['gate', ['passed', 'not-passed']],
  ['finding', ['closed']],
  ['system', []],
  ['use-case', []],
  ['task', []],
])('of a %s, somebody’s word are %j', (name, states) => {
  expect(decidedStates(registry.get(name))).toEqual(states);
});

test.each([
  [
    'nonconformity',
    'closed',
    '“Closed” is reached by “Close”, taken on the record itself by the person under “Judged by”.',
  ],
  [
    'nonconformity',
    'rejected',
    '“Rejected” is reached by “Reject”, taken on the record itself by the person under “Approved by”.',
  ],
  [
    'risk',
    'borne',
    '“Borne” is reached by “Bear”, taken on the record itself, once it is approved, by somebody who shows who they are.',
  ],
  [
    'system-version',
    'replaced',
    '“Replaced” comes after “Go live”, taken on the record itself by somebody who shows who they are.',
  ],
  [
    'system',
    'operation-monitoring',
    '“Live” is reached by “Go live”, taken on the record itself by somebody who shows who they are.',
  ],
  [
    'implementation',
    'in-place',
    '“In place” is reached by “Put in place”: How it works, Owner, In place since are needed first.',
  ],
  ['gate', 'passed', 'Steps of the life cycle lead to the others.'],
])('why a new %s is not %s', (name, state, why) => {
  expect(beginningObstacle(registry.get(name), state, emptyContent, now)).toBe(why);
});

test('a guard that fails stands in the way of a beginning too', () => {
  const kind = registry.get('nonconformity');
  const content = whole(kind);
  const none = { ...content, fields: { ...content.fields, actionNeeded: 'no' } };
  expect(beginningObstacle(kind, 'action-planned', none, now)).toMatch(/“Plan action”: No action/);
  const yes = { ...content, fields: { ...content.fields, actionNeeded: 'yes' } };
  expect(beginningObstacle(kind, 'action-planned', yes, now)).toBeUndefined();
  expect(leadsFreely(kind, 'open', 'action-planned', yes, now)).toBe(true);
  expect(leadsFreely(kind, 'closed', 'reopened', yes, now)).toBe(
    content.fields.effectivenessVerdict !== 'effective',
  );
});

describe('what a file brings in', () => {
  const duty = (fields: Content['fields']) => ({ fields: { name: 'Inform', ...fields }, links: {} });
  const why = (name: string, state: string, content: Content) =>
    bringingInObstacle(registry.get(name), state, content, now);

  test('is declined with its reason, and law never', () => {
    const declineReason = 'The customer took it back.';
    expect(why('obligation', 'declined', duty({ source: 'contract' }))).toBe(
      '“Declined” is reached by “Decline”: Why it was not taken on is needed first.',
    );
    expect(why('obligation', 'declined', duty({ source: 'contract', declineReason }))).toBeUndefined();
    expect(why('obligation', 'declined', duty({ source: 'law', declineReason }))).toBe(
      '“Declined” is reached by “Decline”: Law binds whether or not it is taken on.',
    );
    for (const state of ['open', 'taken-on', 'ended'])
      expect(why('obligation', state, duty({ source: 'law' })), state).toBeUndefined();
  });

  test('is a run that is done with whoever took part, its method and each finding answered', () => {
    const run = registry.get('risk-assessment');
    const full = whole(run);
    const considered = [{ finding: 'It ranks', answer: 'no-risk', reason: 'because' }];
    expect(why('risk-assessment', 'done', without(full, new Set(['participants', 'result'])))).toBe(
      '“Done” is reached by “Finish”: Participants, Result are needed first.',
    );
    expect(why('risk-assessment', 'done', { ...full, fields: { ...full.fields, considered } })).toBe(
      '“Done” is reached by “Finish”: Finding 1 is no risk, and “Reason” does not say why, in a sentence.',
    );
    expect(
      why('risk-assessment', 'done', { ...full, fields: { ...full.fields, considered: [] } }),
    ).toBeUndefined();
    expect(why('risk-assessment', 'called-off', emptyContent)).toBeUndefined();
  });

  test('says elsewhere how things stood, whatever it lacks', () => {
    for (const [name, state] of [
      ['risk', 'borne'],
      ['nonconformity', 'closed'],
      ['system', 'operation-monitoring'],
    ] as const)
      expect(why(name, state, emptyContent), name).toBeUndefined();
  });
});

test('a step that this release does not know binds', () => {
  const task = registry.get('task');
  const step = { label: 'Declare done', from: ['open'], to: 'done' };
  const stranger = { ...task, lifecycle: { ...task.lifecycle, transitions: { declareDone: step } } };
  expect(stepWeights.task?.light).not.toContain('declareDone');
  expect(freeStates(stranger, 'open')).toEqual(new Set(['open']));
});

test('between two states, the step that binds nobody comes first', () => {
  const test = registry.get('control-test');
  expect(stepBetween(test, 'concluded', 'under-way')).toBe('reopen');
  expect(stepBetween(test, 'under-way', 'concluded')).toBe('conclude');
  expect(stepBetween(test, 'concluded', 'cancelled')).toBeUndefined();
});

describe('what was judged', () => {
  const content = { fields: {}, links: {} };
  const refusedIn = (name: string, state: string, part: string) => {
    try {
      refuseSettled(registry.get(name), state, content, { changed: [part], next: content });
      return undefined;
    } catch (error) {
      return error;
    }
  };

  test.each([
    ['audit', 'reported', 'under-way', 'conclusion', 'fields'],
    ['audit', 'reported', 'under-way', 'systems', 'links'],
    ['audit', 'reported', 'under-way', 'scope', 'fields'],
    ['audit', 'reported', 'under-way', 'criteria', 'fields'],
    ['gate', 'passed', 'asked', 'type', 'fields'],
    ['gate', 'passed', 'asked', 'criteria', 'fields'],
    ['gate', 'passed', 'asked', 'requestedBy', 'fields'],
    ['gate', 'passed', 'asked', 'decidedOn', 'fields'],
    ['gate', 'passed', 'asked', 'missingBy', 'fields'],
    ['gate', 'passed', 'asked', 'system', 'links'],
    ['gate', 'passed', 'asked', 'useCases', 'links'],
    ['gate', 'passed', 'asked', 'version', 'links'],
    ['gate', 'passed', 'asked', 'controls', 'links'],
    ['finding', 'closed', 'answered', 'system', 'links'],
    ['walk', 'concluded', 'under-way', 'stations', 'fields'],
    ['control-test', 'concluded', 'under-way', 'conclusion', 'fields'],
    ['control-test', 'concluded', 'under-way', 'control', 'links'],
    ['risk-assessment', 'done', 'planned', 'heldOn', 'fields'],
    ['risk-assessment', 'done', 'planned', 'considered', 'fields'],
    ['risk-assessment', 'done', 'planned', 'participants', 'fields'],
    ['risk-assessment', 'done', 'planned', 'criteriaVersion', 'fields'],
    ['risk-assessment', 'done', 'planned', 'risks', 'links'],
    ['control-test', 'concluded', 'under-way', 'deviations', 'fields'],
    ['control-test', 'concluded', 'under-way', 'sampleSize', 'fields'],
    ['control-test', 'concluded', 'under-way', 'populationSize', 'fields'],
    ['control-test', 'concluded', 'under-way', 'subject', 'fields'],
    ['control-test', 'concluded', 'under-way', 'periodTo', 'fields'],
    ['verification', 'concluded', 'planned', 'thresholdsSetOn', 'fields'],
    ['verification', 'concluded', 'under-way', 'tester', 'fields'],
    ['verification', 'concluded', 'under-way', 'testedOn', 'fields'],
    ['verification', 'concluded', 'under-way', 'results', 'fields'],
    ['verification', 'concluded', 'under-way', 'verdict', 'fields'],
    ['verification', 'concluded', 'under-way', 'reason', 'fields'],
    ['verification', 'concluded', 'under-way', 'decidedOn', 'fields'],
    ['verification', 'concluded', 'under-way', 'version', 'links'],
    ['finding', 'closed', 'answered', 'grade', 'fields'],
    ['finding', 'closed', 'answered', 'answer', 'fields'],
    ['nonconformity', 'closed', 'verifying', 'rootCause', 'fields'],
    ['nonconformity', 'closed', 'verifying', 'effectivenessVerdict', 'fields'],
    ['nonconformity', 'rejected', 'open', 'description', 'fields'],
    ['corrective-action', 'effective', 'done', 'action', 'fields'],
    ['corrective-action', 'effective', 'done', 'operationSeen', 'fields'],
    ['corrective-action', 'not-effective', 'done', 'completion', 'fields'],
  ])(
    'of %s is not rewritten while it is %s, and is free while it is %s: %s',
    (name, state, before, part, at) => {
      expect(refusedIn(name, state, part)).toMatchObject({
        code: 'unprocessable',
        items: [
          { at: `${at}.${part}`, message: expect.stringMatching(/with a step that leaves that state\.$/) },
        ],
      });
      expect(refusedIn(name, before, part)).toBeUndefined();
    },
  );

  test('leaves what follows it free, who looks after it, and every kind that judges nobody', () => {
    expect(refusedIn('control-test', 'concluded', 'nextTest')).toBeUndefined();
    expect(refusedIn('risk-assessment', 'done', 'nextRun')).toBeUndefined();
    expect(refusedIn('audit', 'reported', 'evidence')).toBeUndefined();
    expect(refusedIn('nonconformity', 'closed', 'owner')).toBeUndefined();
    expect(refusedIn('risk', 'closed', 'description')).toBeUndefined();
    // It is put right where it stands, and passed from there.
    for (const part of ['criteria', 'verdict', 'seen'])
      expect(refusedIn('gate', 'not-passed', part), part).toBeUndefined();
    const judging = registry.kinds.filter((kind) =>
      decidedStates(kind).some((state) => judgedParts(kind, state).length > 0),
    );
    expect(judging.map(({ name }) => name).sort()).toEqual([
      'audit',
      'control-test',
      'corrective-action',
      'finding',
      'gate',
      'nonconformity',
      'risk-assessment',
      'verification',
      'walk',
    ]);
    // Nothing is frozen for good: a step leads out of every such state.
    for (const { lifecycle, ...kind } of judging)
      for (const state of decidedStates({ ...kind, lifecycle }))
        expect(
          Object.values(lifecycle.transitions).some(({ from }) => from.includes(state)),
          `${kind.name} ${state}`,
        ).toBe(true);
  });
});

describe('who gave the word on which a state stands', () => {
  const kind = registry.get('gate');
  const content = { fields: { decidedBy: 'm1', name: 'Release' }, links: {} };

  test('is not written over', () => {
    expect(settledFields(kind, 'passed')).toEqual(['decidedBy']);
    expect(settledFields(registry.get('nonconformity'), 'closed')).toEqual(['verifier']);
    expect(settledFields(registry.get('corrective-action'), 'effective')).toEqual(['verifier']);
    expect(settledFields(registry.get('control-test'), 'concluded')).toEqual(['tester']);
    expect(() => refuseSettled(kind, 'passed', content, { changed: ['decidedBy'], next: content })).toThrow(
      expect.objectContaining({
        code: 'unprocessable',
        items: [{ at: 'fields.decidedBy', message: expect.stringMatching(/“Passed”/) }],
      }),
    );
  });

  test('is free before it is given, where nobody is named yet, and for everything else', () => {
    const asks =
      (of: Kind, state: string, before: Content, ...changed: string[]) =>
      () =>
        refuseSettled(of, state, before, { changed, next: content });
    expect(asks(kind, 'asked', content, 'decidedBy')).not.toThrow();
    // An agreement begins in force, on nobody's word: who looks after it is handed on.
    expect(settledFields(registry.get('responsibility'), 'in-force')).toEqual([]);
    const role = registry.get('role-assignment');
    expect(settledFields(role, 'accepted')).toEqual(['person']);
    expect(asks(role, 'accepted', { fields: {}, links: {} }, 'person')).not.toThrow();
    expect(asks(kind, 'passed', content, 'name')).not.toThrow();
    // What a gate was approved and passed on stays as it was read (7.5.3).
    for (const part of gateWords)
      expect(asks(kind, 'passed', content, part), part).toThrow(/part of what was judged/);
  });
});

const gateWords = [
  ...['plan', 'reason', 'conditions', 'evidence', 'requestedOn', 'decidedOn', 'authority', 'seen'],
  ...['emergency', 'emergencyReason', 'retrospective', 'retrospectiveReason', 'missingItems', 'missingBy'],
  ...['settledData', 'settledPeople'],
];

test('a day that somebody is held to is brought forward by hand, and put off by looking again alone', () => {
  const kind = registry.get('classification');
  const on = (day?: string) => ({ fields: day ? { nextValidation: day } : {}, links: {} });
  const moved = (state: string, from?: string, to?: string, byAct?: boolean) => () =>
    refuseSettled(kind, state, on(from), { changed: ['nextValidation'], next: on(to) }, byAct);
  const says = expect.objectContaining({
    items: [{ at: 'fields.nextValidation', message: 'Next validation is put off by looking again alone.' }],
  });
  expect(moved('final', '2026-06-01', '2026-06-02')).toThrow(says);
  expect(moved('final', '2026-06-01', undefined)).toThrow(says);
  expect(moved('final', '2026-06-01', '2026-05-01')).not.toThrow();
  expect(moved('final', undefined, '2026-05-01')).not.toThrow();
  expect(moved('open', '2026-06-01', '2027-06-01')).not.toThrow();
  expect(moved('final', '2026-06-01', '2027-06-01', true)).not.toThrow();
});
