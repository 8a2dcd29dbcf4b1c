import { describe, expect, test } from 'vitest';
import type { Json } from '../json.ts';
import { judgeTier } from './judge-tier.ts';
import { schemeVersion, tierFields, tierUnder } from './keep-tier.ts';
import { answerRow, answersInRows, lawFact, lawNotAsked, noneSaid, registeredAnswers } from './tier-facts.ts';
import { schemeFaults } from './tier-faults.ts';
import { tierFindings } from './tier-findings.ts';
import { tierTableOf } from './tier-table.ts';

type Fields = Record<string, Json>;
const levels = [
  { level: 'Routine', meaning: 'Nothing beyond the usual', grade: 'low' },
  { level: 'Watched', grade: 'moderate', months: 6 },
  { level: 'Critical', grade: 'severe', months: 3 },
];
const question = { key: 'Reach', ask: 'How many people does it reach?', answers: 'few, many' };

/** Rows as `level | fact any values | fact none values`, numbered from 1. */
function scheme(hits: string, ...rows: readonly string[]): Fields {
  const parts = rows.map((row) => row.split('|').map((part) => part.trim()));
  return {
    method: 'table',
    hits,
    levels,
    questions: [question],
    rules: parts.map(([level = ''], at) => ({ row: `${at + 1}`, level })),
    conditions: parts.flatMap(([, ...conditions], at) =>
      conditions.map((condition) => {
        const [fact = '', kind = '', ...values] = condition.split(' ');
        return { row: `${at + 1}`, fact, test: kind, values: values.join(' ') };
      }),
    ),
  };
}
const acts = 'use-case.autonomy any action';
const personal = 'use-case.personalData any yes';
const usual = (hits: string) =>
  scheme(hits, `Critical | ${acts} | ${personal}`, `Watched | ${personal}`, 'Routine');
const judge = (fields: Fields, answers: Record<string, string[]>) => {
  const { level, atLeast, needed, open } = judgeTier(tierTableOf(fields), new Map(Object.entries(answers)));
  return { level: level?.level ?? null, atLeast: atLeast?.level ?? null, needed, open };
};
const final = (level: string) => ({ level, atLeast: null, needed: [], open: null });

describe('judging a use', () => {
  test('the first row that fits decides, and no later one', () => {
    const told = { 'use-case.autonomy': ['action'], 'use-case.personalData': ['yes'] };
    expect(judge(usual('first'), told)).toEqual(final('Critical'));
    expect(judge(usual('first'), { ...told, 'use-case.autonomy': ['decision'] })).toEqual(final('Watched'));
    expect(judge(usual('first'), { ...told, 'use-case.personalData': ['no'] })).toEqual(final('Routine'));
  });

  test('an empty form is undetermined, never the mildest, and says what is asked', () => {
    expect(judge(usual('first'), {})).toEqual({
      level: null,
      atLeast: 'Routine',
      needed: ['use-case.autonomy', 'use-case.personalData'],
      open: 'answers',
    });
  });

  test('what is certain is said before the last answer, and only what can still change it is asked', () => {
    expect(judge(usual('first'), { 'use-case.personalData': ['yes'] })).toEqual({
      level: null,
      atLeast: 'Watched',
      needed: ['use-case.autonomy'],
      open: 'answers',
    });
    expect(judge(usual('first'), { 'use-case.autonomy': ['decision'] })).toMatchObject({
      needed: ['use-case.personalData'],
    });
  });

  test('an answer that could only lead to the same tier is not waited for', () => {
    const fields = scheme('first', `Critical | ${acts}`, `Critical | ${personal}`, 'Routine');
    expect(judge(fields, { 'use-case.personalData': ['yes'] })).toEqual(final('Critical'));
  });

  test('the most severe of all that fit', () => {
    const fields = scheme('severest', `Watched | ${personal}`, `Critical | ${acts}`, 'Routine');
    const both = { 'use-case.autonomy': ['action'], 'use-case.personalData': ['yes'] };
    expect(judge(fields, both)).toEqual(final('Critical'));
    expect(judge(fields, { 'use-case.autonomy': ['action'] })).toEqual(final('Critical'));
    expect(judge(fields, { 'use-case.personalData': ['yes'] })).toMatchObject({
      level: null,
      atLeast: 'Watched',
      needed: ['use-case.autonomy'],
    });
  });

  test('where exactly one may fit, rows that disagree give no tier', () => {
    const fields = scheme('one', `Watched | ${personal}`, `Critical | ${acts}`);
    const both = { 'use-case.autonomy': ['action'], 'use-case.personalData': ['yes'] };
    expect(judge(fields, both)).toMatchObject({ level: null, open: 'several' });
    expect(judge(fields, { ...both, 'use-case.personalData': ['no'] })).toEqual(final('Critical'));
    expect(judge(fields, { 'use-case.autonomy': ['action'] })).toMatchObject({
      level: null,
      needed: ['use-case.personalData'],
    });
  });

  test('a use that no row covers falls through a hole and gets no tier', () => {
    const fields = scheme('first', `Watched | ${personal}`);
    expect(judge(fields, { 'use-case.personalData': ['no'] })).toMatchObject({ level: null, open: 'hole' });
    expect(judge({ method: 'table' }, {})).toMatchObject({ level: null, open: 'hole', needed: [] });
  });

  test('none of several values, own questions, and values as people write them', () => {
    const fields = scheme(
      'first',
      'Critical | own.Reach any Many',
      'Watched | law.outcomes none minimal',
      'Routine',
    );
    expect(judge(fields, { 'own.reach': ['many'] })).toEqual(final('Critical'));
    expect(judge(fields, { 'own.reach': ['few'], [lawFact]: [] })).toEqual(final('Watched'));
    expect(judge(fields, { 'own.reach': ['few'], [lawFact]: ['minimal'] })).toEqual(final('Routine'));
  });
});

describe('what a table gets wrong', () => {
  const faults = (fields: Fields) => schemeFaults(fields);

  test('a whole table has no faults', () => {
    for (const hits of ['first', 'severest', 'one']) expect(faults(usual(hits))).toEqual({});
    expect(faults({ method: 'given' })).toEqual({});
  });

  test.each([
    [{ levels: [{ level: 'A' }, { level: ' a ' }] }, 'levels', 'Rows 1 and 2 name the same level, " a ".'],
    [{ levels: [{ meaning: 'x' }] }, 'levels', 'Row 1 has no level.'],
    [{ levels: [...levels].reverse() }, 'levels', /mildest level stands first/],
    [{ questions: [{ key: 'k', ask: 'q', answers: 'one' }] }, 'questions', /two answers or more/],
    [{ questions: [{ key: 'k', ask: 'q', answers: 'yes, no, Yes' }] }, 'questions', /an answer twice/],
    [{ questions: [{ key: 'k', answers: 'a, b' }] }, 'questions', 'Row 1 asks nothing.'],
    [
      { rules: [{ row: '1', level: 'Extreme' }] },
      'rules',
      'Row 1 gives "Extreme", which is no level of this scheme.',
    ],
    [{ rules: [{ row: '1' }] }, 'rules', 'Row 1 gives no level.'],
    [{ rules: [{ level: 'Routine' }] }, 'rules', 'Row 1 has no number.'],
    [{ conditions: [{ row: '9', fact: 'x', values: 'y' }] }, 'conditions', 'Condition 1 belongs to no row.'],
    [{ conditions: [{ row: '1', values: 'y' }] }, 'conditions', 'Condition 1 names no fact.'],
    [
      { conditions: [{ row: '1', fact: 'use-case.name', values: 'y' }] },
      'conditions',
      /which no register holds/,
    ],
    [
      { conditions: [{ row: '1', fact: 'own.size', values: 'y' }] },
      'conditions',
      /no question of this scheme/,
    ],
    [
      { conditions: [{ row: '1', fact: 'own.reach', values: ' , ' }] },
      'conditions',
      'Condition 1 names no value.',
    ],
    [
      { conditions: [{ row: '1', fact: 'own.reach', values: 'all' }] },
      'conditions',
      'Condition 1: "all" is no value of Reach.',
    ],
  ] as const)('%j', (change, field, says) => {
    const found = faults({ ...usual('first'), conditions: [], ...change });
    expect(found[field]).toMatch(says);
  });

  test('a row that excludes itself, and two that ask the same and answer differently, are not kept', () => {
    const never = scheme('first', `Critical | ${acts} | use-case.autonomy any decision`);
    expect(faults(never)).toEqual({
      conditions: 'Row 1 can never fit: its conditions on Autonomy exclude each other.',
    });
    const twice = scheme('first', `Critical | ${acts}`, `Watched | ${acts}`);
    expect(faults(twice)).toEqual({ rules: 'Rows 1 and 2 ask the same and give different levels.' });
    expect(faults(scheme('first', `Watched | ${acts}`, `Watched | ${acts}`))).toEqual({});
  });
});

describe('what is found by trying every combination', () => {
  const find = (fields: Fields) => tierFindings(tierTableOf(fields));

  test('a whole table has no hole, says where rows overlap and which decides', () => {
    const found = find(usual('first'));
    expect(found).toMatchObject({ tried: 4, holes: { count: 0 }, idle: [], unreached: [] });
    expect(found.overlaps.map(({ rows, decides }) => [...rows, decides])).toEqual([
      ['1', '2', '1'],
      ['1', '3', '1'],
      ['2', '3', '2'],
    ]);
  });

  test('a hole is named by the answers that fall through it', () => {
    const { holes, unreached } = find(scheme('first', `Watched | ${personal}`, `Critical | ${acts}`));
    expect(holes).toEqual({
      count: 1,
      examples: [
        [
          { fact: 'Personal data', values: ['No'] },
          { fact: 'Autonomy', values: [expect.any(String)] },
        ],
      ],
    });
    expect(unreached).toEqual(['Routine']);
  });

  test('a row behind one that takes everything never decides', () => {
    expect(find(scheme('first', 'Routine', `Critical | ${acts}`)).idle).toEqual(['2']);
    expect(find(scheme('severest', 'Routine', `Critical | ${acts}`)).idle).toEqual([]);
  });

  test('where exactly one may fit an overlap is decided by nobody', () => {
    const [overlap] = find(scheme('one', `Watched | ${personal}`, `Critical | ${acts}`)).overlaps;
    expect(overlap).toMatchObject({ rows: ['1', '2'], decides: null });
    expect(overlap?.example).toEqual([
      { fact: 'Personal data', values: ['Yes'] },
      { fact: 'Autonomy', values: ['Action'] },
    ]);
  });

  test('several values at once, and none, are tried too', () => {
    const found = find(
      scheme('one', 'Critical | law.outcomes any prohibited', 'Watched | law.outcomes any gpai'),
    );
    expect(found.tried).toBe(4);
    expect(found.holes.examples[0]).toEqual([{ fact: 'Outcome under the EU AI Act', values: [] }]);
    expect(found.overlaps[0]?.example[0]?.values).toHaveLength(2);
  });

  test('a table too wide to try says so instead of nothing', () => {
    const wide = Array.from(
      { length: 60 },
      (_, at) =>
        `Routine | law.outcomes any ${['gpai', 'prohibited', 'minimal', 't-emotion', 't-marking', 't-deepfake'][at % 6]} | own.reach any few | ${acts} | ${personal} | use-case.sourcing any bought | system.inScope any yes`,
    );
    expect(find(scheme('first', ...wide)).tried).toBeNull();
    expect(find({ levels })).toMatchObject({ tried: 0, unreached: ['Routine', 'Watched', 'Critical'] });
  });
});

describe('answers and what is kept', () => {
  test('registers say what they state; what is not stated is not known', () => {
    const use = { autonomy: 'action', personalData: 'not-stated', lawRoles: ['deployer', 'odd'] };
    const said = registeredAnswers(use, { inScope: 'yes' }, []);
    expect(said.get('use-case.autonomy')).toEqual(['action']);
    expect(said.has('use-case.personalData')).toBe(false);
    expect(said.get('use-case.lawRoles')).toEqual(['deployer']);
    expect(said.get('system.inScope')).toEqual(['yes']);
    expect(said.get(lawFact)).toEqual([lawNotAsked]);
    expect(registeredAnswers({}, {}, null).has(lawFact)).toBe(false);
    expect(registeredAnswers({}, {}, ['undetermined']).has(lawFact)).toBe(false);
  });

  test('rows that are kept are read back, none of the list told apart from no answer', () => {
    const { facts } = tierTableOf(
      scheme('first', 'Watched | law.outcomes none minimal', `Critical | ${acts}`),
    );
    const rows = [
      answerRow(lawFact, []),
      answerRow('use-case.autonomy', ['action']),
      answerRow('gone', ['x']),
    ];
    expect(rows[0]).toEqual({ fact: lawFact, answer: noneSaid });
    expect([...answersInRows(facts, rows)]).toEqual([
      [lawFact, []],
      ['use-case.autonomy', ['action']],
    ]);
    expect([...answersInRows(facts, [{ fact: 'use-case.autonomy', answer: 'flying' }, null, 'x'])]).toEqual(
      [],
    );
  });

  const told = new Map([
    ['use-case.autonomy', ['action']],
    ['use-case.personalData', ['yes']],
  ]);
  const keep = (answers: ReadonlyMap<string, string[]>) => {
    const table = tierTableOf(usual('first'));
    const o = { scheme: 'Own tiers', version: schemeVersion('SCH-1', 3), on: '2026-11-22' };
    return tierFields(table, answers, judgeTier(table, answers), o);
  };

  test('the fields of a classification name scheme, version, answers, level, grade and rows', () => {
    expect(keep(told)).toEqual({
      schemeName: 'Own tiers',
      ruleVersion: 'SCH-1 v3',
      classifiedOn: '2026-11-22',
      answers: [
        { fact: 'use-case.autonomy', answer: 'action' },
        { fact: 'use-case.personalData', answer: 'yes' },
      ],
      tier: 'severe',
      tierName: 'Critical',
      openFacts: [],
      certain: [],
      path: ['Row 1: Critical', 'Row 2: Watched', 'Row 3: Routine'],
    });
  });

  test('what is open empties the tier and says what is missing', () => {
    expect(keep(new Map([['use-case.personalData', ['yes']]]))).toMatchObject({
      tier: null,
      tierName: null,
      openFacts: ['Autonomy'],
      certain: ['At least Watched'],
    });
  });

  test('another version changes a stored tier, leaves it, or asks what was never answered', () => {
    const stored = { answers: keep(told).answers, tierName: 'Critical' };
    expect(tierUnder(tierTableOf(usual('severest')), stored)).toBeNull();
    const milder = scheme('first', `Watched | ${personal}`, 'Routine');
    expect(tierUnder(tierTableOf(milder), stored)).toEqual({
      before: 'Critical',
      after: 'Watched',
      open: null,
      asked: [],
    });
    const wider = scheme('first', 'Routine | own.reach any few', `Critical | ${acts}`);
    expect(tierUnder(tierTableOf(wider), stored)).toEqual({
      before: 'Critical',
      after: null,
      open: 'answers',
      asked: ['How many people does it reach?'],
    });
    expect(tierUnder(tierTableOf(usual('first')), { answers: undefined, tierName: null })).toMatchObject({
      before: null,
      after: null,
    });
  });
});
