import { expect, test } from 'vitest';
import { partWords } from './setting-parts.ts';

const by = { type: 'person', id: '01990000-0000-7000-8000-0000000000a1' } as const;

test('says who changed which settings, in words', () => {
  const entry = {
    by,
    byName: 'Head of compliance',
    act: 'organisation.changed' as const,
    changed: ['calendar', 'retention'],
  };
  expect(partWords(entry)).toBe(
    'Head of compliance changed the organisation: working days, how long things are kept',
  );
});

test('what a newer release names stands as it is called; an entry without names says what was done', () => {
  expect(partWords({ by, byName: null, act: 'organisation.changed', changed: ['moonPhase'] })).toContain(
    ': moonPhase',
  );
  expect(
    partWords({ by: { type: 'rule', id: 'retention' }, byName: null, act: 'retention.applied', changed: [] }),
  ).toBe('retention took away what had ended long enough');
});
