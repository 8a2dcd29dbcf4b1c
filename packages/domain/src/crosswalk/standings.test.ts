import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { describe, expect, test } from 'vitest';
import {
  control,
  controlTest,
  implementation,
  line,
  type SoaWorld,
  soaRecord,
  world,
} from '../../test/soa/kit.ts';
import { EvidenceCount } from '../soa/evidence.ts';
import { matrixOf } from '../soa/matrix.ts';
import type { SoaRecord } from '../soa/types.ts';
import { carriedBy, controlLetters, countsOf, itemLetters, ofSystem } from './standings.ts';

const catalogue = loadCatalogue();
const tested = (of: string, system: string | null, fields: Record<string, string> = {}): SoaRecord =>
  controlTest(`test-${of}`, 'effective', '2026-10-01', {
    system,
    links: { control: ['ctl'], implementation: [of] },
    fields,
  });
const piece = (id: string, system: string | null, periodTo = '2026-12-31'): SoaRecord =>
  soaRecord('evidence', id, {
    state: 'kept',
    system,
    links: { controls: ['ctl'] },
    fields: { type: 'log', periodTo },
  });
const letters = (told: SoaWorld, pieces: readonly SoaRecord[] = []) => {
  const { around, groups, statement } = world(told);
  const count = new EvidenceCount({ ...around, groups });
  for (const one of pieces) count.add(one);
  return controlLetters({ ...around, groups, evidence: count.found }, matrixOf(around, groups, statement));
};
const own = (n: number, state = 'in-place') => implementation(`imp-${n}`, state, { system: `sys-${n}` });

describe('a control on each system', () => {
  test('is carried where it is in place, tested by somebody else and evidenced; nothing less is called so', () => {
    const records = [
      ...[own(1), own(2), own(3), own(4, 'planned')],
      tested('imp-1', 'sys-1'),
      tested('imp-2', 'sys-2'),
    ];
    const found = letters({ running: 5, records }, [piece('e-1', 'sys-1'), piece('e-3', 'sys-3')]);
    expect(found.get('A.6.2.4')).toBe('cuumm');
  });

  test.each([
    ['a failed test', { conclusion: 'not-effective' }, '2026-12-31'],
    ['a test that is overdue', { nextTest: '2026-01-31' }, '2026-12-31'],
    ['a test of long ago that names no next one', { testedOn: '2023-03-01' }, '2026-12-31'],
    ['evidence that is out of date', {}, '2020-12-31'],
  ])('%s leaves it in place without proof', (_, fields, to) => {
    const records = [own(1), tested('imp-1', 'sys-1', fields)];
    expect(letters({ records }, [piece('e-1', 'sys-1', to)]).get('A.6.2.4')).toBe('u');
  });
});

test('what the organisation does once is carried on every system by its own test and evidence', () => {
  const told: SoaWorld = {
    running: 3,
    shared: [control({ fields: { implementedAt: 'organisation' } }), line()],
    records: [implementation('all', 'in-place', { system: null }), tested('all', null)],
  };
  expect(letters(told, [piece('e', null)]).get('A.6.2.4')).toBe('ccc');
  expect(letters(told).get('A.6.2.4')).toBe('uuu');
});

describe('an item of a framework', () => {
  const known = new Map([
    ['A.5.3', 'cum-'],
    ['A.5.4', 'ccm-'],
    ['A.5.5', '----'],
  ]);
  const item = (framework: Parameters<typeof itemLetters>[1], id: string, given = known) =>
    itemLetters(catalogue, framework, given).find((one) => one.item === id);

  test('of the standard stands as its control does, and as nothing where nobody adopted one', () => {
    expect(item('iso42001', 'A.5.3')).toMatchObject({ controls: ['A.5.3'], letters: 'cum-' });
    expect(item('iso42001', 'A.2.2')).toMatchObject({ controls: [], letters: null });
  });

  test('of another stands as the worst of the controls that share something with it and are asked', () => {
    const found = item('eu-ai-act', 'Art. 27');
    const worst = (at: number) =>
      (found?.controls ?? [])
        .map((one) => known.get(one)?.[at] ?? '-')
        .filter((letter) => letter !== '-')
        .sort((a, b) => 'cum'.indexOf(b) - 'cum'.indexOf(a))[0] ?? '-';
    expect(found?.controls.length).toBeGreaterThan(0);
    expect(found?.letters).toBe([0, 1, 2, 3].map(worst).join(''));
  });

  test('counts add up to the systems, and a system to the items', () => {
    const items = itemLetters(catalogue, 'iso42001', known);
    expect(countsOf('cum-')).toEqual({ carried: 1, unproven: 1, missing: 1, 'not-asked': 1 });
    expect(ofSystem(items, 1)).toEqual({ carried: 1, unproven: 1, missing: 0, 'not-asked': 36 });
    expect([carriedBy('u'), carriedBy(undefined)]).toEqual(['unproven', 'not-asked']);
  });
});
