import { describe, expect, test } from 'vitest';
import { registry } from './all.ts';
import {
  asFound,
  type FoundVersion,
  foundFaults,
  foundObstacle,
  foundWithdrawal,
  isAgainst,
} from './found.ts';
import { defineKind, type Kind } from './kind.ts';

const finding = registry.kinds.flatMap((kind) =>
  kind.found ? [[kind.name, kind, kind.found] as const] : [],
);

describe.each(finding)('what a %s found', (_name, kind, found) => {
  const [against = ''] = found.against;
  const before: FoundVersion = {
    ...{ version: 4, digest: 'aa', fields: { [found.word]: against }, links: { control: ['c'] } },
    ...{ material: '2026-05-01T08:00:00+00:00', until: '2026-06-01T08:00:00+00:00' },
  };
  const act = (at: string) =>
    ({
      id: at,
      record: 'r',
      version: 4,
      digest: 'aa',
      act: 'approve',
      basis: [],
      by: 'b',
      onBehalfOf: null,
      reason: null,
      at,
    }) as const;
  const now = {
    ...{ state: 'under-way', fields: { [found.word]: 'effective' }, links: {}, version: 7, digest: 'bb' },
    ...{
      materialAt: '2026-06-02T08:00:00Z',
      approvals: [act('2026-05-01T08:00:00Z'), act('2026-06-01T08:00:00Z')],
    },
  };

  test('against what was judged counts as it was while it is open again, with the approvals of then', () => {
    expect(asFound(kind, now, before)).toEqual({
      ...{ state: found.in, fields: before.fields, links: before.links, version: 4, digest: 'aa' },
      ...{ materialAt: '2026-05-01T08:00:00.000Z', approvals: [act('2026-05-01T08:00:00Z')] },
    });
    // What a reader does not have is not made up.
    const { state, fields, links } = now;
    const read = { state: found.in, fields: before.fields, links: before.links };
    expect(asFound(kind, { state, fields, links }, before)).toEqual(read);
  });

  test('else, or was never found, or stands anew, is read as it is', () => {
    const good = { ...before, fields: { [found.word]: 'effective' } };
    for (const one of [null, good, { ...before, fields: {} }]) expect(asFound(kind, now, one)).toBe(now);
    const anew = { ...now, state: found.in };
    expect(asFound(kind, anew, before)).toBe(anew);
    expect(asFound(registry.get('task'), now, before)).toBe(now);
  });

  test('by half for what was judged is marked with its day while it is open again', () => {
    for (const word of found.half ?? []) {
      const half = { ...before, fields: { [found.word]: word, [found.on]: '2026-04-30' } };
      expect(asFound(kind, now, half)).toEqual({ ...now, doubted: '2026-04-30' });
      expect(asFound(kind, { ...now, state: found.in }, half)).not.toHaveProperty('doubted');
      expect(isAgainst(kind, half)).toBe(false);
    }
  });

  test('is not called off, nor is its approval taken back, while it speaks against something', () => {
    const ended = Object.keys(kind.lifecycle.states).filter((state) => kind.lifecycle.states[state]?.ended);
    for (const state of ended) expect(foundObstacle(kind, state)).toMatch(/^It was concluded once/);
    expect(foundObstacle(kind, 'under-way')).toBeUndefined();
    const content = { fields: before.fields, links: {} };
    expect(foundWithdrawal(kind, { state: found.in, content })).toMatch(/^What was found stays/);
    expect(foundWithdrawal(kind, { state: 'under-way', content })).toBeUndefined();
    expect(foundWithdrawal(kind, { state: found.in, content: { fields: {}, links: {} } })).toBeUndefined();
  });

  test('keeps its hand and what it is on, and is read as it was until it is open', () => {
    const at = (state: string, changed: readonly string[], step?: string) =>
      foundFaults(kind, state, changed, step).map((fault) => fault.at);
    const kept = [`fields.${found.by}`, ...found.of.map((part) => `links.${part}`)];
    for (const state of [found.in, 'under-way']) expect(at(state, [found.by, ...found.of])).toEqual(kept);
    expect(at('under-way', [found.word, found.on])).toEqual([]);
    expect(at(found.in, [found.word, 'reopenedBecause'], 'reopen')).toEqual([`fields.${found.word}`]);
    expect(at('under-way', [found.word], 'conclude')).toEqual([]);
  });

  test('is opened again by a second hand that says why, and ended by no step', () => {
    const steps = Object.values(kind.lifecycle.transitions).filter(({ from }) => from.includes(found.in));
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) {
      expect(step).toMatchObject({ from: [found.in], notBy: expect.arrayContaining([found.by]) });
      expect(kind.fields[step.says ?? '']).toMatchObject({ type: 'text', byAct: true });
      expect(kind.lifecycle.states[step.to]?.ended).toBeUndefined();
    }
  });
});

test('a declaration that lets what was found go is refused', () => {
  const kind = registry.get('control-test');
  const { reopen } = kind.lifecycle.transitions;
  const declared = (step: object, found: object = {}): (() => Kind) => {
    const transitions = { ...kind.lifecycle.transitions, reopen: { ...reopen, ...step } };
    const whole = {
      ...kind,
      lifecycle: { ...kind.lifecycle, transitions },
      found: { ...kind.found, ...found },
    };
    return () => defineKind(whole as Kind);
  };
  expect(declared({})).not.toThrow();
  expect(declared({ says: undefined })).toThrow('transition reopen does not say why');
  expect(declared({ says: 'result' })).toThrow('transition reopen does not say why');
  expect(declared({ notBy: ['ownerTested'] })).toThrow('transition reopen is taken by who found it');
  expect(declared({ to: 'cancelled' })).toThrow('transition reopen ends what was found');
  expect(declared({ from: ['concluded', 'cancelled'] })).toThrow('leads from "concluded" and from elsewhere');
  expect(declared({}, { in: 'done' })).toThrow('found names state "done"');
  expect(declared({}, { by: 'judge' })).toThrow('found names "judge"');
});

test('words speak against what was judged where their kind says so', () => {
  const of = (name: string, fields: Record<string, string>) => isAgainst(registry.get(name), { fields });
  expect(of('control-test', { conclusion: 'partly-effective' })).toBe(true);
  expect(of('control-test', { conclusion: 'effective' })).toBe(false);
  expect(of('verification', { verdict: 'not-passed' })).toBe(true);
  expect(of('verification', { verdict: 'passed-with-conditions' })).toBe(false);
  expect(of('task', { conclusion: 'not-effective' })).toBe(false);
});
