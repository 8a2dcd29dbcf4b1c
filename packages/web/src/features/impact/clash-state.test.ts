import type { RevisionWire } from '@throughline/domain/wire-around.ts';
import { describe, expect, test } from 'vitest';
import {
  chosen,
  clashesSince,
  dimensionOf,
  meeting,
  openClashes,
  type Written,
  withheld,
  writerOf,
} from './clash-state.ts';
import {
  afterSave,
  editOf,
  type Fields,
  removed,
  rowsIn,
  sizeOf,
  type Work,
  workOn,
  wrote,
  wroteCell,
} from './impact-state.ts';

const saved: Fields = {
  context: 'As it was',
  misuse: 'None seen',
  effects: [
    { number: 1, dimension: 'fairness', effect: 'Waits longer' },
    { number: 4, dimension: 'culture', polarity: 'none' },
  ],
};
const start = workOn(saved);
const on = (work: Work): Written => ({ before: saved, work, clashes: [] });
const theirs: Fields = { ...saved, misuse: 'Theirs' };

describe('two people write one place', () => {
  const mine = wrote(wrote(start, 'misuse', 'Mine'), 'context', 'Mine too');
  const met = meeting(on(mine), theirs);

  test('both texts are kept, and what was written elsewhere is still sent', () => {
    expect(met.clashes).toEqual([{ at: 'fields.misuse', theirs: 'Theirs', mine: 'Mine' }]);
    expect(met.work.fields).toMatchObject({ misuse: 'Mine', context: 'Mine too' });
    expect(withheld(editOf(theirs, met.work), met.clashes).fields).toEqual({ context: 'Mine too' });
  });
  test('saving the rest leaves the choice open, with both texts', () => {
    const edit = withheld(editOf(theirs, met.work), met.clashes);
    const kept = { ...theirs, context: 'Mine too' };
    const work = afterSave({ before: theirs, work: met.work, edit }, kept, met.work);
    expect(openClashes(met.clashes, kept, work)).toEqual(met.clashes);
    expect(sizeOf(withheld(editOf(kept, work), met.clashes))).toBe(0);
  });
  test('taking theirs, keeping mine', () => {
    const written = { before: theirs, ...met };
    const taken = chosen(written, 'fields.misuse', false);
    expect([taken.clashes, taken.work.fields.misuse]).toEqual([[], 'Theirs']);
    expect(taken.work.fields.context).toBe('Mine too');
    const stays = chosen(written, 'fields.misuse', true);
    expect(editOf(theirs, stays.work).fields).toEqual({ misuse: 'Mine', context: 'Mine too' });
  });
  test('writing the same words ends it, and so does a third save that brings them', () => {
    expect(openClashes(met.clashes, theirs, wrote(met.work, 'misuse', 'Theirs'))).toEqual([]);
    expect(meeting({ before: theirs, ...met }, { ...theirs, misuse: 'Mine' }).clashes).toEqual([]);
  });
  test('a choice that is open stays open while others go on saving, with what they say now', () => {
    const third = { ...theirs, misuse: 'Theirs, again', context: 'Theirs here too' };
    expect(meeting({ before: theirs, ...met }, third).clashes).toEqual([
      { at: 'fields.misuse', theirs: 'Theirs, again', mine: 'Mine' },
      { at: 'fields.context', theirs: 'Theirs here too', mine: 'Mine too' },
    ]);
    expect(meeting({ before: theirs, ...met }, { ...theirs, benefits: 'New' }).clashes).toEqual(met.clashes);
  });
});

describe('effects', () => {
  const other = (rows: Fields['effects']): Fields => ({ ...saved, effects: rows ?? [] });
  const [first = {}, second = {}] = rowsIn(saved);

  test('one cell clashes, and the other cells of the row are sent', () => {
    const mine = wroteCell(wroteCell(start, 1, 'effect', 'Mine'), 1, 'basis', 'A test');
    const now = other([{ ...first, effect: 'Theirs' }, second]);
    const { work, clashes } = meeting(on(mine), now);
    expect(clashes).toEqual([{ at: 'effects.1.effect', theirs: 'Theirs', mine: 'Mine' }]);
    const edit = withheld(editOf(now, work), clashes);
    expect(edit.effects).toEqual({ set: [{ number: 1, basis: 'A test' }], remove: [] });
    const kept = other([{ ...first, effect: 'Theirs', basis: 'A test' }, second]);
    const after = afterSave({ before: now, work, edit }, kept, work);
    expect(openClashes(clashes, kept, after)).toEqual(clashes);
  });
  test('a row taken away there and written into here waits, is not sent, and comes back as a new one', () => {
    const now = other([first]);
    const met = meeting(on(wroteCell(start, 4, 'reason', 'Mine')), now);
    expect(met.clashes).toEqual([
      {
        at: 'effects.4',
        theirs: null,
        mine: { number: 4, dimension: 'culture', polarity: 'none', reason: 'Mine' },
      },
    ]);
    expect(sizeOf(editOf(now, met.work))).toBe(0);
    const [clash] = met.clashes;
    expect(clash && dimensionOf(clash, met.work.rows)).toBe('culture');
    const back = chosen({ before: now, ...met }, 'effects.4', true);
    expect(back.work.rows.at(-1)).toEqual({
      number: -1,
      dimension: 'culture',
      polarity: 'none',
      reason: 'Mine',
    });
    expect(chosen({ before: now, ...met }, 'effects.4', false).work.rows).toHaveLength(1);
    expect(meeting({ before: now, ...met }, { ...now, context: 'New' }).clashes).toEqual(met.clashes);
  });
  test('a row taken away here and written into there is not taken away before it is chosen', () => {
    const now = other([first, { ...second, reason: 'Theirs' }]);
    const met = meeting(on(removed(start, 4)), now);
    expect(met.clashes).toEqual([{ at: 'effects.4', theirs: { ...second, reason: 'Theirs' }, mine: null }]);
    expect(withheld(editOf(now, met.work), met.clashes).effects.remove).toEqual([]);
    expect(chosen({ before: now, ...met }, 'effects.4', false).work.rows).toHaveLength(2);
    expect(editOf(now, chosen({ before: now, ...met }, 'effects.4', true).work).effects.remove).toEqual([4]);
  });
});

test('what was typed while a save was under way does not pass over what the save was put together with', () => {
  const first = wrote(start, 'context', 'Sent');
  const sent = { before: saved, work: first, edit: editOf(saved, first) };
  const typed = wrote(wrote(first, 'misuse', 'Typed since'), 'context', 'Sent, and more');
  const kept = { ...saved, context: 'Sent', misuse: 'Theirs' };
  expect(clashesSince(sent, kept, afterSave(sent, kept, typed))).toEqual([
    { at: 'fields.misuse', theirs: 'Theirs', mine: 'Typed since' },
  ]);
});

test('the name is that of whoever changed the place last, since writing began', () => {
  const revision = (version: number, byName: string, fields: Fields): RevisionWire => ({
    ...{ version, act: 'edited', state: 'under-way', by: { type: 'person', id: byName }, byName },
    ...{ at: '2026-01-01T00:00:00Z', because: null, changed: [], material: false, digest: '', entry: null },
    fields,
  });
  const history = [
    revision(4, 'Cleo', { context: 'b', misuse: 'y' }),
    revision(3, 'Ben', { context: 'b', misuse: 'x' }),
    revision(2, 'Ann', { context: 'a', misuse: 'x' }),
  ];
  expect(writerOf(history, 2, 'fields.context')?.byName).toBe('Ben');
  expect(writerOf(history, 2, 'fields.misuse')?.byName).toBe('Cleo');
  expect(writerOf(history, 3, 'fields.context')).toBeUndefined();
});
