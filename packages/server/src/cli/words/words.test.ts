import { dayText, momentText } from '@throughline/domain/day-text.ts';
import type { GapWire, StationWire, TraceWire, VerdictWire } from '@throughline/domain/wire.ts';
import { describe, expect, test } from 'vitest';
import * as page from '../../../../web/src/features/line/line-words.ts';
import { orderGaps } from '../../../../web/src/standing/gap-order.ts';
import { formatDay } from '../../../../web/src/text/dates.ts';
import { headline, orderedGaps, sentenceText, supporting } from './line.ts';
import { cells, oneLine, table, wrapped } from './table.ts';

const station = (
  order: number,
  verdict: VerdictWire,
): Pick<StationWire, 'id' | 'order' | 'name' | 'verdict'> => ({
  id: `s${order}`,
  order,
  name: `Station ${order}`,
  verdict,
});
const told = (summary: Partial<TraceWire['summary']>, ...verdicts: VerdictWire[]) => ({
  summary: { gaps: 0, holds: 0, applies: 15, notStarted: 0, holdsUntil: null, next: null, ...summary },
  stations: verdicts.map((verdict, at) => station(at + 1, verdict)),
});

describe('the words of the page', () => {
  test.each([
    ['gaps', told({ gaps: 1, holds: 1 }, 'gap', 'holds')],
    [
      'many gaps',
      told({ gaps: 1200, holds: 3, notStarted: 2 }, 'gap', 'accepted', 'accepted', 'unverifiable'),
    ],
    ['one that cannot be judged', told({ holds: 2, notStarted: 1 }, 'unverifiable', 'accepted')],
    ['nothing begun', told({ notStarted: 15 })],
    ['all that holds', told({ holds: 15 }, 'holds')],
    [
      'what falls next',
      told(
        { holds: 14, holdsUntil: '2027-01-30', next: { station: 's2', day: '2027-01-30' } },
        'holds',
        'holds',
      ),
    ],
  ])('are the same here: %s', (_, line) => {
    expect(headline(line)).toBe(page.headline(line));
    expect(supporting(line)).toBe(page.supporting(line));
  });

  test('days are written the same at every precision', () => {
    for (const day of ['2026', '2026-Q3', '2026-07', '2026-07-04', '2026-12-31'])
      expect(dayText(day)).toBe(formatDay(day));
    expect(momentText('2026-07-14T22:30:00.000Z', 'Europe/Berlin')).toBe('15 Jul 2026, 00:30 CEST');
  });

  test('gaps stand in the same order', () => {
    const gap = (rule: string, over: Partial<GapWire>): GapWire => ({
      rule,
      ruleText: '',
      source: 'house',
      weight: 'minor',
      sentence: [],
      records: [],
      since: null,
      causedBy: null,
      refs: [],
      action: null,
      task: null,
      ...over,
    });
    const gaps = [
      gap('A', { causedBy: { station: 'scope' }, weight: 'major' }),
      gap('B', { since: '2026-02-01' }),
      gap('C', { since: '2026-01-01' }),
      gap('D', {}),
      gap('E', { weight: 'major' }),
    ];
    expect(orderedGaps(gaps).map((one) => one.rule)).toEqual(['E', 'C', 'B', 'D', 'A']);
    expect(orderedGaps(gaps)).toEqual(orderGaps(gaps));
  });

  test('a sentence names records by ref, days and people', () => {
    const ref = { id: 'x', ref: 'IA-31', kind: 'impact-assessment', title: 'Triage', state: 'draft' };
    expect(
      sentenceText([
        { ref },
        ' is due on ',
        { day: '2026-07-14' },
        ', by ',
        { member: 'm', name: 'Head of claims' },
        '.',
      ]),
    ).toBe('IA-31 is due on 14 Jul 2026, by Head of claims.');
  });
});

describe('tables', () => {
  const columns = [{ header: 'Ref' }, { header: 'Name' }, { header: 'Gaps', right: true }];

  test('align what a terminal shows, wide letters and marks among it', () => {
    expect(
      table(columns, [
        ['SYS-1', '査定', '3'],
        ['SYS-20', 'Cafe\u0301', '12'],
      ]),
    ).toEqual(['Ref     Name  Gaps', 'SYS-1   査定     3', 'SYS-20  Cafe\u0301    12']);
  });

  test('are cut at the widest column to fit, and say so', () => {
    const lines = table(columns, [['SYS-1', 'A name that goes on and on', '3']], 24);
    expect(lines.every((line) => cells(line) <= 24)).toBe(true);
    expect(lines[1]).toMatch(/^SYS-1 {2}A nam.*… +3$/);
  });

  test('keep to one line, and nothing in a cell acts on the terminal', () => {
    expect(oneLine('a\n  b\u001b[31mc\u202ed')).toBe('a · b [31mc d');
    expect(wrapped('one two three four five six', 20, '  ')).toEqual(['  one two three four', '  five six']);
  });
});
