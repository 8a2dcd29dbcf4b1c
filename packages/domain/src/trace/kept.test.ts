import { describe, expect, test } from 'vitest';
import { pair } from '../../test/trace/breaks.ts';
import { contextOf, recordIn } from '../../test/trace/context.ts';
import { act, type World } from '../../test/trace/kit.ts';
import { changed, goodWorld, unapproved, withdrawn } from '../../test/trace/world.ts';
import { isKept, keptObstacle } from './kept.ts';

const obstacle = (id: string, world: World): string => {
  const c = contextOf(world);
  return keptObstacle(c, recordIn(c, id)) ?? 'none';
};
const later = { approvals: [act('approve', { at: '2026-05-01T09:00:00Z' })] };

test('only what the line speaks of after it is gone is asked for', () => {
  expect(isKept('model')).toBe(false);
  expect(isKept('risk')).toBe(true);
});

describe('a class', () => {
  test('that is signed off is withdrawn first', () => {
    expect(obstacle('cla-1', goodWorld())).toContain('Withdraw that first, with a reason');
    expect(obstacle('cla-1', changed('cla-1', unapproved))).toBe('none');
  });

  test('that was taken back goes once another one was signed off after it', () => {
    const back = changed('cla-1', withdrawn);
    expect(obstacle('cla-1', back)).toContain('no class of the use was signed off since');
    const newer = { approvals: [act('approve', { at: '2026-10-01T09:00:00Z' })] };
    expect(obstacle('cla-1', changed('cla-1-b', newer, pair('cla-1', {}, back)))).toBe('none');
  });
});

test('an assessment in force goes once one approved after it covers the same use', () => {
  expect(obstacle('ia-1', goodWorld())).toContain('Withdraw that first, with a reason');
  const two = changed('ia-1-b', later, pair('ia-1'));
  expect([obstacle('ia-1', two), obstacle('ia-1-b', two)]).toEqual([
    'none',
    expect.stringContaining('Withdraw that first'),
  ]);
  const elsewhere = changed('ia-1-b', { links: { covers: ['uc-2'] } }, two);
  expect(obstacle('ia-1', elsewhere)).toContain('Withdraw that first');
  expect(obstacle('ia-1', changed('ia-1', withdrawn))).toBe('none');
});

test('a risk that was rated is closed before it goes, and closed only where it is borne', () => {
  expect(obstacle('rsk-1', goodWorld())).toContain('Close it by its step');
  expect(obstacle('rsk-1', changed('rsk-1', { state: 'closed' }))).toBe('none');
  const unborne = changed('rsk-1', { ...unapproved, state: 'closed' });
  expect(obstacle('rsk-1', unborne)).toContain('nobody with authority accepts it');
  const bare = { currentLevel: null, residualLevel: null };
  expect(obstacle('rsk-1', changed('rsk-1', { state: 'identified', fields: bare }))).toBe('none');
});

test('a plan that was approved or given up stays while a risk is open of which it speaks', () => {
  expect(obstacle('trt-1', goodWorld())).toContain('RSK-1, of which this plan speaks, is open');
  expect(obstacle('trt-1', changed('trt-1', { ...unapproved, state: 'given-up' }))).toContain('RSK-1');
  expect(obstacle('trt-1', changed('trt-1', { ...unapproved, state: 'planned' }))).toBe('none');
  const two = changed('trt-1', { links: { risks: ['rsk-1', 'rsk-1-b'] } }, pair('rsk-1'));
  expect(obstacle('trt-1', two)).toContain('RSK-1, RSK-1-B, of which this plan speaks, are open');
  expect(obstacle('trt-1', changed('rsk-1', { state: 'closed' }))).toBe('none');
});

describe('a test that found otherwise than effective', () => {
  const failed = { fields: { conclusion: 'not-effective' } };
  const later = { fields: { conclusion: 'effective', testedOn: '2026-11-01' } };

  test('stays while it is the last word on what it tested, whatever was found before', () => {
    expect(obstacle('tst-1', goodWorld())).toBe('none');
    for (const conclusion of ['not-effective', 'partly-effective']) {
      const world = changed('tst-1', { fields: { conclusion } });
      expect(obstacle('tst-1', world)).toContain('It is the last word on IMP-1. Test again first');
      const before = { fields: { conclusion: 'effective', testedOn: '2025-01-01' } };
      expect(obstacle('tst-1', changed('tst-1-b', before, pair('tst-1', {}, world)))).toContain('last word');
    }
    expect(obstacle('tst-1', changed('tst-1', { ...failed, state: 'under-way' }))).toBe('none');
    expect(obstacle('tst-1', changed('tst-1', { fields: { conclusion: 'not-concluded' } }))).toBe('none');
  });

  test('goes once a later one was concluded by somebody without a part, or what it tested ended', () => {
    const two = changed('tst-1-b', later, pair('tst-1', {}, changed('tst-1', failed)));
    expect(obstacle('tst-1', two)).toBe('none');
    expect(obstacle('tst-1', changed('tst-1-b', { state: 'under-way' }, two))).toContain('last word');
    expect(obstacle('tst-1', changed('imp-1', { state: 'ended' }, changed('tst-1', failed)))).toBe('none');
    const own = { fields: { ...later.fields, tester: recordIn(contextOf(goodWorld()), 'imp-1').owner } };
    expect(obstacle('tst-1', changed('tst-1-b', own, two))).toContain('last word');
  });

  test('and names no implementation speaks of those of its control at its home', () => {
    const whole = changed('tst-1', { ...failed, links: { implementation: [] } });
    expect(obstacle('tst-1', whole)).toContain('It is the last word on IMP-1');
    const elsewhere = changed('tst-1', { ...failed, links: { implementation: ['imp-9'] } });
    expect(obstacle('tst-1', elsewhere)).toContain('It is the last word on what it tested');
  });
});

test('a verdict that a version did not pass stays until a later one was given on it', () => {
  const failed = changed('vfy-1', { fields: { verdict: 'not-passed' } });
  expect(obstacle('vfy-1', goodWorld())).toBe('none');
  expect(obstacle('vfy-1', failed)).toContain('It is the last verdict on VER-1. Verify again first');
  const two = changed('vfy-1-b', { fields: { decidedOn: '2026-11-01' } }, pair('vfy-1', {}, failed));
  expect(obstacle('vfy-1', two)).toBe('none');
  expect(obstacle('vfy-1', changed('vfy-1-b', unapproved, two))).toContain('last verdict');
  expect(obstacle('vfy-1', changed('ver-1', { state: 'withdrawn' }, failed))).toBe('none');
});
