import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { days } from '../../test/trace/random.ts';
import { firstDay, lastDay } from '../day.ts';
import { registry } from './all.ts';
import { putOffSince, refuseSettled } from './beginning.ts';
import { decideEdit, emptyContent } from './edit.ts';
import { linkPatch, minimalFields, sampleLinks, someId, targetsFor } from './testing.ts';

const [anna, ben] = [someId(), someId()];

/** The content that a kind keeps of these fields, or the fields that it refuses. */
function kept(name: string, fields: Readonly<Record<string, unknown>>) {
  const kind = registry.get(name);
  const links = sampleLinks(kind, 'required');
  const patch = {
    byAct: true as const,
    fields: { ...minimalFields(kind), ...fields },
    links: linkPatch(links),
  };
  try {
    return { content: decideEdit(kind, emptyContent, patch, targetsFor(kind, links)).next, refused: [] };
  } catch (error) {
    expect(error).toMatchObject({ code: 'unprocessable' });
    const items = error instanceof Error && 'items' in error && Array.isArray(error.items) ? error.items : [];
    return { content: null, refused: items.map((item: { at: string }) => item.at) };
  }
}

describe('one person is not both', () => {
  test.each([
    ['gate', 'requestedBy', 'decidedBy'],
    ['control-test', 'ownerTested', 'tester'],
    ['nonconformity', 'owner', 'verifier'],
    ['nonconformity', 'owner', 'approver'],
    ['corrective-action', 'owner', 'verifier'],
    ['role-assignment', 'person', 'deputy'],
    ['treatment', 'owner', 'effectJudgedBy'],
  ])('%s: %s and %s', (name, one, other) => {
    expect(kept(name, { [one]: anna, [other]: anna }).refused).toEqual([`fields.${other}`]);
    expect(kept(name, { [one]: anna, [other]: ben }).refused).toEqual([]);
    const kind = registry.get(name);
    const before = kept(name, { [one]: anna, [other]: ben }).content;
    if (!before) throw new RangeError(name);
    // Nor by two edits that are each legal on their own.
    expect(() => decideEdit(kind, before, { fields: { [other]: anna } }, new Map())).toThrow();
    expect(() => decideEdit(kind, before, { fields: { [one]: ben } }, new Map())).toThrow();
    const swapped = decideEdit(kind, before, { fields: { [one]: ben, [other]: anna } }, new Map()).next;
    expect([swapped.fields[one], swapped.fields[other]]).toEqual([ben, anna]);
  });

  test('nor by two accounts of one person, once that is known; what was declared since stands in the way of nothing else', () => {
    for (const kind of registry.kinds)
      for (const { field, from, say } of kind.apart ?? []) {
        const [other = ''] = from.filter((one) => !one.includes('.'));
        const before = kept(kind.name, { [other]: anna, [field]: ben }).content;
        if (!before) throw new RangeError(kind.name);
        const people = { same: (a: string, b: string) => a === b || new Set([a, b, anna, ben]).size === 2 };
        const edit = (fields: Readonly<Record<string, unknown>>) => () =>
          decideEdit(kind, before, { fields }, new Map(), people);
        const cid = someId();
        expect(edit({ [field]: cid }), kind.name).not.toThrow();
        expect(edit({ [other]: cid }), kind.name).not.toThrow();
        expect(() =>
          decideEdit(
            kind,
            kept(kind.name, { [other]: anna }).content ?? before,
            { fields: { [field]: ben } },
            new Map(),
            people,
          ),
        ).toThrow(say);
        expect(edit({ [kind.title]: 'Another title' }), kind.name).not.toThrow();
      }
  });

  test('whoever did any action of a plan does not judge its effect, nor whoever did one before another was named', () => {
    const kind = registry.get('treatment');
    const actions = [{ action: 'Second reader', owner: anna }, { action: 'Threshold' }];
    expect(kept('treatment', { actions, effectJudgedBy: anna }).refused).toEqual(['fields.effectJudgedBy']);
    const planned = kept('treatment', { actions }).content;
    if (!planned) throw new RangeError('treatment');
    const judge = (before: Readonly<Record<string, readonly string[]>>) => () =>
      decideEdit(kind, planned, { fields: { effectJudgedBy: ben } }, new Map(), {
        same: (a, b) => a === b,
        before,
      });
    expect(judge({})).not.toThrow();
    expect(judge({ 'actions.owner': [ben] })).toThrow(/neither answers for the plan nor did its actions/);
    expect(judge({ owner: [ben] })).toThrow();
  });

  test('neither is asked for: an empty place is nobody, not the same person twice', () => {
    expect(kept('gate', {}).refused).toEqual([]);
    expect(kept('nonconformity', { verifier: anna }).refused).toEqual([]);
    expect(kept('control-test', { tester: anna }).refused).toEqual([]);
  });
});

const anyDay = fc.constantFrom(...days);

describe('days of one record', () => {
  test('evidence is refused exactly when its period surely ends before it begins', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (periodFrom, periodTo) => {
        const wrong = firstDay(periodFrom) > lastDay(periodTo);
        expect(kept('evidence', { periodFrom, periodTo }).refused).toEqual(wrong ? ['fields.periodTo'] : []);
      }),
    );
  });

  test.each([
    ['implementation', 'plannedOn', 'firstPlannedOn'],
    ['corrective-action', 'due', 'firstDue'],
  ])('%s is refused exactly when its first date begins after the present one', (name, date, first) => {
    fc.assert(
      fc.property(anyDay, anyDay, (now, before) => {
        const wrong = firstDay(before) > firstDay(now);
        expect(kept(name, { [date]: now, [first]: before }).refused).toEqual(
          wrong ? [`fields.${first}`] : [],
        );
      }),
    );
  });

  test('the first date stays through any number of later moves', () => {
    const kind = registry.get('task');
    fc.assert(
      fc.property(fc.array(anyDay, { minLength: 1, maxLength: 6 }), ([start = '2026', ...moves]) => {
        let content = kept('task', { due: start }).content;
        for (const due of moves)
          if (content) content = decideEdit(kind, content, { fields: { due } }, new Map()).next;
        expect(content?.fields.firstDue).toBe(start);
        expect(content?.fields.due).toBe(moves.at(-1) ?? start);
      }),
    );
  });
});

describe('what is worked out', () => {
  const levels = ['negligible', 'low', 'moderate', 'high', 'severe'];
  const scale = registry.get('risk').fields.currentOrganisation;
  const offered = scale?.type === 'choice' ? scale.options.map(({ id }) => id) : [];
  const rating = fc.option(fc.constantFrom(...offered), { nil: undefined });

  test('a risk is as high as the worst of its three ratings, in each of its three times', () => {
    expect(offered.every((id) => levels.includes(id))).toBe(true);
    fc.assert(
      fc.property(
        rating,
        rating,
        rating,
        fc.constantFrom('inherent', 'current', 'residual', 'target'),
        (a, b, c, when) => {
          const fields = { [`${when}Organisation`]: a, [`${when}Individuals`]: b, [`${when}Society`]: c };
          const said = kept('risk', fields).content?.fields[`${when}Level`];
          const worst = levels.findLast((level) => [a, b, c].includes(level));
          expect(said).toBe(worst);
        },
      ),
    );
  });

  test('a target that was stated for all three stands until one has its own', () => {
    expect(kept('risk', { targetLevel: 'low' }).content?.fields.targetLevel).toBe('low');
    expect(kept('risk', { targetLevel: 'low', targetSociety: 'high' }).refused).toEqual([
      'fields.targetLevel',
    ]);
  });
});

describe('classes and findings', () => {
  const field = registry.get('classification').fields.outcomes;
  const outcomes = field?.type === 'choices' ? field.options.map(({ id }) => id) : [];

  test('undetermined and no specific class stand alone, all others together', () => {
    fc.assert(
      fc.property(fc.subarray(outcomes, { minLength: 1 }), (chosen) => {
        const alone = chosen.includes('undetermined') || chosen.includes('minimal');
        const wrong = alone && chosen.length > 1;
        expect(kept('classification', { outcomes: chosen }).refused).toEqual(
          wrong ? ['fields.outcomes'] : [],
        );
      }),
    );
  });

  test.each([
    ['major', undefined, undefined, ['fields.requirement']],
    ['minor', undefined, undefined, ['fields.requirement']],
    ['opportunity', undefined, undefined, []],
    ['major', '8.1', undefined, []],
    ['major', '8.1', 'advice', ['fields.requirementSource']],
    ['minor', undefined, 'advice', ['fields.requirementSource']],
    ['opportunity', undefined, 'advice', []],
    [undefined, undefined, 'advice', []],
  ])(
    'a finding graded %s on requirement %s of source %s',
    (grade, requirement, requirementSource, refused) => {
      const fields = Object.fromEntries(
        Object.entries({ grade, requirement, requirementSource }).filter(([, value]) => value !== undefined),
      );
      expect(kept('finding', fields).refused).toEqual(refused);
    },
  );
});

describe('a control test says nothing that cannot be', () => {
  test.each([
    ['a sample larger than its population', { populationSize: 10, sampleSize: 11 }, 'sampleSize'],
    ['more deviations than items', { sampleSize: 5, deviations: 6 }, 'deviations'],
    ['effective where all deviate', { sampleSize: 5, deviations: 5, conclusion: 'effective' }, 'conclusion'],
    ['a period that ends before it begins', { periodFrom: '2026-05', periodTo: '2026-04-30' }, 'periodTo'],
    ['a next test before this one', { testedOn: '2026-05-01', nextTest: '2026-04' }, 'nextTest'],
  ])('%s is refused', (_, fields, at) => {
    expect(kept('control-test', fields).refused).toEqual([`fields.${at}`]);
  });

  test('what can be is kept', () => {
    const fields = {
      ...{ populationSize: 10, sampleSize: 10, deviations: 1, conclusion: 'effective' },
      ...{ periodFrom: '2026', periodTo: '2026-06', testedOn: '2026-07-01', nextTest: '2026' },
      criterion: 'No letter leaves without a second reader.',
    };
    expect(kept('control-test', fields).refused).toEqual([]);
    expect(kept('control-test', { sampleSize: 0, deviations: 0, conclusion: 'effective' }).refused).toEqual(
      [],
    );
  });
});

describe('what was drawn for a control test', () => {
  const drawn = {
    seed: 'spring',
    populationSize: 9,
    sampleItems: [{ item: 'Letter 3' }, { item: 'Letter 8' }],
  };
  const { sequence, derive, lifecycle } = registry.get('control-test');
  const content = (fields: object) => ({ fields: { ...fields }, links: {} });
  const refused = (before: object, next: object) =>
    Object.keys(sequence?.(content(before), content(next)) ?? {});

  test('takes results, and no other items, population or seed', () => {
    const seen = drawn.sampleItems.map((row) => ({ ...row, result: 'as-expected' }));
    expect(refused(drawn, { ...drawn, sampleItems: seen })).toEqual([]);
    expect(refused(drawn, { ...drawn, sampleItems: seen.slice(1) })).toEqual(['sampleItems']);
    expect(refused(drawn, { ...drawn, sampleItems: [...seen].reverse() })).toEqual(['sampleItems']);
    expect(refused(drawn, { ...drawn, populationSize: 5 })).toEqual(['populationSize']);
    expect(refused(drawn, { ...drawn, seed: 'autumn' })).toEqual(['seed']);
    expect(refused({}, drawn)).toEqual([]);
  });

  test('is drawn again where the draw before is kept with a reason', () => {
    const again = { ...drawn, seed: 'autumn', sampleItems: [{ item: 'Letter 1' }] };
    const row = { seed: 'spring', reason: 'The list was old' };
    expect(refused(drawn, { ...again, redraws: [row] })).toEqual([]);
    expect(refused(drawn, { ...again, redraws: [{ ...row, reason: ' ' }] })).toEqual(['seed']);
    expect(refused(drawn, { ...again, redraws: [{ ...row, seed: 'other' }] })).toEqual(['seed']);
    expect(refused({ ...again, redraws: [row] }, again)).toEqual(['redraws']);
  });

  test('says itself how many items there are and how many deviate', () => {
    const results = [
      { item: 'a', result: 'deviates' },
      { item: 'b', result: 'not-assessable' },
      { item: 'c' },
    ];
    expect(derive?.(content({ sampleItems: results }))).toEqual({ sampleSize: 3, deviations: 1 });
    expect(derive?.(content({ sampleSize: 7 }))).toEqual({});
  });

  test('is looked at before the test is concluded', () => {
    const lacks = (fields: object) => lifecycle.transitions.conclude?.guard?.(content(fields), '2026-05-01');
    expect(lacks({})).toMatch(/draw a sample, or describe it/);
    expect(lacks({ sample: 'Ten letters of May' })).toBeUndefined();
    expect(lacks({ sample: 'Ten', testedOn: '2026-05-01' })).toBeUndefined();
    expect(lacks({ sample: 'Ten', testedOn: '2026-05-02' })).toMatch(/still to come/);
    expect(lacks(drawn)).toMatch(/2 of 2 items/);
    const nothing = { sample: 'None', sampleSize: 0, conclusion: 'effective' };
    expect(lacks(nothing)).toMatch(/Nothing was there to look at/);
    expect(lacks({ sample: 'None', populationSize: 0, conclusion: 'partly-effective' })).toMatch(
      /Nothing was/,
    );
    expect(lacks({ ...nothing, conclusion: 'not-concluded' })).toBeUndefined();
    expect(lacks({ sampleItems: [{ item: 'a', result: 'deviates' }] })).toBeUndefined();
  });

  test('is judged in words that somebody can follow; without a conclusion nothing is', () => {
    const lacks = (fields: object) => lifecycle.transitions.conclude?.guard?.(content(fields), '2026-05-01');
    const curt = { criterion: 'ok', method: 'ok', sample: 'ok', result: 'ok' };
    expect(lacks({ ...curt, conclusion: 'not-effective' })).toBe(
      'Say what effective means, how it was looked at, what was found and what was looked at, in a sentence each.',
    );
    const said = {
      ...{ criterion: 'Each letter has two names', method: 'Letters were read' },
      ...{ sample: 'Ten letters of May', result: 'All ten have them', conclusion: 'effective' },
    };
    expect(lacks(said)).toBeUndefined();
    for (const part of ['criterion', 'method', 'sample', 'result'])
      expect(lacks({ ...said, [part]: 'ok' }), part).toMatch(/^Say .*, in a sentence each\.$/);
    // A sample that was drawn is told by its items.
    const drawn = { ...said, sample: 'ok', sampleItems: [{ item: 'a', result: 'as-expected' }] };
    expect(lacks(drawn)).toBeUndefined();
    expect(lacks({ ...curt, conclusion: 'not-concluded' })).toBeUndefined();
  });

  test('is not put off once the test is concluded, nor is its day taken away', () => {
    const test = registry.get('control-test');
    const was = content({ nextTest: '2026-09-01' });
    const refused = (state: string, nextTest: string | null) => {
      const next = content(nextTest === null ? {} : { nextTest });
      try {
        refuseSettled(test, state, was, { changed: ['nextTest'], next });
        return undefined;
      } catch (error) {
        return (error as { items?: { message: string }[] }).items?.[0]?.message;
      }
    };
    for (const day of [null, '2026-12-01'])
      expect(refused('concluded', day)).toBe('Next test is put off by testing again alone.');
    expect([refused('concluded', '2026-08-01'), refused('under-way', null)]).toEqual([undefined, undefined]);
  });

  test('nor is it put off by opening the test again, until somebody tested on a later day', () => {
    const held = { testedOn: '2026-02-01', nextTest: '2026-09-01' };
    const said = (fields: object) =>
      putOffSince(registry.get('control-test'), held, content({ ...held, ...fields })).map(({ at }) => at);
    for (const fields of [
      { nextTest: '2026-12-01' },
      { nextTest: undefined },
      { nextTest: '2026-12-01', testedOn: '2026-01-31' },
      { nextTest: '2026-12-01', testedOn: undefined },
      // A month that the day before lies in is no later day.
      { nextTest: '2026-12-01', testedOn: '2026-02' },
    ])
      expect(said(fields), JSON.stringify(fields)).toEqual(['fields.nextTest']);
    for (const fields of [{}, { nextTest: '2026-08-01' }, { nextTest: '2027-02-02', testedOn: '2026-02-02' }])
      expect(said(fields), JSON.stringify(fields)).toEqual([]);
    expect(
      putOffSince(registry.get('classification'), { nextValidation: '2026-06-01' }, content({})),
    ).toEqual([]);
  });
});

test('ranges of a risk that are the wrong way round are refused at their upper end', () => {
  expect(kept('risk', { eventsLow: 3, eventsHigh: 2 }).refused).toEqual(['fields.eventsHigh']);
  expect(kept('risk', { lossLow: 10, lossHigh: 9.5 }).refused).toEqual(['fields.lossHigh']);
  expect(kept('risk', { eventsLow: 2, eventsHigh: 2, lossLow: 0 }).refused).toEqual([]);
  expect(kept('risk', { eventsLow: 9, lossLow: 9, lossHigh: 10 }).refused).toEqual([]);
});

describe('a target of a gap analysis lies ahead', () => {
  const analysis = (target: object, baseline = 'partly') =>
    kept('gap-analysis', {
      baselineOn: '2026-06-01',
      baseline: [{ item: 'A.5.2', state: baseline, done: 1, of: 2 }],
      targets: [{ item: 'A.5.2', ...target }],
    }).refused;
  test.each([
    [{ state: 'in-place', due: '2026-12-01' }, 'partly', []],
    [{ state: 'partly' }, 'partly', []],
    [{ state: 'planned', due: '2026-12-01' }, 'partly', ['fields.targets']],
    [{ state: 'planned' }, 'excluded', []],
    [{ state: 'excluded' }, 'in-place', []],
    [{ state: 'in-place', due: '2026-05-31' }, 'partly', ['fields.targets']],
    // The day is known to the month alone: it may lie behind the baseline, or not.
    [{ state: 'in-place', due: '2026-06' }, 'partly', []],
  ])('%j from %s', (target, baseline, expected) => {
    expect(analysis(target, baseline)).toEqual(expected);
  });
});
