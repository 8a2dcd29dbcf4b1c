import { describe, expect, test } from 'vitest';
import { erasureReasons } from './erasure.ts';
import { registry } from './kinds/all.ts';
import { holdOn, keptUntil, liftsHold, noLift, removalObstacle } from './removal.ts';

const kept = { until: 'keepUntil', hold: 'legalHold' };
const content = (fields: Record<string, string>) => ({ fields });
const today = '2026-06-15';
const obstacle = (fields: Record<string, string>, reason: (typeof erasureReasons)[number] = 'retention') =>
  removalObstacle(kept, content(fields), reason, today);

describe('what is kept for a time', () => {
  test('goes once that time is over, its last day included', () => {
    expect(obstacle({ keepUntil: '2026-06-14' })).toBeUndefined();
    expect(obstacle({ keepUntil: '2026-05' })).toBeUndefined();
    expect(obstacle({ keepUntil: '2026-06-15' })).toBe('It is kept until 15 Jun 2026.');
    expect(obstacle({ keepUntil: '2026-06' })).toBe('It is kept until Jun 2026.');
    expect(obstacle({ keepUntil: '2026' })).toBe('It is kept until 2026.');
  });

  test('does not go for that reason where it says no time', () => {
    expect(obstacle({})).toMatch(/^Nothing says until when/);
  });

  test('goes for another reason whatever its time says', () => {
    for (const reason of erasureReasons.filter((one) => one !== 'retention'))
      expect(obstacle({ keepUntil: '2030-01-01' }, reason)).toBeUndefined();
  });

  test('goes for no reason at all while it is held back', () => {
    for (const reason of erasureReasons)
      expect(obstacle({ keepUntil: '2020-01-01', legalHold: 'A claim is open' }, reason)).toMatch(
        /legal hold/,
      );
    expect(obstacle({ keepUntil: '2020-01-01', legalHold: '  ' })).toBeUndefined();
  });

  test('says its day and its hold', () => {
    expect(keptUntil(kept, content({ keepUntil: '2026-02' }))).toBe('2026-02-28');
    expect(keptUntil(kept, content({}))).toBeNull();
    expect(holdOn(kept, content({ legalHold: 'A claim' }))).toBe('A claim');
    expect(holdOn(kept, content({}))).toBeNull();
  });
});

test('a kind without such a time is held to none', () => {
  for (const reason of erasureReasons)
    expect(removalObstacle(undefined, content({}), reason, today)).toBeUndefined();
});

test('every kind that says until when it is kept may be held back, and the parts it names are of that sort', () => {
  const kinds = registry.kinds.filter(({ fields }) => 'keepUntil' in fields || 'keptUntil' in fields);
  expect(kinds.map(({ name }) => name).sort()).toEqual([
    'document',
    'evidence',
    'impact-assessment',
    'regulatory-file',
  ]);
  for (const { kept: of, fields, name } of kinds) {
    expect(fields[of?.until ?? '']?.type, name).toBe('day');
    expect(fields[of?.hold ?? '']?.type, name).toBe('text');
  }
});

test('evidence under a hold is not disposed of', () => {
  const dispose = registry.get('evidence').lifecycle.transitions.dispose;
  const held = { fields: { keepUntil: '2020-01-01', legalHold: 'A claim is open' }, links: {} };
  expect(dispose?.guard?.(held, `${today}T00:00:00Z`)).toMatch(/legal hold/);
});

describe('a hold that stands', () => {
  const held = content({ legalHold: 'A claim is open' });
  const lifts = (before: string | undefined, after: string | undefined) =>
    liftsHold(kept, content(before ? { legalHold: before } : {}), content(after ? { legalHold: after } : {}));

  test('is lifted by taking it away and by saying it otherwise, and by nothing else', () => {
    expect(liftsHold(kept, held, held)).toBe(false);
    expect(lifts('A claim is open', undefined)).toBe(true);
    expect(lifts('A claim is open', '  ')).toBe(true);
    expect(lifts('A claim is open', 'None')).toBe(true);
    expect(lifts(undefined, 'A claim is open')).toBe(false);
    expect(lifts('  ', undefined)).toBe(false);
  });

  test('is lifted by whoever keeps the settings by a right of their own, never by a token', () => {
    const one = { type: 'person', member: 'm1', roles: ['aims-manager'] } as const;
    expect(noLift(one)).toBeUndefined();
    expect(noLift({ ...one, roles: ['system-owner', 'contributor'] })).toMatch(/You may set one/);
    const place = { member: 'm2', roles: ['aims-manager'] } as const;
    expect(noLift({ ...one, roles: ['contributor'], standsFor: [place] })).toMatch(/right of your own/);
    expect(noLift({ type: 'token', token: 't1', roles: ['aims-manager'] })).toMatch(/A token lifts no/);
    expect(noLift({ type: 'rule', rule: 'operator' })).toBeUndefined();
  });
});
