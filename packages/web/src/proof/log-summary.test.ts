import { faultsOfRecord } from '@throughline/domain/broken-proofs.ts';
import type { LogFaultWire, LogStateWire } from '@throughline/domain/wire-log.ts';
import { expect, test } from 'vitest';
import { faultHref, faultOfVersion, faultsOf } from './faults.ts';
import { faultPlace, logSummary, printedCheckpoint } from './log-summary.ts';

const origin = 'aims.example.org/log/harbour';
const state: LogStateWire = {
  origin,
  size: 48211,
  root: 'aGFzaA==',
  at: '2026-11-21T12:00:00Z',
  checkpoint: {
    size: 48211,
    root: 'aGFzaA==',
    note: `${origin}\n48211\naGFzaA==\n\n— ${origin} c2lnbmF0dXJl\n`,
    key: '0a1b2c3d',
    at: '2026-11-21T12:00:00Z',
  },
  unsigned: null,
  keys: [],
  public: false,
  verification: null,
};
const fault = (over: Partial<LogFaultWire>): LogFaultWire => ({
  fault: 'content-differs',
  entries: { start: 1204, end: 1205 },
  record: 'id-204',
  ref: 'RSK-204',
  version: 3,
  path: null,
  table: 'revision',
  column: null,
  row: null,
  expected: 'ab',
  found: 'cd',
  known: null,
  message: 'RSK-204 version 3 does not have the digest that its entry names',
  ...over,
});
const verified = (holds: boolean, ...faults: LogFaultWire[]): LogStateWire => ({
  ...state,
  verification: {
    at: '2026-11-21T03:00:00Z',
    size: 48000,
    holds,
    report: {
      checkpoint: { origin, size: 48000, root: 'aGFzaA==' },
      ...{ trust: 'key-directory', held: 1, records: 9, complete: true, unbound: {}, treeMs: 4, rowsMs: 2 },
      ...{ faults, faultCount: faults.length },
    },
  },
});

test('a signed log says how many entries are signed and when', () => {
  expect(logSummary(state, null, 'UTC')).toEqual({
    state: 'unknown',
    sentence: '48,211 entries signed',
    detail: '21 Nov 2026, 12:00 UTC',
    href: '/log',
  });
});

test('it is called intact only once a verification of the whole held', () => {
  expect(logSummary(verified(true), null, 'UTC').state).toBe('intact');
  expect(logSummary(state, null, 'UTC').state).toBe('unknown');
});

test('what does not verify is red, named, and one click away', () => {
  expect(logSummary(verified(false, fault({})), null, 'UTC')).toEqual({
    state: 'broken',
    sentence: 'The log does not verify',
    detail: 'RSK-204 version 3, entry 1,204',
    href: '/log?entry=1204',
  });
  expect(logSummary(verified(false), null, 'UTC')).toMatchObject({ state: 'broken', href: '/log/verify' });
});

test('a log that stands behind what this browser saw is red before anybody verified it', () => {
  const seen = { note: `${origin}\n48212\naGFzaA==\n`, vkey: 'key', at: '2026-11-21T12:00:00Z' };
  expect(logSummary(verified(true), seen, 'UTC')).toMatchObject({ state: 'broken', href: '/log/verify' });
});

test.each([
  ['no-key', 'unknown'],
  ['key-exposed', 'unknown'],
  ['record-missing', 'unknown'],
  ['smaller', 'broken'],
  ['inconsistent', 'broken'],
  ['broken', 'broken'],
] as const)('why entries are not signed is said in words: %s', (reason, expected) => {
  const unsigned = { reason, known: null, message: 'because', since: null };
  const said = logSummary({ ...state, size: 48300, unsigned }, null, 'UTC');
  expect(said).toMatchObject({
    state: expected,
    sentence: '89 entries not signed',
    href: '/log/checkpoints',
  });
  expect(said.detail).not.toContain(reason);
});

test('entries that only wait a moment are not made a worry', () => {
  const unsigned = { reason: 'pending', known: null, message: 'a moment', since: null } as const;
  const said = logSummary({ ...state, size: 48212, unsigned }, null, 'UTC');
  expect(said.sentence).toBe('48,211 entries signed');
});

test('before anything is signed the foot counts', () => {
  expect(logSummary({ ...state, checkpoint: null }, null, 'UTC').sentence).toBe('Log of 48,211 entries');
});

test('the faults are those of the verification that was kept last', () => {
  const found = [fault({}), fault({ ref: null, entries: null })];
  expect(faultsOf(verified(false, ...found).verification)).toEqual(found);
  expect(faultsOf(verified(true).verification)).toEqual([]);
  expect([faultsOf(null), faultsOf(undefined)]).toEqual([[], []]);
});

test('a fault leads to its entry, else to the page of the verification', () => {
  expect(faultHref(fault({}))).toBe('/log?entry=1204');
  expect(faultHref(fault({ entries: null }))).toBe('/log/verify');
});

test.each([
  [{}, 'RSK-204 version 3, entry 1,204'],
  [{ version: null, entries: null }, 'RSK-204'],
  [{ ref: null, entries: { start: 5, end: 9 } }, 'entries 5 to 8'],
  [{ ref: null, entries: null, path: 'tile/0/000' }, 'tile/0/000'],
  [{ ref: null, entries: null, table: 'entry', column: 'act' }, 'entry.act'],
  [{ ref: null, entries: null, table: null }, 'the log'],
])('the place of a fault is said as people name it', (over, words) => {
  expect(faultPlace(fault(over))).toBe(words);
});

test('a version finds its own fault; one without a version is of the newest', () => {
  const faults = [fault({ version: 2 }), fault({ version: null, fault: 'record-differs' })];
  const mine = faultsOfRecord(faults, { id: 'id-204', ref: 'RSK-204' });
  expect(faultOfVersion(mine, 2, 5)?.fault).toBe('content-differs');
  expect(faultOfVersion(mine, 5, 5)?.fault).toBe('record-differs');
  expect(faultOfVersion(mine, 3, 5)).toBeUndefined();
  expect(faultsOfRecord(faults, { id: 'id-205', ref: 'RSK-205' })).toEqual([]);
});

test('the foot of a printed page names log, size, time and root', () => {
  expect(printedCheckpoint(state, 'UTC')).toBe(
    `Log ${origin}: 48,211 entries signed on 21 Nov 2026, 12:00 UTC, root aGFzaA==.`,
  );
  expect(printedCheckpoint({ ...state, checkpoint: null }, 'UTC')).toBeNull();
});
