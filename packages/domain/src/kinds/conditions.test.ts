import { expect, test } from 'vitest';
import type { Json } from '../json.ts';
import { conditionObstacles, conditionsOf, fulfilmentFault } from './conditions.ts';

const today = '2026-11-21';
const miss = { criterion: 'Tested', answer: 'not-met', answerToMiss: 'It is tested again' };
const whole = { ...miss, missOwner: 'ann', missBy: '2026-12-01' };
const says = (rows: Json, verdict = 'pass-with-conditions') =>
  conditionObstacles({ criteria: rows, verdict }, `${today}T09:00:00Z`).join(' ');

test('each condition has somebody who sees to it, and a last day not too far', () => {
  expect(says([whole])).toBe('');
  for (const row of [miss, { ...miss, missOwner: 'ann' }, { ...miss, missBy: '2026-12-01' }])
    expect(says([row])).toBe('“Tested” is not met: say who sees to it, and by when.');
  expect(says([miss, { ...miss, criterion: 'Watched' }])).toMatch(/“Tested” and “Watched” are not met/);
  for (const missBy of ['2026-11-20', '2027-02-20', '2027'])
    expect(says([{ ...whole, missBy }])).toMatch(/90 days/);
  for (const missBy of ['2026-11-21', '2027-02-19', '2026-12']) expect(says([{ ...whole, missBy }])).toBe('');
  expect(says([{ criterion: 'Tested', answer: 'met' }])).toMatch(/no criterion says what is open/);
  expect(says([{ criterion: 'Tested', answer: 'met' }], 'pass')).toBe('');
});

test('what was passed under conditions is listed with how each stands; a day to come fulfils nothing', () => {
  const listed = (fulfilments: Json, more: Record<string, Json> = {}) =>
    conditionsOf({ criteria: [whole, { criterion: 'Fine', answer: 'met' }], fulfilments, ...more }, today);
  const open = { criterion: 'Tested', what: 'It is tested again', owner: 'ann', by: '2026-12-01' };
  expect(listed(null)).toEqual([{ ...open, fulfilledOn: null, how: '' }]);
  const said = { criterion: 'Tested', fulfilledOn: '2026-11-20', how: 'Tested on 400 cases' };
  expect(listed([said])).toEqual([{ ...open, fulfilledOn: '2026-11-20', how: 'Tested on 400 cases' }]);
  expect(listed([{ ...said, fulfilledOn: '2026-11-22' }])[0]?.fulfilledOn).toBeNull();
  // An exception has an end of its own.
  expect(listed(null, { type: 'deployment-approval', emergency: 'yes' })).toEqual([]);
});

test('a fulfilment names a criterion of the gate, its day, and how', () => {
  const fault = (row: Json) => fulfilmentFault({ criteria: [whole], fulfilments: [row] });
  const good = { criterion: 'Tested', fulfilledOn: '2026-11-20', how: 'Tested on 400 cases' };
  expect(fault(good)).toBeUndefined();
  expect(fault({ ...good, criterion: 'Another' })).toMatch(/Row 1 names no criterion/);
  for (const how of ['.', 'ok', 'Tested'])
    expect(fault({ ...good, how })).toMatch(/on which day.*how, in a sentence/);
  expect(fault({ criterion: 'Tested', how: 'Tested on 400 cases' })).toMatch(/on which day/);
});
