import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { describe, expect, test } from 'vitest';
import { type ControlCount, coverageOf, type DutyCount, placedOn } from './coverage.ts';
import { articleOf, crosswalkTo, frameworks, itemsOf } from './frameworks.ts';
import { overlapsOf, type Requirement } from './overlaps.ts';
import {
  baselineRows,
  controlStandings,
  dutyStandings,
  frameworkStandings,
  type PlannedTask,
  progressOf,
} from './progress.ts';

const catalogue = loadCatalogue();
const control = (item: string, change: Partial<ControlCount> = {}): ControlCount => ({
  ...{ item, at: 'system', inPlace: 0, partly: 0, planned: 0, organisation: 0, evidence: 0 },
  ...change,
});
const duty = (item: string | null, change: Partial<DutyCount> = {}): DutyCount => ({
  ...{ item, records: 1, systems: 1, met: 0, unowned: 0 },
  ...change,
});

describe('frameworks', () => {
  test('each has its items in its own order, and every row of the crosswalk leads to one of them', () => {
    expect(itemsOf(catalogue, 'iso42001')).toHaveLength(38);
    expect(itemsOf(catalogue, 'nist-ai-rmf')).toHaveLength(72);
    for (const framework of frameworks) {
      const items = itemsOf(catalogue, framework).map(({ id }) => id);
      expect(new Set(items).size).toBe(items.length);
      for (const { to } of crosswalkTo(catalogue, framework)) expect(items).toContain(to);
    }
  });

  test('a paragraph belongs to its article', () => {
    expect(articleOf('26(2)')).toBe('Art. 26');
    expect(articleOf('27')).toBe('Art. 27');
    expect(articleOf('4a')).toBe('Art. 4a');
  });
});

describe('coverage', () => {
  const o = {
    systems: 4,
    controls: [
      control('A.5.2', { at: 'organisation', organisation: 1, evidence: 2 }),
      control('A.5.3', { inPlace: 3, evidence: 1 }),
      control('A.5.4', { inPlace: 1 }),
    ],
    duties: [duty('OB-27', { records: 3, systems: 3, met: 1 }), duty(null), duty('A.5.2')],
    exclusions: [],
  };
  const excluding = (item: string) => ({
    ...o,
    exclusions: [{ item, line: 'APL-4', because: 'Nothing is bought' }],
  });
  const row = (framework: (typeof frameworks)[number], item: string) =>
    coverageOf(catalogue, framework, o).rows.find((one) => one.item === item);

  test('the standard is counted by its own controls', () => {
    expect(row('iso42001', 'A.5.3')).toMatchObject({ least: 3, evidence: 1, duties: null });
    expect(row('iso42001', 'A.5.2')).toMatchObject({ least: 4, duties: { records: 1 } });
    expect(row('iso42001', 'A.2.2')).toMatchObject({ least: null, through: [{ count: null }] });
  });

  test('another framework through its crosswalk, with the least of the controls that lead there', () => {
    const found = row('eu-ai-act', 'Art. 27');
    expect(found).toMatchObject({ least: 1, evidence: 3, duties: { records: 3, systems: 3, met: 1 } });
    expect(found?.through.map(({ control: id }) => id)).toEqual(
      expect.arrayContaining(['6.1.4', 'A.5.2', 'A.5.3', 'A.5.4']),
    );
    expect(found?.through.find(({ control: id }) => id === 'A.5.2')).toMatchObject({
      relation: 'intersects',
      confidence: 'medium',
    });
    expect(found?.through.find(({ control: id }) => id === '6.1.4')?.count).toBeNull();
  });

  test('a row that says only that subjects are near counts for no system', () => {
    const near = crosswalkTo(catalogue, 'nist-ai-rmf').find(({ from }) => from === 'A.5.3');
    expect(near?.relation).toBe('related');
    expect(row('nist-ai-rmf', near?.to ?? '')).toMatchObject({
      least: null,
      through: expect.arrayContaining([expect.objectContaining({ control: 'A.5.3' })]),
    });
  });

  test('what the statement excludes is not applicable because, and no hole', () => {
    const of = (framework: (typeof frameworks)[number], item: string, without: string) =>
      coverageOf(catalogue, framework, excluding(without)).rows.find((one) => one.item === item);
    expect(of('iso42001', 'A.10.3', 'A.10.3')?.through).toEqual([
      {
        ...{ control: 'A.10.3', relation: null, confidence: null, count: null },
        excluded: { line: 'APL-4', because: 'Nothing is bought' },
      },
    ]);
    // A.5.4 is on one system alone: excluded, it drags Article 27 down no more, nor lends its evidence.
    expect(of('eu-ai-act', 'Art. 27', 'A.5.4')).toMatchObject({ least: 3, evidence: 3 });
    expect(of('eu-ai-act', 'Art. 27', 'A.5.2')).toMatchObject({ least: 1, evidence: 1 });
    expect(of('eu-ai-act', 'Art. 27', 'A.10.3')).toMatchObject({ least: 1, evidence: 3 });
  });

  test('no row says that something is met', () => {
    for (const framework of frameworks)
      for (const one of coverageOf(catalogue, framework, o).rows)
        expect(Object.keys(one).sort()).toEqual(['duties', 'evidence', 'item', 'least', 'through', 'title']);
  });

  test('what the organisation puts in place once is in place on every system, or on none', () => {
    expect(placedOn(control('A.2.2', { at: 'organisation' }), 9)).toBe(0);
    expect(placedOn(control('A.2.2', { at: 'organisation', organisation: 2, inPlace: 1 }), 9)).toBe(9);
    expect(placedOn(control('A.2.2', { organisation: 2, inPlace: 1 }), 9)).toBe(1);
  });
});

describe('requirements that ask for the same', () => {
  const one = (id: string, change: Partial<Requirement> = {}): Requirement => ({
    ...{ id, ref: `OBL-${id}`, source: 'law', item: null, controls: [], controlItems: [], refersTo: null },
    ...change,
  });
  const groups = (...requirements: Requirement[]) => overlapsOf(catalogue, requirements);

  test('the same item, the same control, and items that a row of the crosswalk joins', () => {
    expect(groups(one('1', { item: 'A.5.2' }), one('2', { item: 'A.5.2' }))).toMatchObject([
      { members: ['1', '2'], grounds: [{ type: 'item', by: 'A.5.2' }], open: 'none' },
    ]);
    expect(groups(one('1', { controls: ['c'] }), one('2', { controls: ['c'] }))[0]?.grounds).toMatchObject([
      { type: 'control', by: 'c' },
    ]);
    // One names the item, the other its control.
    const named = groups(one('1', { item: 'A.4.3' }), one('2', { controls: ['c'], controlItems: ['A.4.3'] }));
    expect(named).toMatchObject([{ members: ['1', '2'], grounds: [{ type: 'item', by: 'A.4.3' }] }]);
    const crossed = groups(one('1', { item: 'A.5.2' }), one('2', { item: 'OB-27' }));
    expect(crossed[0]?.grounds).toMatchObject([{ type: 'crosswalk', confidence: 'medium' }]);
  });

  test('nearness of subjects alone joins nothing, nor does nothing in common', () => {
    const related = crosswalkTo(catalogue, 'nist-ai-rmf')[0];
    expect(related?.relation).toBe('related');
    expect(groups(one('1', { item: related?.from ?? '' }), one('2', { item: related?.to ?? '' }))).toEqual(
      [],
    );
    expect(groups(one('1'), one('2', { item: 'A.5.2' }))).toEqual([]);
    expect(groups()).toEqual([]);
  });

  test('what joins two joins a third, in the order of refs', () => {
    const [group] = groups(
      one('10', { item: 'A.5.2', controls: ['c'] }),
      one('9', { controls: ['c'] }),
      one('2', { item: 'OB-27' }),
    );
    expect(group?.members).toEqual(['2', '9', '10']);
  });

  test('one is named whose owner sees to all, or the group says that nobody or several were', () => {
    const same = { item: 'A.5.2' };
    const named = groups(
      one('1', same),
      one('2', { ...same, refersTo: '1' }),
      one('3', { ...same, refersTo: '1' }),
    );
    expect(named).toMatchObject([{ primary: '1', open: null }]);
    const half = groups(one('1', same), one('2', { ...same, refersTo: '1' }), one('3', same));
    expect(half).toMatchObject([{ primary: null, open: 'several' }]);
    const circle = groups(one('1', { ...same, refersTo: '2' }), one('2', { ...same, refersTo: '1' }));
    expect(circle).toMatchObject([{ primary: null, open: 'several' }]);
    const outside = groups(one('1', { ...same, refersTo: 'x' }), one('2', same));
    expect(outside).toMatchObject([{ primary: null, open: 'several' }]);
  });
});

describe('a gap analysis', () => {
  const counts = [
    control('A.2.2', { at: 'organisation', organisation: 1 }),
    control('A.5.2', { inPlace: 4 }),
    control('A.5.3', { inPlace: 1 }),
    control('A.5.4', { planned: 2 }),
    control('A.5.5'),
  ];
  const at = (item: string, from = counts) =>
    controlStandings(catalogue, 4, from).find((one) => one.item === item);

  test('a control stands where its implementations put it, never where somebody typed', () => {
    expect(at('A.2.2')).toEqual({ item: 'A.2.2', state: 'in-place', done: 4, of: 4 });
    expect(at('A.5.2')?.state).toBe('in-place');
    expect(at('A.5.3')).toEqual({ item: 'A.5.3', state: 'partly', done: 1, of: 4 });
    expect(at('A.5.4')?.state).toBe('planned');
    expect(at('A.5.5')?.state).toBe('not-there');
    expect(at('A.9.2')).toEqual({ item: 'A.9.2', state: 'not-there', done: 0, of: 4 });
    expect(controlStandings(catalogue, 0, counts).find(({ item }) => item === 'A.5.2')?.state).toBe('partly');
  });

  test('an excluded control is not applicable with its reason, and moves nowhere', () => {
    const out = [{ item: 'A.5.3', line: 'APL-4', because: 'Nothing is bought' }];
    const now = controlStandings(catalogue, 4, counts, out);
    const found = now.find(({ item }) => item === 'A.5.3');
    expect(found).toMatchObject({ state: 'excluded', of: 0, because: 'APL-4: Nothing is bought' });
    const analysis = {
      fields: {
        baseline: baselineRows([{ item: 'A.5.3', state: 'partly', done: 1, of: 4 }]),
        targets: [{ item: 'A.5.3', state: 'in-place', due: '2026-01-01' }],
      },
      links: {},
    };
    const [row] = progressOf(analysis, now, [], '2026-11-22').filter(({ item }) => item === 'A.5.3');
    expect(row).toMatchObject({ moved: 'same', stands: null });
  });

  test('items that only the crosswalk leads to are partly there at most, and in place by the word of a person', () => {
    const rows = coverageOf(catalogue, 'nist-ai-rmf', {
      ...{ systems: 4, duties: [], exclusions: [] },
      controls: [control('A.2.2', { at: 'organisation', organisation: 1 }), control('A.5.4', { planned: 2 })],
    }).rows;
    const standing = (item: string, judged: object[] = []) =>
      frameworkStandings({ fields: { judged: judged.map((one) => ({ item, ...one })) }, links: {} }, 4, rows)
        .filter((one) => one.item === item)
        .map(({ state, because }) => [state, because])[0];
    const led = (to: (id: string) => boolean) =>
      rows.find(({ through }) => through.length > 0 && through.every((one) => to(one.control)))?.item ?? '';
    const through = rows.find(({ through: by }) => by.some((one) => one.control === 'A.2.2'))?.item ?? '';
    expect(rows).toHaveLength(72);
    expect(standing(through)).toEqual(['partly', undefined]);
    expect(standing(led((id) => id !== 'A.2.2' && id !== 'A.5.4'))).toEqual(['not-there', undefined]);
    const word = { state: 'in-place', why: 'Read against the playbook', by: 'ann' };
    expect(standing(through, [word])).toEqual(['in-place', 'Read against the playbook']);
    // Without a name or a reason it is nobody's word.
    expect(standing(through, [{ ...word, by: null }])).toEqual(['partly', undefined]);
    expect(standing(through, [{ ...word, why: ' ' }])).toEqual(['partly', undefined]);
    expect(standing(through, [{ ...word, state: 'flying' }])).toEqual(['partly', undefined]);
  });

  test('duties stand by what the register says of them', () => {
    expect(
      dutyStandings(catalogue, [
        duty('OB-27', { records: 2, met: 2 }),
        duty('OB-4', { records: 2, met: 1 }),
        duty('OB-5'),
        duty('house'),
      ]).map(({ item, state }) => [item, state]),
    ).toEqual(
      expect.arrayContaining([
        ['OB-27', 'in-place'],
        ['OB-4', 'partly'],
        ['OB-5', 'planned'],
      ]),
    );
  });

  const baseline = baselineRows([
    { item: 'A.5.2', state: 'partly', done: 2, of: 4 },
    { item: 'A.5.3', state: 'in-place', done: 4, of: 4 },
    { item: 'A.5.4', state: 'planned', done: 0, of: 4 },
  ]);
  const targets = [
    { item: 'A.5.2', state: 'in-place', due: '2026-12-31', owner: 'ann' },
    { item: 'A.5.3', state: 'in-place', due: '2026-06-30' },
    { item: 'A.5.4', state: 'in-place', due: '2027-06-30' },
    { item: 'A.5.5', state: 'partly' },
    { item: 'A.9.9', state: 'flying' },
  ];
  const progress = (tasks: PlannedTask[] = []) =>
    progressOf(
      { fields: { baseline, targets }, links: {} },
      controlStandings(catalogue, 4, counts),
      tasks,
      '2026-11-22',
    );
  const of = (item: string, tasks: PlannedTask[] = []) => progress(tasks).find((one) => one.item === item);

  test('a target is reached, over its day, without a task, or open', () => {
    expect(of('A.5.2')).toMatchObject({ stands: 'reached', moved: 'forward', target: { owner: 'ann' } });
    expect(of('A.5.3')).toMatchObject({ stands: 'over', moved: 'back' });
    expect(of('A.5.4')).toMatchObject({ stands: 'unplanned', moved: 'same' });
    const tasks = [{ id: 't1', item: 'A.5.4', done: false }];
    expect(of('A.5.4', tasks)).toMatchObject({ stands: 'open', tasks: ['t1'] });
    expect(of('A.5.4', [{ id: 't1', item: 'A.5.4', done: true }])?.stands).toBe('unplanned');
  });

  test('what the baseline did not know has no move, and what has no target stands nowhere', () => {
    expect(of('A.5.5')).toMatchObject({ before: null, moved: null, stands: 'unplanned' });
    expect(of('A.2.2')).toMatchObject({ target: null, stands: null });
    expect(of('A.9.9')).toBeUndefined();
  });

  test('progress on some systems counts before the state turns', () => {
    const before = baselineRows([{ item: 'A.5.3', state: 'partly', done: 0, of: 4 }]);
    const analysis = { fields: { baseline: before }, links: {} };
    const now = controlStandings(catalogue, 4, counts);
    expect(progressOf(analysis, now, [], '2026-11-22').find(({ item }) => item === 'A.5.3')?.moved).toBe(
      'forward',
    );
  });
});
