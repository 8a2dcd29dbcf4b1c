import { expect, test } from 'vitest';
import { act, approved, record } from '../../test/trace/kit.ts';
import { outcomesDiffer } from './apart.ts';
import { classesOfUse } from './side-by-side.ts';

const said = (...outcomes: string[]) => ({ fields: { outcomes }, links: {} });

test('classes agree that say the same in whatever order; one that says more than another contradicts it', () => {
  expect(outcomesDiffer([])).toBe(false);
  expect(outcomesDiffer([said('minimal')])).toBe(false);
  expect(
    outcomesDiffer([
      said('high-risk-annex-iii', 't-interaction'),
      said('t-interaction', 'high-risk-annex-iii'),
    ]),
  ).toBe(false);
  expect(outcomesDiffer([said('high-risk-annex-iii'), said('high-risk-annex-iii', 't-interaction')])).toBe(
    true,
  );
  expect(outcomesDiffer([said('minimal'), said('minimal'), said('prohibited')])).toBe(true);
});

const table = {
  id: 'sch-1',
  ref: 'SCH-1',
  title: 'Own tiers',
  version: 1,
  fields: {
    method: 'table',
    levels: [{ level: 'Mild' }, { level: 'Hard' }],
    rules: [
      { row: '1', level: 'Hard' },
      { row: '2', level: 'Mild' },
    ],
    conditions: [{ row: '1', fact: 'law.outcomes', test: 'any', values: 'high-risk-annex-iii' }],
  },
};
const classed = (id: string, outcome: string, signed = true) =>
  record('classification', id, {
    ...(signed ? approved : {}),
    fields: { scheme: 'eu-ai-act', outcomes: [outcome] },
    links: { useCase: ['uc-1'] },
  });
const beside = (...own: ReturnType<typeof classed>[]) => {
  const { schemes } = classesOfUse({
    use: record('use-case', 'uc-1'),
    system: null,
    own,
    find: (id) => own.find((one) => one.id === id),
    schemes: [table],
    period: null,
  });
  const [law, tiers] = schemes;
  return { apart: law?.apart, tier: tiers?.tier?.result.level?.level ?? null };
};

test('a decision table takes every class in law that counts, so that the milder one takes nothing back', () => {
  const mild = classed('cla-1', 'minimal');
  expect(beside(mild)).toEqual({ apart: false, tier: 'Mild' });
  expect(beside(mild, classed('cla-2', 'high-risk-annex-iii'))).toEqual({ apart: true, tier: 'Hard' });
  expect(beside(mild, classed('cla-2', 'high-risk-annex-iii', false))).toEqual({
    apart: false,
    tier: 'Mild',
  });
  expect(beside(classed('cla-2', 'high-risk-annex-iii', false))).toEqual({ apart: false, tier: null });
});

test('what a file states of the law leads to no class until somebody answers', () => {
  const unanswered = (one: ReturnType<typeof classed>) =>
    classesOfUse({
      ...{ use: record('use-case', 'uc-1'), system: null, own: [one], find: () => one },
      ...{ schemes: [], period: null },
    }).schemes[0]?.classes.map((each) => each.unanswered);
  const stated = classed('cla-1', 'minimal', false);
  expect(unanswered(stated)).toEqual([true]);
  const answered = { ...stated, fields: { ...stated.fields, answers: [{ fact: 'roles', answer: 'none' }] } };
  expect(unanswered(answered)).toEqual([false]);
  expect(unanswered(classed('cla-1', 'minimal'))).toEqual([false]);
});

test('a class that was withdrawn counts for nothing, and says what it was', () => {
  const gone = {
    ...classed('cla-2', 'prohibited', false),
    state: 'withdrawn',
    updatedAt: '2026-05-04T08:00:00Z',
  };
  const taken = act('withdraw', { at: '2026-05-03T08:00:00Z', by: 'boss' });
  const back = { ...taken, reason: 'An answer was guessed' };
  const signed = { ...gone, approvals: [...approved.approvals, back] };
  const shown = (one: ReturnType<typeof classed>) => {
    const { schemes, loose } = classesOfUse({
      ...{
        use: record('use-case', 'uc-1'),
        system: null,
        own: [one],
        find: () => one,
        schemes: [],
        period: null,
      },
    });
    expect(loose).toEqual([]);
    expect(schemes[0]?.classes).toEqual([]);
    return schemes[0]?.withdrawn.map(({ takenBack, signedOff }) => ({ ...takenBack, now: signedOff }));
  };
  expect(shown(gone)).toMatchObject([
    { now: false, signedOff: false, by: null, reason: null, at: '2026-05-04T08:00:00.000Z' },
  ]);
  expect(shown(signed)).toMatchObject([
    {
      ...{ now: false, signedOff: true, by: 'boss', reason: 'An answer was guessed' },
      ...{ at: '2026-05-03T08:00:00.000Z', said: { fields: { outcomes: ['prohibited'] } } },
    },
  ]);
});
