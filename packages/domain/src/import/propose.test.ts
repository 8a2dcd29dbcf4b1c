import { describe, expect, test } from 'vitest';
import { registry } from '../kinds/all.ts';
import { findHeaderRow, uniqueHeaders } from './headers.ts';
import { shippedProfiles } from './profiles/all.ts';
import { proposeMapping, recogniseProfile } from './propose.ts';

const columns = (table: Record<string, string[]>) =>
  Object.entries(table).map(([header, cells]) => ({ header, cells }));
const propose = (kind: string, table: Record<string, string[]>) =>
  proposeMapping(registry.get(kind), columns(table), { source: 'test', year: 2026 });
const targets = (kind: string, table: Record<string, string[]>) =>
  propose(kind, table).columns.map((column) => [column.rule.target, column.confidence]);

describe('headings', () => {
  test('a title and empty rows above the table are passed over', () => {
    const rows = [
      ['Inventory 2024', '', ''],
      ['', '', ''],
      ['Name', 'Unit', 'Stage'],
      ['A', 'B', 'C'],
    ];
    expect(findHeaderRow(rows)).toBe(2);
    expect(findHeaderRow([['Name'], ['A']])).toBe(0);
    expect(findHeaderRow([])).toBe(0);
  });
  test('a repeated heading is named by the column before it, an empty one by its place', () => {
    const names = uniqueHeaders([
      'Tool? ',
      'If Other, please explain.',
      'Data?',
      'If Other, please explain.',
      '',
      'Data? ',
    ]);
    expect(names).toEqual([
      'Tool?',
      'If Other, please explain. (Tool?)',
      'Data? (Tool?)',
      'If Other, please explain. (Tool?) 2',
      'Column 5',
      'Data? (Tool?) 2',
    ]);
    expect(uniqueHeaders(['A', 'Other', 'B', 'Other'])).toEqual(['A', 'Other (A)', 'B', 'Other (B)']);
  });
});

describe('proposals', () => {
  test('of two headings alike the first takes the place, and neither is sure', () => {
    const [title = '', ...causes] = uniqueHeaders(['Risk name', 'Cause', 'Cause']);
    const table = { [title]: ['Drift'], [causes[0] ?? '']: ['Old data'], [causes[1] ?? '']: ['Haste'] };
    const [, first, second] = targets('risk', table);
    expect(first).toEqual(['cause', 'likely']);
    expect(second?.[0]).not.toBe('cause');
    expect(second?.[1]).not.toBe('sure');
    expect(targets('risk', { [title]: ['Drift'], 'Cause (early)': ['Old data'] })[1]?.[1]).not.toBe('sure');
  });
  test('headings are known by label, other names and machine spelling', () => {
    const found = targets('use-case', {
      '2_use_case_name': ['Triage', 'Search'],
      'Stage of Development ': ['Operation and Maintenance', 'Retired'],
      Department: ['Claims', 'Health'],
      'Date Implemented': ['7/1/2023', '2024-01'],
    });
    expect(found).toEqual([
      ['name', 'sure'],
      ['state', 'sure'],
      ['unit', 'sure'],
      ['liveSince', 'sure'],
    ]);
  });
  test('values that do not fit make a known heading doubtful', () => {
    const [column] = propose('use-case', { 'Date Implemented': ['soon', 'later', 'someday'] }).columns;
    expect(column).toMatchObject({ confidence: 'unsure', why: expect.stringContaining('0 %') });
  });
  test('a place claimed twice goes to the better column, and the other says so', () => {
    const proposal = propose('use-case', {
      'Date Implemented': ['7/1/2023'],
      'Go-live': ['unknown to us', 'later'],
    });
    expect(proposal.columns.map((column) => column.rule.target)).toEqual(['liveSince', null]);
    expect(proposal.columns[1]?.why).toBe('Another column fits its place better.');
  });
  test('an empty column and an unknown heading are not used', () => {
    expect(targets('use-case', { Name: [], 'Favourite colour': ['red'] })).toEqual([
      [null, 'unused'],
      [null, 'unused'],
    ]);
  });
  test('the class of another scheme stays in that scheme', () => {
    expect(targets('use-case', { 'Risk class': ['high'] })).toEqual([['external:Risk class', 'sure']]);
  });
  test('every kind is proposed its own headings back', () => {
    for (const kind of registry.kinds) {
      const own = Object.fromEntries(
        Object.entries(kind.fields)
          .filter(([, field]) => field.type === 'line' || field.type === 'text')
          .map(([, field]) => [field.label, ['some words']]),
      );
      const unplaced = propose(kind.name, own).columns.filter((column) => column.rule.target === null);
      expect(unplaced, kind.name).toEqual([]);
    }
  });
});

describe('the shipped profiles', () => {
  test.each(shippedProfiles)('$id names only what its kind has, each place once', (profile) => {
    const kind = registry.get(profile.kind);
    const found = Object.values(profile.columns).flatMap((column) => column.target ?? []);
    expect(new Set(found).size).toBe(found.length);
    for (const target of found)
      expect(target === 'state' || target.startsWith('external:') || target in kind.fields, target).toBe(
        true,
      );
    for (const column of Object.values(profile.columns)) {
      const field = column.target === null ? undefined : kind.fields[column.target];
      const ids = field && 'options' in field ? field.options.map((option) => option.id) : undefined;
      for (const id of Object.values(column.values ?? {})) if (ids && id !== '') expect(ids).toContain(id);
      if (column.target === 'state') {
        for (const id of Object.values(column.values ?? {}))
          expect(kind.lifecycle.states).toHaveProperty([id]);
        for (const id of Object.values(column.formedValues ?? {}))
          expect(registry.get('system').lifecycle.states).toHaveProperty([id]);
      }
    }
    const headers = Object.keys(profile.columns);
    for (const header of [...profile.identity, ...profile.tellApart]) expect(headers).toContain(header);
    expect(recogniseProfile(shippedProfiles, profile.kind, headers)?.id).toBe(profile.id);
    expect(recogniseProfile(shippedProfiles, profile.kind, headers.slice(0, 20))).toBeUndefined();
  });
});
