import { describe, expect, test } from 'vitest';
import {
  added,
  afterSave,
  blanksIn,
  clashesOf,
  editOf,
  fillableOf,
  isAsked,
  onTop,
  removed,
  sizeOf,
  valueAt,
  without,
  workOn,
  wrote,
  wroteCell,
} from './impact-state.ts';

const saved = {
  context: 'As it was',
  misuse: 'None seen',
  toConfirm: ['misuse'],
  effects: [
    { number: 1, dimension: 'fairness', effect: 'Waits longer' },
    { number: 4, dimension: 'culture', polarity: 'none' },
  ],
};
const start = workOn(saved);

describe('what is sent', () => {
  test('is nothing where nothing was written', () => {
    expect(sizeOf(editOf(saved, start))).toBe(0);
  });
  test('is what was written alone: fields, cells of a row, new rows, rows taken away', () => {
    const work = removed(
      added(wroteCell(wrote(start, 'context', 'New'), 1, 'severity', 'minor'), { dimension: 'economy' }),
      4,
    );
    expect(editOf(saved, work)).toEqual({
      fields: { context: 'New' },
      effects: { set: [{ number: 1, severity: 'minor' }, { dimension: 'economy' }], remove: [4] },
    });
    expect(sizeOf(editOf(saved, work), ['misuse'])).toBe(5);
  });
  test('empties by null, and a value written back is no change', () => {
    expect(editOf(saved, wrote(start, 'misuse', null)).fields).toEqual({ misuse: null });
    expect(editOf(saved, wroteCell(start, 1, 'effect', '')).effects.set).toEqual([
      { number: 1, effect: null },
    ]);
    expect(sizeOf(editOf(saved, wrote(wrote(start, 'misuse', 'x'), 'misuse', 'None seen')))).toBe(0);
  });
});

describe('what somebody else saved meanwhile', () => {
  const theirs = {
    ...saved,
    misuse: 'Theirs',
    effects: [...saved.effects, { number: 5, dimension: 'economy', effect: 'Theirs' }],
  };
  test('shows, and what was written here stays on top', () => {
    const mine = added(wrote(start, 'context', 'Mine'), { dimension: 'economy', effect: 'Mine' });
    const work = onTop(theirs, editOf(saved, mine));
    expect(work.fields).toMatchObject({ context: 'Mine', misuse: 'Theirs' });
    expect(work.rows.map((row) => [row.number, row.effect])).toEqual([
      [1, 'Waits longer'],
      [4, undefined],
      [5, 'Theirs'],
      [-1, 'Mine'],
    ]);
    expect(clashesOf(saved, theirs, editOf(saved, mine))).toEqual([]);
  });
  test('clashes only where both wrote the same place otherwise', () => {
    const edit = editOf(saved, wrote(wroteCell(start, 1, 'severity', 'minor'), 'misuse', 'Mine'));
    expect(clashesOf(saved, theirs, edit)).toEqual(['fields.misuse']);
    const other = { ...saved, effects: [{ number: 1, dimension: 'fairness', severity: 'severe' }] };
    expect(clashesOf(saved, other, edit)).toEqual(['effects.1.severity']);
  });
  test('keeping theirs leaves the rest of what was written here', () => {
    const mine = wrote(wroteCell(start, 1, 'severity', 'minor'), 'misuse', 'Mine');
    const left = without(editOf(saved, wrote(mine, 'context', 'Mine too')), [
      'fields.misuse',
      'effects.1.severity',
    ]);
    expect(left).toEqual({ fields: { context: 'Mine too' }, effects: { set: [], remove: [] } });
    expect(onTop(theirs, left).fields).toMatchObject({ misuse: 'Theirs', context: 'Mine too' });
  });
  test('a row written here and taken away there comes back as a new one', () => {
    const edit = editOf(saved, wroteCell(start, 4, 'reason', 'Mine'));
    const work = onTop({ ...saved, effects: [saved.effects[0] ?? {}] }, edit);
    expect(work.rows.at(-1)).toMatchObject({ number: -1, reason: 'Mine' });
  });
  test('a field emptied here stays empty', () => {
    expect(onTop(theirs, editOf(saved, wrote(start, 'context', null))).fields).not.toHaveProperty('context');
  });
});

describe('once a save is back', () => {
  const sentOf = (work: typeof start) => ({ before: saved, work, edit: editOf(saved, work) });
  test('nothing is left to be sent where nothing was typed since', () => {
    const mine = added(wrote(start, 'context', 'Mine'), { dimension: 'economy' });
    const kept = {
      ...saved,
      context: 'Mine',
      effects: [...saved.effects, { number: 9, dimension: 'economy' }],
    };
    const work = afterSave(sentOf(mine), kept, mine);
    expect(sizeOf(editOf(kept, work), work.confirm)).toBe(0);
    expect(work.rows.at(-1)?.number).toBe(9);
  });
  test('what was typed into a new row meanwhile belongs to the number that it has now', () => {
    const mine = added(start, { dimension: 'economy' });
    const typed = wrote(wroteCell(mine, -1, 'effect', 'Cheaper'), 'misuse', 'Typed since');
    const theirs = { number: 9, dimension: 'culture', effect: 'Theirs' };
    const kept = { ...saved, effects: [...saved.effects, theirs, { number: 10, dimension: 'economy' }] };
    const work = afterSave(sentOf(mine), kept, typed);
    expect(editOf(kept, work)).toEqual({
      fields: { misuse: 'Typed since' },
      effects: { set: [{ number: 10, effect: 'Cheaper' }], remove: [] },
    });
    expect(work.rows.map((row) => row.number)).toEqual([1, 4, 9, 10]);
  });
  test('what was refused and not sent is still there, and what was emptied stays empty', () => {
    const mine = wrote(wrote(start, 'context', 'x'.repeat(9)), 'misuse', null);
    const edit = without(editOf(saved, mine), ['fields.context']);
    const { misuse: _, ...kept } = saved;
    const work = afterSave({ before: saved, work: mine, edit }, kept, mine);
    expect(editOf(kept, work).fields).toEqual({ context: 'x'.repeat(9) });
    expect(work.fields).not.toHaveProperty('misuse');
  });
  test('what somebody else saved in between shows', () => {
    const mine = wrote(start, 'context', 'Mine');
    const kept = { ...saved, context: 'Mine', benefits: 'Theirs' };
    expect(afterSave(sentOf(mine), kept, mine).fields).toMatchObject({ context: 'Mine', benefits: 'Theirs' });
  });
  test('what was confirmed meanwhile waits to be sent', () => {
    const mine = { ...start, confirm: ['context'] };
    const now = { ...start, confirm: ['context', 'misuse'] };
    expect(afterSave(sentOf(mine), saved, now).confirm).toEqual(['misuse']);
  });
});

test('new rows have numbers of their own until they are saved', () => {
  const two = added(added(start, { dimension: 'economy' }), { dimension: 'economy' });
  expect(two.rows.map((row) => row.number)).toEqual([1, 4, -1, -2]);
});

test('what stands at a place is found by its name', () => {
  expect(valueAt(saved, start.rows, 'fields.context')).toBe('As it was');
  expect(valueAt(saved, start.rows, 'effects.1.effect')).toBe('Waits longer');
  expect(valueAt(saved, start.rows, 'effects.9')).toBeNull();
});

test('blanks are counted part by part', () => {
  const at = (part: string) => ({ part, field: 'x', says: 'Blank.' });
  expect([...blanksIn([at('about'), at('culture'), at('about')])]).toEqual([
    ['about', 2],
    ['culture', 1],
  ]);
});

describe('a field is asked where another gives a reason to', () => {
  test.each<[string, Record<string, string>, number, boolean]>([
    ['togetherReason', {}, 1, false],
    ['togetherReason', {}, 2, true],
    ['changeEffectiveOn', {}, 1, false],
    ['changeEffectiveOn', { proposedChange: 'x' }, 1, true],
    ['ropaReason', { ropaReference: 'R-1' }, 1, false],
    ['ropaReason', {}, 1, true],
    ['dpiaReason', { dpia: 'done' }, 1, false],
    ['dpiaReason', { dpia: 'not-due' }, 1, true],
    ['dpiaReason', { dpia: 'done', dpiaReason: 'Kept from before' }, 1, true],
    ['safetyOwner', { safety: 'due' }, 1, true],
    ['safetyOwner', {}, 1, false],
    ['securityReference', { security: 'done' }, 1, true],
    ['friaOn', { fria: 'not-due' }, 1, false],
    ['friaPeriod', {}, 1, true],
    ['context', {}, 1, true],
  ])('%s with %j and %i uses: %s', (field, fields, uses, asked) => {
    expect(isAsked(field, fields, uses)).toBe(asked);
  });
});

test('what is known elsewhere is offered where nothing is written, and never over what is', () => {
  const known = [{ field: 'context' }, { field: 'benefits' }, { field: 'ropaReference' }];
  expect(fillableOf(known, saved)).toEqual([{ field: 'benefits' }, { field: 'ropaReference' }]);
  expect(fillableOf(known, { ...saved, benefits: 'Faster answers', ropaReference: 'R-1' })).toEqual([]);
  expect(fillableOf([], saved)).toEqual([]);
});
