import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { describe, expect, test } from 'vitest';
import { readListQuery, readPresentQuery, writeCursor } from './read-list-query.ts';

const system = registry.get('system');
const model = registry.get('model');
const id = '01890000-0000-7000-8000-000000000001';
const me: Actor = { type: 'person', member: id, roles: ['reader'] };
const token: Actor = { type: 'token', token: id, roles: ['reader'] };
const read = (query: Readonly<Record<string, string>>, actor: Actor = me, kind = system) =>
  readListQuery(kind, query, actor);

/** The parameters that a query is refused by. */
function refused(query: Readonly<Record<string, string>>, kind = system): string[] {
  try {
    readListQuery(kind, query, me);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'unprocessable')
      return error.items.map((one) => one.at);
    throw error;
  }
  return [];
}

test('without parameters it is the whole register of now, in the order of refs, a hundred a page', () => {
  expect(read({})).toEqual({
    query: {
      kind: system,
      words: null,
      filters: [],
      sort: { by: 'ref', descending: false },
      limit: 100,
      cursor: null,
      archived: 'no',
      system: null,
      linked: null,
      mine: null,
      gap: null,
      index: null,
      changed: null,
    },
    asOf: null,
  });
});

describe('filters', () => {
  test.each([
    ['one value', { unit: 'Motor' }, { part: 'unit', operator: 'is', values: ['Motor'] }],
    ['alternatives', { unit: 'Motor,Marine' }, { part: 'unit', operator: 'is', values: ['Motor', 'Marine'] }],
    ['a comma in a value', { unit: '"A, B",C' }, { part: 'unit', operator: 'is', values: ['A, B', 'C'] }],
    ['not these', { 'unit.not': 'A,B' }, { part: 'unit', operator: 'not', values: ['A', 'B'] }],
    ['below too', { 'unit.within': 'A,B' }, { part: 'unit', operator: 'within', values: ['A', 'B'] }],
    ['a part of it', { 'unit.contains': 'a,b' }, { part: 'unit', operator: 'contains', values: ['a,b'] }],
    [
      'before a day',
      { 'liveSince.before': '2026' },
      { part: 'liveSince', operator: 'before', values: ['2026'] },
    ],
    [
      'after a day',
      { 'liveSince.after': '2026' },
      { part: 'liveSince', operator: 'after', values: ['2026'] },
    ],
    ['nothing there', { 'owner.empty': 'true' }, { part: 'owner', operator: 'empty', values: [] }],
    ['something there', { 'owner.empty': 'false' }, { part: 'owner', operator: 'filled', values: [] }],
    ['one’s own', { owner: 'me' }, { part: 'owner', operator: 'is', values: [id] }],
  ] as const)('%s', (_what, query, filter) => {
    expect(read(query).query.filters).toEqual([filter]);
  });

  test('a token has nothing of its own', () => {
    expect(read({ owner: 'me' }, token).query.filters).toEqual([
      { part: 'owner', operator: 'is', values: [''] },
    ]);
  });

  test('several filters stand together', () => {
    expect(read({ unit: 'Motor', state: 'retirement' }).query.filters.map(({ part }) => part)).toEqual([
      'unit',
      'state',
    ]);
  });
});

describe('order and place', () => {
  test.each([
    ['title', 'title', false],
    ['-title', 'title', true],
    ['-ref', 'ref', true],
    ['updated', 'updated', false],
    ['-gaps', 'gaps', true],
    ['unit,ref', 'unit', false],
    ['', 'ref', false],
  ])('sort=%s', (sort, by, descending) => {
    expect(read({ sort }).query.sort).toEqual({ by, descending });
  });

  test.each([
    ['a ref', { from: 'SYS-42' }, 42],
    ['a number', { from: '42' }, 42],
    ['a day', { sort: 'updated', from: '2026-01-31' }, '2026-01-31T00:00:00.000000Z'],
    ['a day, newest first', { sort: '-updated', from: '2026-01-31' }, '2026-01-31T23:59:59.999999Z'],
    ['the beginning of a title', { sort: 'title', from: 'M' }, 'm'],
    ['the beginning of a title, last first', { sort: '-title', from: 'M' }, 'm\uffff'],
  ])('from=%s begins there', (_what, query, key) => {
    expect(read(query).query.cursor?.key).toBe(key);
  });

  test.each([
    [{}, { key: 42, id }],
    [{ sort: 'title' }, { key: 'motor', id }],
    [{ sort: 'updated' }, { key: '2026-01-31T10:00:00.123456Z', id }],
    [{ sort: '-gaps' }, { key: 3, id }],
  ])('a cursor of the same order is taken back as it was given: %j', (query, cursor) => {
    expect(read({ ...query, cursor: writeCursor(cursor) }).query.cursor).toEqual(cursor);
  });

  test('a cursor goes before a place', () => {
    const cursor = { key: 7, id };
    expect(read({ from: 'SYS-1', cursor: writeCursor(cursor) }).query.cursor).toEqual(cursor);
  });
});

describe('what is refused, and by which parameter', () => {
  const packed = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  test.each<[string, Record<string, string>, string[]]>([
    ['an unknown part', { colour: 'red' }, ['colour']],
    ['an inherited name', { constructor: 'x' }, ['constructor']],
    ['a part that is not indexed', { purpose: 'x' }, ['purpose']],
    ['an unknown operator', { 'unit.like': 'x' }, ['unit.like']],
    ['a quotation that does not end', { unit: '"Motor' }, ['unit']],
    ['NUL', { unit: 'a\u0000' }, ['unit']],
    ['half a character', { q: 'a\ud800' }, ['q']],
    ['a value that is too long', { unit: 'x'.repeat(2001) }, ['unit']],
    ['an unknown order', { sort: 'colour' }, ['sort']],
    ['two orders', { sort: 'title,unit' }, ['sort']],
    ['three orders', { sort: 'title,ref,unit' }, ['sort']],
    ['a day that does not exist, before', { 'liveSince.before': '2026-02-30' }, ['liveSince.before']],
    ['a day that does not exist, after', { 'nextReview.after': '2026-99' }, ['nextReview.after']],
    ['no day at all', { liveSince: 'foo' }, ['liveSince']],
    ['an unknown state', { state: 'foo' }, ['state']],
    ['an unknown state among known ones', { 'state.not': 'operation,foo' }, ['state.not']],
    ['a person by name', { owner: 'Head of claims' }, ['owner']],
    ['emptiness perhaps', { 'unit.empty': 'maybe' }, ['unit.empty']],
    ['no rows', { limit: '0' }, ['limit']],
    ['more rows than a page has', { limit: '501' }, ['limit']],
    ['a part of a row', { limit: '1.5' }, ['limit']],
    ['rows in words', { limit: 'all' }, ['limit']],
    ['archived perhaps', { archived: 'perhaps' }, ['archived']],
    ['a moment without a zone', { asOf: '2026-01-01T00:00:00' }, ['asOf']],
    ['a day that is none', { asOf: '2026-02-30T00:00:00Z' }, ['asOf']],
    ['a ref that is none', { from: 'SYS-x' }, ['from']],
    ['a day that is none, as a place', { sort: 'updated', from: '2026-02-40' }, ['from']],
    ['a cursor that is no JSON', { cursor: 'xyz' }, ['cursor']],
    ['a cursor without an id', { cursor: packed([1]) }, ['cursor']],
    ['a cursor with more', { cursor: packed([1, id, 2]) }, ['cursor']],
    ['a cursor with another key', { cursor: packed([{ a: 1 }, id]) }, ['cursor']],
    ['a cursor of another order', { sort: 'title', cursor: packed([1, id]) }, ['cursor']],
    ['a cursor below nothing', { cursor: packed([-1, id]) }, ['cursor']],
    ['a cursor beyond every ref', { cursor: packed([2 ** 31, id]) }, ['cursor']],
    [
      'a cursor of a moment that is none',
      { sort: 'updated', cursor: packed(['2026-13-01T10:00:00.000000Z', id]) },
      ['cursor'],
    ],
    ['everything at once', { colour: 'x', limit: '0', archived: 'x' }, ['colour', 'limit', 'archived']],
  ])('%s', (_what, query, at) => {
    expect(refused(query)).toEqual(at);
  });

  test('a line is asked of systems alone', () => {
    expect(refused({ gap: 'ownership' }, model)).toEqual(['gap']);
    expect(refused({ gap: 'ownership' })).toEqual([]);
    expect([refused({ gap: 'any' }), refused({ gap: 'none' }), refused({ gap: 'foo' })]).toEqual([
      [],
      [],
      ['gap'],
    ]);
  });
});

describe('as of a time', () => {
  const asOf = '2026-01-31T10:00:00+01:00';

  test('is read in any zone', () => {
    expect(read({ asOf }).asOf?.toISOString()).toBe('2026-01-31T09:00:00.000Z');
  });

  test.each([
    [{ q: 'claims' }, ['q']],
    [{ gap: 'ownership' }, ['gap']],
    [{ sort: 'gaps' }, ['sort']],
    [{ unit: 'Motor', sort: 'title' }, []],
  ])('%j', (query, at) => {
    expect(refused({ ...query, asOf })).toEqual(at);
  });

  test('nothing is changed or drawn by a filter of a past time', () => {
    expect(() => readPresentQuery(system, { asOf }, me)).toThrow(/rows of now/);
    expect(readPresentQuery(system, { unit: 'Motor' }, me).filters).toHaveLength(1);
  });
});

test('what is mine is asked for by its name, for now, and is nothing for what owns nothing', () => {
  const query = (actor: Actor, value = 'true') => readListQuery(system, { mine: value }, actor).query.mine;
  const person = { type: 'person', member: 'm1', roles: [] } as const;
  expect(query(person)).toEqual([{ owner: 'm1' }, { systemsOwnedBy: 'm1' }, { assignee: 'm1' }]);
  expect(query({ ...person, standsFor: [{ member: 'm2', roles: [] }] })).toContainEqual({ owner: 'm2' });
  expect(query({ type: 'token', token: 't1', roles: ['reader'] })).toEqual([]);
  expect(() => query(person, 'yes')).toThrow();
  expect(() => readListQuery(system, { mine: 'true', asOf: '2026-01-01' }, person)).toThrow();
});
