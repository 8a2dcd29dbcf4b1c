import { authorityLevels } from '@throughline/catalogue/vocabulary.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { act, approved, record } from '../../test/trace/kit.ts';
import { rank } from '../authority.ts';
import { lawOutcomes } from '../kinds/vocabulary/law.ts';
import { atStake } from './at-stake.ts';
import type { TraceRecord } from './inputs.ts';

type Fields = TraceRecord['fields'];
const use = (id: string, state = 'in-use') => record('use-case', id, { state });
const given = (id: string, of: string, fields: Fields, changes: Partial<TraceRecord> = approved) =>
  record('classification', id, { state: 'open', ...changes, fields, links: { useCase: [of] } });
const tier = (id: string, of: string, level: string, changes?: Partial<TraceRecord>) =>
  given(id, of, { scheme: 'own-tier', tier: level }, changes);
const law = (id: string, of: string, outcomes: string[]) => given(id, of, { scheme: 'eu-ai-act', outcomes });
const risk = (id: string, level: string | null, state = 'identified') =>
  record('risk', id, { state, fields: level === null ? {} : { currentLevel: level } });

const unknown = (open: 'use' | 'class' | 'rating') => ({ level: 'severe', open });
const known = (level: string) => ({ level, open: null });

test('the worst class of the uses and the worst open risk are what is at stake, whichever is worse', () => {
  const own = [use('a'), use('b'), tier('c1', 'a', 'low'), tier('c2', 'b', 'moderate')];
  expect(atStake(own)).toEqual(known('moderate'));
  expect(atStake([...own, risk('r', 'high')])).toEqual(known('high'));
  expect(atStake([...own, risk('r', 'high', 'closed')])).toEqual(known('moderate'));
  expect(atStake([...own, risk('r', 'low')])).toEqual(known('moderate'));
  expect(atStake(own, 'a')).toEqual(known('low'));
  expect(atStake([...own, risk('r', 'severe')], 'a')).toEqual(known('severe'));
});

test('what nobody settled counts as the highest: no use, no class, an undetermined class, a risk without rating', () => {
  expect(atStake([])).toEqual(unknown('use'));
  expect(atStake([risk('r', 'low')])).toEqual(unknown('use'));
  expect(atStake([use('a')])).toEqual(unknown('class'));
  expect(atStake([use('a'), use('b'), tier('c', 'a', 'low')])).toEqual(unknown('class'));
  expect(atStake([use('a'), law('c', 'a', ['undetermined'])])).toEqual(unknown('class'));
  expect(atStake([use('a'), law('c', 'a', [])])).toEqual(unknown('class'));
  expect(atStake([use('a'), given('c', 'a', { scheme: 'own-tier' })])).toEqual(unknown('class'));
  expect(atStake([use('a'), tier('c', 'a', 'low'), law('d', 'a', ['undetermined'])])).toEqual(
    unknown('class'),
  );
  expect(atStake([use('a'), tier('c', 'a', 'low'), risk('r', null)])).toEqual(unknown('rating'));
  expect(atStake([use('a'), given('c', 'a', { scheme: 'other', otherOutcome: 'Class 2' })])).toEqual(
    unknown('class'),
  );
});

test('a class counts as it was signed off: a draft, an import and what was withdrawn say nothing', () => {
  const words = { approvals: [] };
  expect(atStake([use('a'), tier('c', 'a', 'low', words)])).toEqual(unknown('class'));
  expect(atStake([use('a'), tier('c', 'a', 'low', { ...words, state: 'final' })])).toEqual(unknown('class'));
  expect(atStake([use('a'), tier('c', 'a', 'low', { ...approved, state: 'withdrawn' })])).toEqual(
    unknown('class'),
  );
  const lost = { approvals: [act('approve'), act('withdraw')] };
  expect(atStake([use('a'), tier('c', 'a', 'low', lost)])).toEqual(unknown('class'));
  const working = {
    ...approved,
    inForce: { version: 1, fields: { scheme: 'own-tier', tier: 'high' }, links: { useCase: ['a'] } },
  };
  expect(atStake([use('a'), tier('c', 'a', 'low', working)])).toEqual(known('high'));
});

test('uses that ended or stand suspended, and what is archived, ask for nothing; a use asked for by itself does', () => {
  const own = [use('a'), tier('c', 'a', 'low'), { ...risk('r', 'severe'), archived: true }];
  for (const state of ['rejected', 'retired', 'suspended'])
    expect(atStake([...own, use('b', state)]), state).toEqual(known('low'));
  expect(atStake([...own, use('b', 'suspended')], 'b')).toEqual(unknown('class'));
});

test('every outcome in law stands for a level, and what is high in law is never below it', () => {
  for (const { id } of lawOutcomes) {
    const found = atStake([use('a'), law('c', 'a', [id])]);
    if (id === 'undetermined') expect(found).toEqual(unknown('class'));
    else expect(found.open, id).toBeNull();
    if (id.startsWith('high-risk-') || id.startsWith('prohibited'))
      expect(rank(found.level), id).toBeGreaterThanOrEqual(rank('high'));
  }
  expect(atStake([use('a'), tier('c', 'a', 'low'), law('d', 'a', ['prohibited', 'minimal'])])).toEqual(
    known('severe'),
  );
});

test('nothing that is added makes the level lower, and closing or settling nothing raises it', () => {
  const some = fc.constantFrom(...authorityLevels, 'none');
  const parts = fc.array(fc.record({ tier: some, risk: some }), { maxLength: 4 });
  const world = (all: readonly { tier: string; risk: string }[]) =>
    all.flatMap(({ tier: level, risk: rated }, n) => [
      use(`u${n}`),
      ...(level === 'none' ? [] : [tier(`c${n}`, `u${n}`, level)]),
      ...(rated === 'none' ? [] : [risk(`r${n}`, rated)]),
    ]);
  fc.assert(
    fc.property(parts, parts, (one, more) => {
      const [less, all] = [atStake(world(one)), atStake(world([...one, ...more]))];
      if (less.open !== 'use') expect(rank(all.level)).toBeGreaterThanOrEqual(rank(less.level));
      expect(authorityLevels).toContain(all.level);
      if (all.open !== null) expect(all.level).toBe('severe');
    }),
    { numRuns: 200 },
  );
});
