import { proposalMatters } from '@throughline/domain/proposals.ts';
import { expect, test } from 'vitest';
import { isWaiting } from '../api/proposals.ts';
import { confirmerWords, proofLines, proposalTitle, rightsLines, rulesLines } from './proposal-words.ts';

const others = {
  ...{ version: '2027-01-10.1', inForce: '2026-11-20.1', file: 'f' },
  ...{ looked: 40, changed: 3, cases: ['TC45'], comparison: 'c' },
};

test('a proposal says what it would do, to whose account or until when', () => {
  const about = { member: 'm', name: 'Head of claims' };
  expect(
    proposalTitle({ matter: 'password-reset', about, group: null, lastDay: null, pair: [], rules: null }),
  ).toContain('Head of claims');
  expect(
    proposalTitle({ matter: 'factors-reset', about, group: null, lastDay: null, pair: [], rules: null }),
  ).toContain('Head of claims');
  expect(
    proposalTitle({
      matter: 'waiver',
      about: null,
      group: null,
      lastDay: '2026-12-31',
      pair: [],
      rules: null,
    }),
  ).toContain('2026');
  const titles = proposalMatters.map((matter) =>
    proposalTitle({
      matter,
      about,
      group: { id: 'g', name: 'Keepers' },
      lastDay: '2026-12-31',
      pair: [about, { member: 'n', name: 'Actuary' }],
      rules: others,
    }),
  );
  expect(new Set(titles).size).toBe(proposalMatters.length);
  for (const title of titles) expect(title).not.toMatch(/[{}]/);
  expect(titles.at(proposalMatters.indexOf('same-person-end'))).toContain('Head of claims and Actuary');
});

test('an answer that waits is told from one that took effect', () => {
  expect(isWaiting({ waits: 'p' })).toBe(true);
  expect(isWaiting({ grants: [] })).toBe(false);
  expect(isWaiting(undefined)).toBe(false);
});

const nothing = { gains: [], loses: [], joins: [], leaves: [], access: null, ended: false } as const;

test('what changes about who administers is said line by line, and nothing where nothing does', () => {
  expect(rightsLines(null)).toEqual([]);
  expect(rightsLines(nothing)).toEqual([]);
  const member = { gains: ['admin'], loses: ['reader'], access: 'begins', until: '2026-12-31' } as const;
  const lines = rightsLines({ ...nothing, ...member });
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/Administrator/i);
  expect(lines[3]).toContain('2026');
  expect(rightsLines({ ...nothing, until: null })).toEqual(['Has access without an end.']);
  expect(rightsLines({ ...nothing, access: 'ends' })).toEqual(['Ends access.']);
});

test('what less would be demanded is said beside what stood, and only what differs', () => {
  expect(proofLines(null)).toEqual([]);
  const everyone = { minutes: 15, everyone: true };
  expect(proofLines({ stepUp: { from: everyone, to: { minutes: 60, everyone: true } } })).toEqual([
    'A proof lasts 60 minutes instead of 15.',
  ]);
  expect(proofLines({ stepUp: { from: everyone, to: { minutes: 15, everyone: false } } })).toEqual([
    'Whoever has no second factor is asked for no proof.',
  ]);
  const from = { of: 'everyone', days: 3 } as const;
  expect(proofLines({ secondFactor: { from, to: { of: 'nobody', days: 14 } } })).toEqual([
    'A second factor is demanded of nobody, instead of everyone.',
  ]);
  expect(proofLines({ secondFactor: { from, to: { of: 'deciders', days: 14 } } })).toHaveLength(2);
});

test('of a group the people who come and go are named, and an end says everything at once', () => {
  const people = {
    joins: [
      { member: 'a', name: 'Actuary' },
      { member: 'b', name: 'Data steward' },
    ],
  };
  expect(rightsLines({ ...nothing, ...people })).toEqual(['Into the group: Actuary, Data steward.']);
  expect(rightsLines({ ...nothing, leaves: people.joins, loses: ['admin'], ended: true })).toEqual([
    'Ends the group.',
  ]);
});

test('a group that has ended is still spoken of', () => {
  const title = proposalTitle({
    matter: 'administrator-group',
    about: null,
    group: { id: 'g', name: '' },
    lastDay: null,
    pair: [],
    rules: null,
  });
  expect(title).not.toContain('  ');
  expect(title).toContain('ended');
});

test('who could confirm is named, one or several; where nobody could, it says what to do', () => {
  const one = { member: 'a', name: 'Head of claims' };
  expect(confirmerWords([one])).toBe('It takes effect once Head of claims confirms it.');
  expect(confirmerWords([one, { member: 'b', name: 'Actuary' }])).toContain('Head of claims, Actuary');
  expect(confirmerWords([])).toContain('Withdraw it');
});

test('other rules say what they stand instead of, what changes by them, and which cases expect something else', () => {
  expect(rulesLines(null)).toEqual([]);
  expect(rulesLines(others)).toEqual([
    'Instead of 2026-11-20.1, which was in force when this was proposed.',
    'It stays in force, whatever later releases bring.',
    '3 of 40 stored results change.',
    'Test cases that expect something else: TC45.',
  ]);
  const followed = { ...others, inForce: others.version, file: null, changed: 0, cases: [] };
  expect(rulesLines(followed)).toEqual([
    'Each release then brings its own rules, without anybody adopting them.',
    'No stored result changes, of 40 that were looked at.',
  ]);
});
