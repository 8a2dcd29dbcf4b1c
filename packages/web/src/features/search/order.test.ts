import { expect, test } from 'vitest';
import { exactFirst } from './order.ts';

const item = (ref: string, kind: string) => ({ id: ref, ref, kind, title: ref, state: 'live' });

test('the record whose ref was typed stands on top, and its kind with it', () => {
  const groups = [
    { kind: 'risk', items: [item('RSK-2', 'risk')] },
    { kind: 'system', items: [item('SYS-20', 'system'), item('SYS-2', 'system')] },
  ];
  const ordered = exactFirst(groups, ' sys-2 ');
  expect(ordered.map((group) => group.kind)).toEqual(['system', 'risk']);
  expect(ordered[0]?.items.map((entry) => entry.ref)).toEqual(['SYS-2', 'SYS-20']);
});

test('without an exact ref the order of the server stands', () => {
  const groups = [{ kind: 'risk', items: [item('RSK-2', 'risk'), item('RSK-1', 'risk')] }];
  expect(exactFirst(groups, 'ranking')).toEqual(groups);
});
