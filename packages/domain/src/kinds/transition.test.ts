import { describe, expect, test } from 'vitest';
import type { ApprovalAtHand } from '../approvals.ts';
import { registry } from './all.ts';
import { f } from './fields.ts';
import { defineKind, uses } from './kind.ts';
import { blanksOf, decideTransition, transitionObstacle } from './transition.ts';

const kind = defineKind({
  name: 'thing',
  prefix: 'THG',
  collection: 'things',
  label: 'Thing',
  plural: 'Things',
  purpose: 'Things (4.1).',
  regime: 'factual',
  fields: {
    name: f.line({ label: 'Name' }),
    owner: f.member({ label: 'Owner' }),
    reason: f.text({ label: 'Reason' }),
    until: f.day({ label: 'Until' }),
  },
  relations: { parts: uses('thing', { label: 'Parts', inverse: 'Part of' }) },
  index: ['title'],
  lifecycle: {
    initial: 'new',
    states: {
      new: { label: 'New', shape: 'hollow' },
      running: { label: 'Running', shape: 'half' },
      done: { label: 'Done', shape: 'full' },
    },
    transitions: {
      start: { label: 'Start', from: ['new', 'done'], to: 'running', requires: ['reason', 'parts'] },
      check: { label: 'Check', from: ['running'], to: 'done', notBy: ['owner'], approved: true },
      sign: { label: 'Sign', from: ['running'], to: 'done', takenBy: 'owner' },
      wait: {
        label: 'Wait',
        from: ['running'],
        to: 'new',
        guard: ({ fields }, now) =>
          String(fields.until) > now.slice(0, 10) ? 'It is too early.' : undefined,
      },
    },
  },
  serves: ['4.1'],
});
const asking = defineKind({
  ...kind,
  fields: {
    ...kind.fields,
    count: f.number({ label: 'Count', derived: true }),
    lines: f.rows({ one: f.line({ label: 'One' }) }, { label: 'Lines' }),
  },
  lifecycle: {
    ...kind.lifecycle,
    transitions: {
      end: {
        label: 'End',
        from: ['running'],
        to: 'done',
        requires: ['reason', 'until'],
        notBy: ['owner'],
        guard: ({ fields }) => (fields.name === 'Held' ? 'It is held.' : undefined),
      },
      link: { label: 'Link', from: ['running'], to: 'done', requires: ['reason', 'parts'] },
      tell: { label: 'Tell', from: ['running'], to: 'done', requires: ['reason', 'lines'] },
      add: { label: 'Add', from: ['running'], to: 'done', requires: ['count'] },
    },
  },
});
const now = '2026-11-02T09:00:00.000Z';
const person = (member: string) => ({ type: 'person', member, roles: ['aims-manager'] }) as const;
const subject = (state: string, fields = {}, links = {}, approval: ApprovalAtHand = 'stands') => ({
  state,
  content: { fields, links },
  approval,
});

describe('an obstacle is said in words', () => {
  test('no such step', () => {
    expect(transitionObstacle(kind, 'fly', subject('new'), person('a'), now)).toBe(
      'Thing has no step "fly".',
    );
  });

  test('another state, with the states it is possible from', () => {
    expect(transitionObstacle(kind, 'start', subject('running'), person('a'), now)).toBe(
      'Start is possible from New or Done; this is Running.',
    );
    expect(transitionObstacle(kind, 'start', subject('lost'), person('a'), now)).toContain('this is lost');
  });

  test('what is missing, fields and links, one or several', () => {
    expect(transitionObstacle(kind, 'start', subject('new'), person('a'), now)).toBe(
      'Reason, Parts are needed first.',
    );
    expect(
      transitionObstacle(kind, 'start', subject('new', { reason: 'So' }, { parts: [] }), person('a'), now),
    ).toBe('Parts is needed first.');
    expect(
      transitionObstacle(kind, 'start', subject('new', { reason: 'So' }, { parts: ['x'] }), person('a'), now),
    ).toBeUndefined();
  });

  test('a reason that gives none, in its words', () => {
    for (const none of ['.', 'n/a', 'TBD'])
      expect(
        transitionObstacle(
          kind,
          'start',
          subject('new', { reason: none }, { parts: ['x'] }),
          person('a'),
          now,
        ),
      ).toBe(`Reason ("${none}" says nothing) is needed first.`);
  });

  test('no approval of exactly this version, or one that is not worth that any more', () => {
    const said = (approval: ApprovalAtHand) =>
      transitionObstacle(kind, 'check', subject('running', {}, {}, approval), person('a'), now);
    expect(said('none')).toBe('An approval of exactly this version is needed first.');
    expect(said('stale')).toMatch(/changed since, so it is approved anew first/);
    expect(said('own')).toMatch(/one person with who wrote it/);
    expect(said('beyond')).toMatch(/Somebody whose authority reaches that confirms it first/);
    expect(said('stands')).toBeUndefined();
  });

  test('the doer', () => {
    const mine = subject('running', { owner: 'a' });
    expect(transitionObstacle(kind, 'check', mine, person('a'), now)).toBe(
      'Owner is you, so somebody else does this.',
    );
    expect(transitionObstacle(kind, 'check', mine, person('b'), now)).toBeUndefined();
  });

  test('the doer by another account, and whoever was the doer before', () => {
    const isActor = (member: string) => member === 'a' || member === 'a2';
    const theirs = { ...subject('running', { owner: 'a2' }), isActor };
    expect(transitionObstacle(kind, 'check', theirs, person('a'), now)).toMatch(/^Owner is you/);
    const handedOn = { ...subject('running', { owner: 'b' }), namedBefore: { owner: ['b', 'a'] } };
    expect(transitionObstacle(kind, 'check', handedOn, person('a'), now)).toBe(
      'Owner was you before, so somebody else does this.',
    );
    expect(transitionObstacle(kind, 'check', handedOn, person('c'), now)).toBeUndefined();
  });

  test('a deputy of the doer, now or before, under whichever account', () => {
    const deputy = { ...person('b'), standsFor: [{ member: 'a', roles: [] }] };
    const said = 'Owner is or was somebody whom you stand in for, so somebody else does this.';
    const now1 = subject('running', { owner: 'a' });
    expect(transitionObstacle(kind, 'check', now1, deputy, now)).toBe(said);
    const before = { ...subject('running', { owner: 'c' }), namedBefore: { owner: ['a'] } };
    expect(transitionObstacle(kind, 'check', before, deputy, now)).toBe(said);
    const account = { ...subject('running', { owner: 'a2' }), isAbsent: (one: string) => one === 'a2' };
    expect(transitionObstacle(kind, 'check', account, deputy, now)).toBe(said);
    const others = subject('running', { owner: 'c' });
    expect(transitionObstacle(kind, 'check', others, deputy, now)).toBeUndefined();
  });

  test('a step that is the decision of whoever is named, whatever account they use', () => {
    const theirs = subject('running', { owner: 'a' });
    expect(transitionObstacle(kind, 'sign', theirs, person('b'), now)).toBe(
      'Owner is somebody else, who takes this step.',
    );
    expect(transitionObstacle(kind, 'sign', theirs, person('a'), now)).toBeUndefined();
    const isActor = (member: string) => member === 'a' || member === 'b';
    expect(transitionObstacle(kind, 'sign', { ...theirs, isActor }, person('b'), now)).toBeUndefined();
    expect(transitionObstacle(kind, 'sign', subject('running'), person('a'), now)).toMatch(/somebody else/);
    const token = { type: 'token', token: 'a', roles: [] } as const;
    expect(transitionObstacle(kind, 'sign', theirs, token, now)).toMatch(/^A person takes this/);
  });

  test.each([
    [{ type: 'token', token: 'a', roles: ['aims-manager'] }],
    [{ type: 'rule', rule: 'a' }],
    [{ type: 'telemetry', source: 'a' }],
    [{ type: 'visitor' }],
  ] as const)('nobody that can be told from the doer: %j', (actor) => {
    expect(transitionObstacle(kind, 'check', subject('running'), actor, now)).toMatch(/^A person takes this/);
    expect(transitionObstacle(kind, 'wait', subject('running', { until: '' }), actor, now)).toBe(
      // A step of which nobody said that it is light weighs, and a program shows nobody's presence.
      actor.type === 'token' ? 'A person takes this step, so that it can be seen who it was.' : undefined,
    );
  });

  test.each([
    ['incident', 'close', 'contained', false],
    ['system', 'goLive', 'deployment', false],
    ['audit', 'report', 'under-way', false],
    ['incident', 'triage', 'open', true],
    ['task', 'finish', 'open', true],
  ])('a program takes no step of %s that others rely on: %s', (name, step, state, light) => {
    const token = { type: 'token', token: 'a', roles: ['aims-manager'] } as const;
    const of = registry.get(name);
    const fields = Object.fromEntries(
      [...Object.keys(of.fields), ...Object.keys(of.relations)].map((part) => [part, 'x']),
    );
    const said = transitionObstacle(
      of,
      step,
      { ...subject(state), content: { fields, links: {} } },
      token,
      now,
    );
    expect(said?.startsWith('A person takes this step') ?? false).toBe(!light);
  });

  test('what the declaration guards, with the time given from outside', () => {
    const early = subject('running', { until: '2026-11-03' });
    expect(transitionObstacle(kind, 'wait', early, person('a'), now)).toBe('It is too early.');
    expect(transitionObstacle(kind, 'wait', early, person('a'), '2026-11-03T00:00:00.000Z')).toBeUndefined();
  });
});

describe('the decision', () => {
  test('answers the state reached', () => {
    expect(decideTransition(kind, 'check', subject('running'), person('a'), now)).toBe('done');
  });

  test('throws a conflict with the obstacle', () => {
    expect(() => decideTransition(kind, 'check', subject('new'), person('a'), now)).toThrow(
      expect.objectContaining({ code: 'conflict', message: 'Check is possible from Running; this is New.' }),
    );
    expect(() => decideTransition(kind, 'constructor', subject('new'), person('a'), now)).toThrow(
      expect.objectContaining({ code: 'conflict' }),
    );
  });
});

describe('a step asks for the blanks that alone stand in its way', () => {
  const blanks = (step: string, fields: object, state = 'running') =>
    blanksOf(asking, step, subject(state, fields), person('a'), now);

  test('those that say nothing, and none that are there', () => {
    expect(blanks('end', { reason: 'n/a' })).toEqual(['reason', 'until']);
    expect(blanks('end', { reason: 'It is over' })).toEqual(['until']);
    expect(blanks('end', { reason: 'It is over', until: '2026-11-01' })).toEqual([]);
  });

  test('none where something else refuses it too, or it is no step from here', () => {
    expect(blanks('end', { owner: 'a' })).toEqual([]);
    expect(blanks('end', { name: 'Held' })).toEqual([]);
    expect(blanks('end', {}, 'new')).toEqual([]);
    expect(blanks('fly', {})).toEqual([]);
  });

  test('none where a relation, rows or what nobody types is among them', () => {
    expect([blanks('link', {}), blanks('tell', {}), blanks('add', {})]).toEqual([[], [], []]);
  });
});
