import type { RefWire } from '@throughline/domain/wire.ts';
import { expect, test } from 'vitest';
import { taskName, taskOf } from './task-of.ts';

const ref = (id: string, kind: string): RefWire => ({ id, ref: id, kind, title: id, state: 'live' });
const gap = {
  rule: 'IA2',
  sentence: [
    { ref: ref('IA-31', 'impact-assessment') },
    ' is out of date since ',
    { day: '2026-11-02' },
    '.',
  ],
  records: [
    ref('s-1', 'system'),
    ref('IA-31', 'impact-assessment'),
    ref('IA-31', 'impact-assessment'),
    ref('X-1', 'elsewhere'),
  ],
};

test('a task takes its name from the gap, lies within the system, and names the rule and its records once', () => {
  const given = { assignee: 'm-1', due: '2026-11-30' };
  expect(taskOf(gap, { id: 's-1' }, given, ['system', 'impact-assessment'])).toEqual({
    fields: {
      name: 'IA-31 is out of date since 2 Nov 2026',
      rule: 'IA2',
      assignee: 'm-1',
      due: '2026-11-30',
    },
    links: { system: { set: ['s-1'] }, concerns: { set: ['IA-31'] } },
  });
});

test('what nobody gave is left out, and a long sentence is cut to a name', () => {
  const bare = taskOf({ ...gap, records: [] }, { id: 's-1' }, { assignee: null, due: null }, []);
  expect(Object.keys(bare.fields)).toEqual(['name', 'rule']);
  expect(Object.keys(bare.links)).toEqual(['system']);
  const name = taskName({ sentence: ['word '.repeat(80)] });
  expect(name.length).toBeLessThanOrEqual(200);
  expect(name.endsWith('…')).toBe(true);
});
