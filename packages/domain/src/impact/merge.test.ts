import { describe, expect, test } from 'vitest';
import type { Json } from '../json.ts';
import { mergedEdit, type SheetEdit } from './merge.ts';

const at = (fields: Record<string, Json>) => ({ fields, links: {} });
const row = (number: number, cells: Record<string, Json> = {}) => ({
  number,
  dimension: 'fairness',
  effect: `Effect number ${number}`,
  ...cells,
});
const base = at({ context: 'As it was', misuse: 'None seen', effects: [row(1), row(2), row(7)] });
const edit = (
  fields: Record<string, unknown>,
  set: SheetEdit['effects']['set'] = [],
  remove: readonly number[] = [],
): SheetEdit => ({ fields, effects: { set, remove } });
const label = (field: string) => field.charAt(0).toUpperCase() + field.slice(1);
const merged = (now: Record<string, Json>, sent: SheetEdit) =>
  mergedEdit(base, at({ ...base.fields, ...now }), sent, label);
const places = (now: Record<string, Json>, sent: SheetEdit) => merged(now, sent).clashes.map((one) => one.at);

describe('fields', () => {
  test('of two people who write different ones, both stay', () => {
    expect(merged({ misuse: 'Theirs' }, edit({ context: 'Mine' }))).toEqual({
      fields: { context: 'Mine' },
      clashes: [],
    });
  });
  test('written by both, otherwise, are named; nothing is chosen for them', () => {
    const found = merged({ context: 'Theirs' }, edit({ context: 'Mine' }));
    expect(found.clashes).toEqual([
      {
        at: 'fields.context',
        message:
          'Context: somebody else wrote something else here in between. Both texts are kept; choose one.',
      },
    ]);
  });
  test('written alike, or only by oneself, clash with nothing', () => {
    expect(places({ context: 'Same' }, edit({ context: 'Same' }))).toEqual([]);
    expect(places({}, edit({ context: 'Mine' }))).toEqual([]);
  });
  test('emptied by one and written by the other clash; missing and empty are the same', () => {
    expect(places({ context: 'Theirs' }, edit({ context: null }))).toEqual(['fields.context']);
    expect(mergedEdit(at({}), at({}), edit({ context: '' }), label).clashes).toEqual([]);
  });
  test('an edit without effects leaves the effects alone', () => {
    expect(merged({}, edit({ context: 'Mine' })).fields).not.toHaveProperty('effects');
  });
});

describe('effects', () => {
  test('of two people who write different rows, both stay, in their order', () => {
    const theirs = [row(1), row(2, { severity: 'severe' }), row(7)];
    const found = merged({ effects: theirs }, edit({}, [{ number: 7, severity: 'minor' }]));
    expect(found).toEqual({
      fields: { effects: [row(1), row(2, { severity: 'severe' }), row(7, { severity: 'minor' })] },
      clashes: [],
    });
  });
  test('of two people who write different cells of one row, both stay', () => {
    const theirs = [row(1, { severity: 'severe' }), row(2), row(7)];
    const found = merged({ effects: theirs }, edit({}, [{ number: 1, likelihood: 'rare' }]));
    expect(found.clashes).toEqual([]);
    expect(found.fields.effects).toContainEqual(row(1, { severity: 'severe', likelihood: 'rare' }));
  });
  test('the same cell written by both is named by its place and the effect', () => {
    const theirs = [row(1, { severity: 'severe' }), row(2), row(7)];
    const found = merged({ effects: theirs }, edit({}, [{ number: 1, severity: 'minor' }]));
    expect(found.clashes).toEqual([
      {
        at: 'effects.1.severity',
        message:
          'Effect number 1: somebody else wrote something else here in between. Both texts are kept; choose one.',
      },
    ]);
    expect(places({ effects: theirs }, edit({}, [{ number: 1, severity: 'severe' }]))).toEqual([]);
  });
  test('two rows added at once get two numbers', () => {
    const theirs = [row(1), row(2), row(7), row(8)];
    expect(merged({ effects: theirs }, edit({}, [{ dimension: 'culture' }])).fields.effects).toEqual([
      ...theirs,
      { number: 9, dimension: 'culture' },
    ]);
  });
  test('a number that a row had is not given to another', () => {
    const found = merged({ effects: [row(1), row(2)] }, edit({}, [{ dimension: 'culture' }]));
    expect(found.fields.effects).toContainEqual({ number: 8, dimension: 'culture' });
    const unknown = merged({}, edit({}, [{ number: 3, dimension: 'culture' }]));
    expect(unknown.fields.effects).toContainEqual({ number: 8, dimension: 'culture' });
  });
  test('a cell is emptied by null, and the first row makes number 1', () => {
    const found = merged({}, edit({}, [{ number: 1, effect: null }]));
    expect(found.fields.effects).toContainEqual({ number: 1, dimension: 'fairness' });
    expect(mergedEdit(at({}), at({}), edit({}, [{ polarity: 'none' }]), label).fields.effects).toEqual([
      { number: 1, polarity: 'none' },
    ]);
  });
  test('a row taken away stays away, unless somebody wrote into it meanwhile', () => {
    expect(merged({}, edit({}, [], [2])).fields.effects).toEqual([row(1), row(7)]);
    const theirs = [row(1), row(2, { basis: 'A test' }), row(7)];
    expect(places({ effects: theirs }, edit({}, [], [2]))).toEqual(['effects.2']);
    expect(places({ effects: [row(1), row(7)] }, edit({}, [], [2]))).toEqual([]);
  });
  test('words for a row that somebody took away are not lost in silence', () => {
    const found = merged({ effects: [row(1), row(7)] }, edit({}, [{ number: 2, basis: 'A test' }]));
    expect(found.clashes.map((one) => one.at)).toEqual(['effects.2']);
  });
});
