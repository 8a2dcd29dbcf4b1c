import fc from 'fast-check';
import { expect, test } from 'vitest';
import { manyRefusals } from '../test/kit.ts';
import { TlogError } from './errors.ts';
import { bundlePath, formatPath, type LogPath, parsePath, tilePath } from './tile-path.ts';

manyRefusals();

test.each([
  [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
  [{ level: 0, index: 0, width: 1 }, 'tile/0/000.p/1'],
  [{ level: 1, index: 999, width: 255 }, 'tile/1/999.p/255'],
  [{ level: 2, index: 1_000, width: 256 }, 'tile/2/x001/000'],
  [{ level: 3, index: 1_234_067, width: 17 }, 'tile/3/x001/x234/067.p/17'],
  [{ level: 63, index: Number.MAX_SAFE_INTEGER, width: 256 }, 'tile/63/x009/x007/x199/x254/x740/991'],
])('the path of %o', (tile, path) => {
  expect(tilePath(tile)).toBe(path);
  expect(bundlePath(tile)).toBe(path.replace(/^tile\/[0-9]+/, 'tile/entries'));
  expect(parsePath(path)).toEqual({ kind: 'tile', ...tile });
});

test('every path is read as what it was written from', () => {
  const place = { index: fc.maxSafeNat(), width: fc.integer({ min: 1, max: 256 }) };
  const any: fc.Arbitrary<LogPath> = fc.oneof(
    fc.record({ kind: fc.constant('checkpoint' as const) }),
    fc.record({ kind: fc.constant('tile' as const), level: fc.nat(63), ...place }),
    fc.record({ kind: fc.constant('entries' as const), ...place }),
  );
  fc.assert(
    fc.property(any, (path) => {
      expect(parsePath(formatPath(path))).toEqual(path);
    }),
    { numRuns: 500 },
  );
});

test.each([
  '',
  '/',
  'Checkpoint',
  'checkpoint/',
  '/checkpoint',
  'checkpoint\n',
  'tile',
  'tile/',
  'tile/0',
  'tile/0/',
  'tile/0/0',
  'tile/0/00',
  'tile/0/0000',
  'tile/0/x000',
  'tile/0/000/',
  'tile/0/000/000',
  'tile/0/x000/000',
  'tile/0/x000/001',
  'tile/0/X001/000',
  'tile/0/x001/x000',
  'tile/0/x1/000',
  'tile/00/000',
  'tile/64/000',
  'tile/-1/000',
  'tile/0/-01',
  'tile/0/0a0',
  'tile/0/000.p',
  'tile/0/000.p/',
  'tile/0/000.p/0',
  'tile/0/000.p/00',
  'tile/0/000.p/01',
  'tile/0/000.p/256',
  'tile/0/000.p/999',
  'tile/0/000.p/1/',
  'tile/0/000.p/1\n',
  'tile/0/000.q/1',
  'tile/0/000%2Ep/1',
  'tile/8/0/000',
  'tile/entries',
  'tile/entries/0',
  'tile/entries/x000/001',
  'tile/entries/000.p/256',
  'tile/Entries/000',
  'tile//000',
  'tile/0/../0/000',
  '../tile/0/000',
  'tile\\0\\000',
  'tile/0/٠٠٠',
  'tile/0/x009/x007/x199/x254/x740/992',
  'tile/0/x999/x999/x999/x999/x999/x999/999',
  'tile/0/000\ud800',
])('%j is no path', (path) => {
  expect(() => parsePath(path)).toThrow(expect.objectContaining({ code: 'path' }));
});

test('any text is either a path in its one form or refused as none', () => {
  const near = fc
    .array(
      fc.constantFrom('tile', 'entries', '/', '0', '1', '000', '256', 'x001', '.p/', 'checkpoint', '\n', ' '),
      {
        maxLength: 9,
      },
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(near, fc.string({ unit: 'binary' })), (path) => {
      let read: LogPath;
      try {
        read = parsePath(path);
      } catch (error) {
        expect(error).toBeInstanceOf(TlogError);
        return;
      }
      expect(formatPath(read)).toBe(path);
    }),
    { numRuns: 500 },
  );
});

test('what has no path is refused', () => {
  const tile = { level: 0, index: 0, width: 256 };
  const wrong: [Partial<typeof tile>, string][] = [
    [{ level: 64 }, 'range'],
    [{ level: -1 }, 'number'],
    [{ level: 0.5 }, 'number'],
    [{ index: -1 }, 'number'],
    [{ index: 2 ** 53 }, 'number'],
    [{ width: 0 }, 'range'],
    [{ width: 257 }, 'range'],
    [{ width: 1.5 }, 'range'],
  ];
  for (const [change, code] of wrong)
    expect(() => tilePath({ ...tile, ...change }), JSON.stringify(change)).toThrow(
      expect.objectContaining({ code }),
    );
});
