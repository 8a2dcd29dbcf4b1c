import { expect, test } from 'vitest';
import { control } from '../../test/soa/kit.ts';
import { cellStep, type OwnImplementation } from './set-cells.ts';

const row = (changes: object = {}) => ({
  id: 'A.6.2.4',
  control: control(),
  says: 'applicable' as const,
  placing: null,
  ...changes,
});
const whole = { howItWorks: 'By hand', owner: 'ann', inPlaceSince: '2026-01-05' };
const stands = (state: string, fields: Record<string, string> = {}): OwnImplementation => ({
  ref: 'IMP-1',
  state,
  content: { fields, links: {} },
});

test('a cell with nothing gets an implementation, and one with something the step that leads there', () => {
  expect(cellStep(row(), [], { state: 'in-place', fields: whole })).toEqual({ does: 'make' });
  expect(cellStep(row(), [], { state: 'planned', fields: { plannedOn: '2026-09-01' } })).toEqual({
    does: 'make',
  });
  const to = (state: string, target: 'in-place' | 'partly' | 'planned' | 'ended', fields = {}) =>
    cellStep(row(), [stands(state, whole)], { state: target, fields });
  expect(to('planned', 'in-place')).toEqual({ does: 'change', step: 'complete' });
  expect(to('in-place', 'partly')).toEqual({ does: 'change', step: 'begin' });
  expect(to('partly', 'planned', { plannedOn: '2026-09-01' })).toEqual({ does: 'change', step: 'plan' });
  expect(to('partly', 'ended', { endedOn: '2026-09-01' })).toEqual({ does: 'change', step: 'end' });
  expect(to('in-place', 'in-place', { howItWorks: 'By two hands' })).toEqual({ does: 'change', step: null });
});

test('what stands so already, and what is not there to be ended, writes nothing', () => {
  expect(cellStep(row(), [stands('in-place', whole)], { state: 'in-place', fields: whole })).toEqual({
    does: 'nothing',
  });
  expect(cellStep(row(), [], { state: 'ended', fields: { endedOn: '2026-01-01' } })).toEqual({
    does: 'nothing',
  });
});

test.each([
  ['nobody adopted it', row({ control: null }), [], /^Nobody adopted/],
  ['it is excluded', row({ says: 'excluded' }), [], /does not make A\.6\.2\.4 applicable/],
  ['the organisation does it', row({ placing: { at: 'organisation' } }), [], /once for all/],
  ['several stand there', row(), [stands('planned'), stands('partly')], /2 implementations stand here/],
  ['parts are missing', row(), [], /^Needed: How it works, Owner, In place since\.$/],
  [
    'what stands lacks a part',
    row(),
    [stands('planned', { howItWorks: 'x', owner: 'ann' })],
    /^Needed: In place/,
  ],
])('refuses where %s', (_why, asked, own, words) => {
  const refused = cellStep(asked as ReturnType<typeof row>, own, { state: 'in-place', fields: {} });
  expect(refused).toEqual({ refused: expect.stringMatching(words) });
});

test('a deviation that stands is changed like any other', () => {
  const shared = row({ placing: { at: 'organisation' } }) as unknown as ReturnType<typeof row>;
  expect(cellStep(shared, [stands('planned', whole)], { state: 'in-place', fields: {} })).toMatchObject({
    does: 'change',
  });
});
