import { describe, expect, test } from 'vitest';
import { faultSentence, type LogFaultFound, logFaultKinds } from './log-faults.ts';
import { knownOf, knownWords, type LogKnown } from './log-known.ts';

const at = '2026-11-22T08:15:30.120Z';
const person = { type: 'person', id: '0199aaaa-0000-7000-8000-000000000001' } as const;
const label = (kind: string) => (kind === 'risk' ? 'Risk' : kind === 'system' ? 'AI system' : undefined);
const edited = {
  act: 'record.edited',
  kind: 'risk',
  version: 3,
  actor: person,
  at,
  digest: 'ab',
  record: 'r',
};
const known = (changed: object = {}): LogKnown => {
  const read = knownOf({ ...edited, ...changed }, 57, label);
  if (!read) throw new Error('It says nothing');
  return read;
};
const nowhere: LogFaultFound = {
  fault: 'row-gone',
  path: null,
  entries: null,
  table: null,
  column: null,
  row: null,
  record: null,
  version: null,
  expected: null,
  found: null,
  ref: null,
  known: null,
};

describe('what an entry tells of something that is not there', () => {
  test('is its kind, version, act, who and when, and nothing else of it', () => {
    expect(known()).toEqual({
      act: 'record.edited',
      kind: 'risk',
      label: 'Risk',
      version: 3,
      by: person,
      at,
      entry: 57,
    });
  });

  test('of a kind that this release does not declare is the name of the kind', () => {
    expect(known({ kind: 'concern' }).label).toBe('concern');
    expect(knownWords(known({ kind: 'concern' }))).toMatch(/^concern, version 3, /);
  });

  test.each([
    ['no act', { act: 7 }],
    ['no moment', { at: null }],
    ['nobody who acted', { actor: 'someone' }],
    ['an actor of a type that nobody knows', { actor: { type: 'ghost', id: 'x' } }],
    ['an actor without an id', { actor: { type: 'person' } }],
  ])('is nothing where it has %s', (_, changed) => {
    expect(knownOf({ ...edited, ...changed }, 57, label)).toBeNull();
  });

  test.each([
    [{}, `risk, version 3, edited by person ${person.id} on 2026-11-22 at 08:15 UTC, entry 57`],
    [
      { kind: 'system' },
      `AI system, version 3, edited by person ${person.id} on 2026-11-22 at 08:15 UTC, entry 57`,
    ],
    [
      { act: 'approval.withdraw' },
      `risk, version 3, withdrawn by person ${person.id} on 2026-11-22 at 08:15 UTC, entry 57`,
    ],
    [
      {
        act: 'log.key-rotated',
        kind: undefined,
        version: undefined,
        actor: { type: 'rule', id: 'operator' },
      },
      'log key rotated by the rule operator on 2026-11-22 at 08:15 UTC, entry 57',
    ],
    [
      {
        act: 'session.started',
        kind: undefined,
        version: undefined,
        actor: { type: 'visitor', id: 'visitor' },
      },
      'session started by a visitor on 2026-11-22 at 08:15 UTC, entry 57',
    ],
    [
      { actor: { type: 'telemetry', id: 'gateway' }, at: 'some day' },
      'risk, version 3, edited by the source gateway on some day, entry 57',
    ],
  ])('reads as a person reads it: %j', (changed, words) => {
    expect(knownWords(known(changed))).toBe(words);
  });

  test('names who acted where a name is known, and no place while there is none', () => {
    expect(knownWords({ ...known(), byName: 'Head of claims', entry: null })).toBe(
      'risk, version 3, edited by Head of claims on 2026-11-22 at 08:15 UTC',
    );
    const token = known({ actor: { type: 'token', id: 't1' } });
    expect(knownWords({ ...token, byName: 'Pipeline' })).toContain('edited by the token Pipeline on');
    expect(knownWords(token)).toContain('edited by the token t1 on');
  });
});

describe('the sentence of a fault', () => {
  test('says where, what, and what was expected and found', () => {
    expect(
      faultSentence({
        ...nowhere,
        fault: 'record-differs',
        ref: 'SYS-1',
        version: 2,
        table: 'record',
        column: 'state',
        expected: 'live',
        found: 'retired',
      }),
    ).toBe('SYS-1 version 2, record.state is not what the newest version says: expected live, found retired');
    expect(
      faultSentence({ ...nowhere, fault: 'missing', path: 'tile/0/000', entries: { start: 0, end: 256 } }),
    ).toBe('tile/0/000, entries 0 to 255 is not there');
  });

  test('of a row that is gone says what the log knows of it', () => {
    const gone = { ...nowhere, table: 'record', record: 'r1', ref: 'RSK-12' };
    expect(faultSentence({ ...gone, known: { ...known(), byName: 'Head of claims' } })).toBe(
      'RSK-12, record is named by an entry and is not there. The log knows it: risk, version 3, edited by Head of claims on 2026-11-22 at 08:15 UTC, entry 57',
    );
    expect(faultSentence({ ...gone, ref: null })).toBe(
      'record r1, record is named by an entry and is not there',
    );
  });

  test('has words for every kind of fault, and names the log where it names no place', () => {
    for (const fault of logFaultKinds) expect(faultSentence({ ...nowhere, fault })).toMatch(/^the log \S/);
  });
});
