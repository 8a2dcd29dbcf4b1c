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
