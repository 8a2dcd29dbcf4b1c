import { proposalMatters } from '@throughline/domain/proposals.ts';
import { expect, test } from 'vitest';
import { isWaiting } from '../../api/proposals.ts';
import { proposalTitle } from './proposal-words.ts';

test('a proposal says what it would do, to whose account or until when', () => {
  const about = { member: 'm', name: 'Head of claims' };
  expect(proposalTitle({ matter: 'password-reset', about, lastDay: null })).toContain('Head of claims');
  expect(proposalTitle({ matter: 'factors-reset', about, lastDay: null })).toContain('Head of claims');
  expect(proposalTitle({ matter: 'waiver', about: null, lastDay: '2026-12-31' })).toContain('2026');
  const titles = proposalMatters.map((matter) => proposalTitle({ matter, about, lastDay: '2026-12-31' }));
  expect(new Set(titles).size).toBe(proposalMatters.length);
  for (const title of titles) expect(title).not.toMatch(/[{}]/);
});

test('an answer that waits is told from one that took effect', () => {
  expect(isWaiting({ waits: 'p' })).toBe(true);
  expect(isWaiting({ grants: [] })).toBe(false);
  expect(isWaiting(undefined)).toBe(false);
});
