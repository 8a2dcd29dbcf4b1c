import { loadCatalogue } from '@throughline/catalogue/load.ts';
import type { LawFact } from '@throughline/catalogue/types.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { notKnown } from './answer-text.ts';
import { type Answer, type Answers, notKnownIn, readAnswers, valuesOf } from './answers.ts';
import { type Classified, classify } from './classify.ts';
import { keptFields } from './keep.ts';
import { readKept } from './read-kept.ts';
import { ruleSetOf } from './rule-set.ts';

const catalogue = loadCatalogue();
const ruleSet = ruleSetOf(catalogue);
const today = '2026-11-21';
const days = ['2023-05-10', '2026-08-01', '2026-12-02', '2027-12-02', '2028-08-02', '2029-01-01'];

/** Any answer that a fact takes. */
function answerTo(fact: LawFact): fc.Arbitrary<Answer> {
  const values = valuesOf(fact, ruleSet.annexIII);
  switch (fact.type) {
    case 'bool':
      return fc.boolean();
    case 'number':
      return fc.constantFrom(0, 1e24, 1e25, 3e25);
    case 'date':
      return fc.constantFrom(...days, ...(fact.special ?? []));
    case 'enum':
      return fc.constantFrom(...values);
    case 'multi':
      return fc.oneof(
        fc.constant(['none']),
        fc.uniqueArray(fc.constantFrom(...values.filter((value) => value !== 'none')), {
          minLength: 1,
          maxLength: 3,
        }),
      );
  }
}

const ruleFacts = catalogue.euAiAct.facts;
const facts = ruleSet.facts.map(({ fact }) => fact).filter((fact) => fact.id !== 'evaluation_date');
/** A whole sheet of answers, of which a test takes some; and a day to read the law for. */
const sheet = fc.tuple(
  fc.record(Object.fromEntries(facts.map((fact) => [fact.id, answerTo(fact)]))),
  fc.constantFrom(today, ...days.slice(2)),
);
const runs = { numRuns: 400 };

/** Answers what is needed, one question after the other, as a person in the interview does. */
function interviewed(all: Readonly<Record<string, Answer>>, on: string): Classified[] {
  const answers = new Map<string, Answer>();
  const results: Classified[] = [];
  for (let asked = 0; asked <= facts.length; asked += 1) {
    const result = classify(ruleSet, answers, on);
    results.push(result);
    const [next] = result.needed;
    const answer = next === undefined ? undefined : all[next];
    if (next === undefined || answer === undefined) break;
    answers.set(next, answer);
  }
  return results;
}

test('an empty form is undetermined, never minimal, and begins with what AI is', () => {
  const result = classify(ruleSet, new Map(), today);
  expect(result).toMatchObject({ status: 'undetermined', outcomes: ['undetermined'], atLeast: [] });
  expect(result.needed).toEqual(['meets_ai_definition']);
  expect(result.obligations.every(({ status }) => status === 'open')).toBe(true);
});

test('answering what is asked always ends in a final result, or in a contradiction that is named', () => {
  fc.assert(
    fc.property(sheet, ([all, on]) => {
      const last = interviewed(all, on).at(-1);
      if (last?.status === 'contradiction') expect(last.contradictions.length).toBeGreaterThan(0);
      else expect(last).toMatchObject({ status: 'final', needed: [] });
    }),
    runs,
  );
});

test('a final result leaves nothing open: every rule is decided, every obligation has its status', () => {
  fc.assert(
    fc.property(sheet, ([all, on]) => {
      const last = interviewed(all, on).at(-1);
      if (last?.status !== 'final') return;
      expect(last.path.filter(({ truth }) => truth === null)).toEqual([]);
      expect(last.obligations.filter(({ status }) => status === 'open')).toEqual([]);
      expect(last.outcomes.length).toBeGreaterThan(0);
      expect(last.outcomes).not.toContain('undetermined');
    }),
    runs,
  );
});

test('nothing but undetermined is said before the last answer that could matter', () => {
  fc.assert(
    fc.property(sheet, ([all, on]) => {
      for (const result of interviewed(all, on).slice(0, -1))
        expect(result).toMatchObject({ status: 'undetermined', outcomes: ['undetermined'] });
    }),
    runs,
  );
});

test('what is certain early stays: no later answer leads to anything milder', () => {
  const severity = (ids: readonly string[]) => Math.max(0, ...ids.map((id) => ruleSet.severity.get(id) ?? 0));
  const some = fc.tuple(sheet, fc.subarray(facts.map((fact) => fact.id)));
  fc.assert(
    fc.property(some, ([[all, on], given]) => {
      const answers: Answers = new Map(given.flatMap((id) => (all[id] === undefined ? [] : [[id, all[id]]])));
      const early = classify(ruleSet, answers, on);
      if (early.atLeast.length === 0) return;
      const whole = new Map(Object.entries(all));
      const last = classify(ruleSet, whole, on);
      if (last.status !== 'final') return;
      expect(severity(last.outcomes)).toBeGreaterThanOrEqual(severity(early.atLeast));
    }),
    { numRuns: 2_000 },
  );
});

test('an answer that decides nothing any more is named, and taking it away changes nothing', () => {
  fc.assert(
    fc.property(sheet, ([all, on]) => {
      const whole = classify(ruleSet, new Map(Object.entries(all)), on);
      if (whole.status !== 'final') return;
      const kept = Object.entries(all).filter(([id]) => !whole.idle.includes(id));
      expect(classify(ruleSet, new Map(kept), on)).toMatchObject({
        outcomes: whole.outcomes,
        obligations: whole.obligations,
        idle: [],
      });
    }),
    { numRuns: 1_000 },
  );
});

test('the same answers give the same result, in whatever order they came', () => {
  fc.assert(
    fc.property(sheet, ([all, on]) => {
      const forwards = classify(ruleSet, new Map(Object.entries(all)), on);
      const backwards = classify(ruleSet, new Map(Object.entries(all).reverse()), on);
      expect(backwards).toEqual(forwards);
    }),
    { numRuns: 100 },
  );
});

test('what nobody knows yet decides as little as what is left out, and is there again where it was kept', () => {
  const ids = facts.map((fact) => fact.id);
  fc.assert(
    fc.property(sheet, fc.subarray(ids), fc.subarray(ids), ([all, on], given, open) => {
      const some = Object.fromEntries(given.map((id) => [id, all[id]]));
      const unknown = open.filter((id) => !given.includes(id));
      const sent = { ...some, ...Object.fromEntries(unknown.map((id) => [id, notKnown])) };
      const answers = readAnswers(ruleFacts, ruleSet.annexIII, sent);
      const without = classify(ruleSet, readAnswers(ruleFacts, ruleSet.annexIII, some), on);
      const result = classify(ruleSet, answers, on);
      expect(result).toEqual(without);
      const law = catalogue.euAiAct;
      const kept = keptFields(law, answers, new Map(), result, notKnownIn(sent));
      const plain = keptFields(law, answers, new Map(), without);
      expect({ ...kept, answers: null }).toEqual({ ...plain, answers: null });
      const read = readKept(ruleFacts, ruleSet.annexIII, kept.answers);
      expect([...read.notKnown].sort()).toEqual([...unknown].sort());
      expect(read).toMatchObject({ answers, unread: [] });
    }),
    runs,
  );
});

test('a case of the catalogue of which one needed answer is not known yet has no class', () => {
  for (const one of catalogue.euAiAct.test_cases) {
    if (one.expect_error || one.expect.includes('undetermined')) continue;
    const sent = { ...one.facts, meets_ai_definition: notKnown };
    const result = classify(ruleSet, readAnswers(ruleFacts, ruleSet.annexIII, sent), today);
    expect(result, one.id).toMatchObject({ status: 'undetermined', needed: ['meets_ai_definition'] });
  }
});
