import { describe, expect, test } from 'vitest';
import { leavesTo, sha256, text } from '../test/kit.ts';
import { encodeBundle } from './bundle.ts';
import { concat } from './bytes.ts';
import { TlogError } from './errors.ts';
import { collectFaults, describeFault, type LogFault, logFaultCodes } from './log-fault.ts';
import { asTlogError, entriesOf, readBundle, readTile } from './log-reader.ts';

/** A verification over these files, which also says what was asked for. */
function over(files: Readonly<Record<string, Uint8Array>>) {
  const faults = collectFaults(10);
  const asked: string[] = [];
  const read = async (path: string) => {
    asked.push(path);
    return files[path] ?? null;
  };
  return { verification: { sha256, reader: { read }, faults }, faults, asked };
}

describe('entries below a tile', () => {
  test.each([
    [{ level: 0, index: 0, width: 256 }, 0, 256],
    [{ level: 0, index: 2, width: 88 }, 512, 600],
    [{ level: 1, index: 0, width: 2 }, 0, 512],
    [{ level: 1, index: 1, width: 17 }, 65_536, 69_888],
    [{ level: 2, index: 0, width: 1 }, 0, 65_536],
  ])('%o', (tile, start, end) => {
    expect(entriesOf(tile)).toEqual({ start, end });
    expect(entriesOf(tile, 0, 1)).toEqual({ start, end: start + 256 ** tile.level });
  });
});

describe('reading', () => {
  const partial = { level: 0, index: 0, width: 3 };
  const full = concat(leavesTo(256));

  test('a tile is asked for by its own path, and then no other', async () => {
    const { verification, asked } = over({ 'tile/0/000.p/3': full.slice(0, 96) });
    expect(await readTile(verification, partial)).toEqual(full.slice(0, 96));
    expect(asked).toEqual(['tile/0/000.p/3']);
  });

  test('a partial one that is gone is the beginning of the full one', async () => {
    const { verification, faults, asked } = over({ 'tile/0/000': full });
    expect(await readTile(verification, partial)).toEqual(full.slice(0, 96));
    expect(asked).toEqual(['tile/0/000.p/3', 'tile/0/000']);
    expect(faults.count()).toBe(0);
  });

  test('for a full one there is nothing else to ask for', async () => {
    const { verification, faults, asked } = over({});
    expect(await readTile(verification, { level: 0, index: 0, width: 256 })).toBeNull();
    expect(asked).toEqual(['tile/0/000']);
    expect(faults.list).toEqual([
      {
        code: 'missing',
        path: 'tile/0/000',
        entries: { start: 0, end: 256 },
        expected: '256 hashes',
        found: 'nothing',
      },
    ]);
  });

  test('a full one that is too short does not stand in for a partial one', async () => {
    const { verification, faults } = over({ 'tile/0/000': full.slice(0, 95) });
    expect(await readTile(verification, partial)).toBeNull();
    expect(faults.list[0]).toMatchObject({ code: 'malformed', found: '95 bytes' });
  });

  test('a bundle likewise, with as many entries as were asked for', async () => {
    const entries = Array.from({ length: 256 }, (_, at) => text(`${at}`));
    const some = over({ 'tile/entries/000': encodeBundle(entries) });
    expect(await readBundle(some.verification, partial)).toEqual(entries.slice(0, 3));
    const own = over({ 'tile/entries/000.p/3': encodeBundle(entries.slice(0, 3)) });
    expect(await readBundle(own.verification, partial)).toEqual(entries.slice(0, 3));
    const none = over({ 'tile/entries/000': encodeBundle(entries.slice(0, 9)) });
    expect(await readBundle(none.verification, partial)).toBeNull();
    expect(none.faults.list[0]).toMatchObject({ code: 'malformed', path: 'tile/entries/000.p/3' });
    const gone = over({});
    expect(await readBundle(gone.verification, partial)).toBeNull();
    expect(gone.faults.list[0]).toMatchObject({ code: 'missing', expected: '3 entries' });
  });

  test('a failure that is not the log’s goes through', async () => {
    const failing = {
      ...over({}).verification,
      reader: { read: () => Promise.reject(new Error('no disk')) },
    };
    await expect(readTile(failing, partial)).rejects.toThrow('no disk');
    await expect(readBundle(failing, partial)).rejects.toThrow('no disk');
    expect(() => asTlogError(new RangeError('elsewhere'))).toThrow(RangeError);
    expect(asTlogError(new TlogError('tile', 'here', 'is short')).message).toBe('here: is short');
  });
});

describe('faults', () => {
  const fault: LogFault = {
    code: 'tile-differs',
    path: 'tile/0/000',
    entries: { start: 3, end: 5 },
    expected: 'aa',
    found: 'bb',
  };

  test('are kept up to a number and counted beyond it', () => {
    const faults = collectFaults(2);
    for (let n = 0; n < 5; n += 1) faults.add({ ...fault, expected: `${n}` });
    expect(faults.list.map(({ expected }) => expected)).toEqual(['0', '1']);
    expect(faults.count()).toBe(5);
    expect(faults.hopeless()).toBe(false);
  });

  test('beyond ten thousand there is no more to learn', () => {
    const faults = collectFaults(0);
    for (let n = 0; n < 10_000; n += 1) faults.add(fault);
    expect([faults.hopeless(), faults.list]).toEqual([true, []]);
  });

  test('read as one line that says what, where, expected and found', () => {
    expect(describeFault(fault)).toBe('tile-differs: tile/0/000, entries 3 to 4: expected aa, found bb');
    expect(describeFault({ ...fault, entries: { start: 3, end: 4 } })).toContain(', entry 3: ');
    expect(describeFault({ ...fault, code: 'unsigned', path: 'checkpoint', entries: null })).toBe(
      'unsigned: checkpoint: expected aa, found bb',
    );
  });

  test('are a closed set', () => {
    expect(new Set(logFaultCodes).size).toBe(logFaultCodes.length);
    expect(logFaultCodes).toContain('forked');
  });
});
