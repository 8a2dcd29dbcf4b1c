import { inclusionRanges } from '@throughline/tlog/inclusion.ts';
import { expect, test } from 'vitest';
import { askOfHeld, noteOf } from './held.ts';
import { pathSides } from './inclusion-path.ts';
import { faultAt } from './log-columns.tsx';
import { entryParameter, filtersOf } from './use-log.ts';

test('a checkpoint that was copied is the note that it was', () => {
  const note = 'origin\n12\nroot\n\n— origin signature\n';
  for (const pasted of [note, `\r\n${note.replaceAll('\n', '\r\n')}`, `  ${note}\n\n`, note.trim()])
    expect(noteOf(pasted)).toBe(note);
});

test('a checkpoint is held against every key that the log had', () => {
  const keys = ['new', 'old'].map((vkey) => ({ vkey, id: vkey, from: '', until: null, replacedLost: false }));
  expect(askOfHeld({ keys }, 'harbour', 'held', 'newest\n')).toEqual({
    type: 'goes-on',
    held: 'held\n',
    newest: 'newest\n',
    keys: ['new', 'old'],
    log: '/log/harbour',
  });
});

test('each hash of a path stands left where it is of earlier entries, right where of later ones', () => {
  expect(pathSides(0, 8)).toEqual(['right', 'right', 'right']);
  expect(pathSides(7, 8)).toEqual(['left', 'left', 'left']);
  expect(pathSides(4, 5)).toEqual(['left']);
  expect(pathSides(0, 1)).toEqual([]);
  for (const index of [0, 41, 299])
    expect(pathSides(index, 300)).toHaveLength(inclusionRanges(index, { start: 0, end: 300 }).length);
});

test('an address names an entry by its place, and by its id while it waits for one', () => {
  expect(entryParameter({ index: 0, id: 'id' })).toBe('0');
  expect(entryParameter({ index: null, id: 'id' })).toBe('id');
});

test('the open entry is no filter of the log', () => {
  expect(filtersOf({ entry: '12', act: 'record.created', kind: '' })).toEqual({ act: 'record.created' });
});

test('an entry finds the fault that concerns it', () => {
  const at = (start: number, end: number) => ({
    fault: 'entry-differs' as const,
    entries: { start, end },
    record: null,
    ref: null,
    version: null,
    path: null,
    table: null,
    column: null,
    row: null,
    expected: null,
    found: null,
    known: null,
    message: 'is not the entry that the tree vouches for',
  });
  const faults = [at(3, 5), at(9, 10)];
  expect([2, 3, 4, 5, 9].map((index) => faultAt(faults, index))).toEqual([
    undefined,
    faults[0],
    faults[0],
    undefined,
    faults[1],
  ]);
  expect(faultAt(faults, null)).toBeUndefined();
});
