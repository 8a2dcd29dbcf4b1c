import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { describe, expect, test } from 'vitest';
import { readAnswers } from './answers.ts';
import { type Classified, classify } from './classify.ts';
import { dutyFields, planRegister, type RegisteredDuty, type RegisterPlan } from './register-plan.ts';
import { ruleSetOf } from './rule-set.ts';

const catalogue = loadCatalogue();
const law = catalogue.euAiAct;
const ruleSet = ruleSetOf(catalogue);
const today = '2026-11-21';
const outcomeOf = (id: string): Classified => {
  const found = law.test_cases.find((one) => one.id === id);
  return classify(ruleSet, readAnswers(law.facts, ruleSet.annexIII, found?.facts ?? {}), today);
};
const of = (plan: RegisterPlan, item: string) => plan.duties.find((duty) => duty.item === item);

/** The register after a plan was carried out. */
const after = (plan: RegisterPlan): RegisteredDuty[] =>
  plan.duties.flatMap(({ item, from, record, does }) =>
    does === 'hold' ? [] : [{ id: record ?? `new ${item}`, item, appliesFrom: from, over: false }],
  );
const banker = outcomeOf('TC45');
const final = law.test_cases
  .map(({ id }) => ({ id, outcome: outcomeOf(id) }))
  .filter(({ outcome }) => outcome.status === 'final');

describe('what goes into the register', () => {
  test('an empty register is to hold each obligation that has its day, once, in the order of the law', () => {
    const plan = planRegister(law, [banker], []);
    expect(new Set(plan.duties.map(({ does }) => does))).toEqual(new Set(['add']));
    expect(of(plan, 'OB-27')).toEqual({
      item: 'OB-27',
      does: 'add',
      from: '2027-12-02',
      because: null,
      record: null,
      before: null,
    });
    const order = law.obligations.map(({ id }) => id);
    const places = plan.duties.map(({ item }) => order.indexOf(item));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(plan.fellAway).toEqual([]);
  });

  test.each(final)('a second run after $id writes nothing twice and moves nothing', ({ outcome }) => {
    const first = planRegister(law, [outcome], []);
    const second = planRegister(law, [outcome], after(first));
    expect(second.duties.filter(({ does }) => does === 'add' || does === 'move')).toEqual([]);
    expect(second.fellAway).toEqual([]);
    expect(second.duties.map(({ item }) => item)).toEqual(first.duties.map(({ item }) => item));
  });

  test('what a person recorded by hand is used, and moved to the day of the law', () => {
    const byHand = { id: 'o1', item: 'OB-27', appliesFrom: '2026-08-02', over: false };
    const plan = planRegister(law, [banker], [byHand]);
    expect(of(plan, 'OB-27')).toMatchObject({
      does: 'move',
      record: 'o1',
      before: '2026-08-02',
      from: '2027-12-02',
    });
    const undated = planRegister(law, [banker], [{ ...byHand, appliesFrom: null }]);
    expect(of(undated, 'OB-27')).toMatchObject({ does: 'move', before: null });
  });

  test('of two records for one obligation the first counts, and one that ended does not', () => {
    const duty = { id: 'o1', item: 'OB-27', appliesFrom: '2027-12-02', over: false };
    expect(of(planRegister(law, [banker], [duty, { ...duty, id: 'o2' }]), 'OB-27')?.record).toBe('o1');
    const ended = planRegister(law, [banker], [{ ...duty, over: true }]);
    expect(of(ended, 'OB-27')).toMatchObject({ does: 'add', record: null });
    expect(ended.fellAway).toEqual([]);
  });

  test('uses of one system share a duty, and the earliest day binds', () => {
    const early = { ...banker, obligations: banker.obligations.map((one) => ({ ...one })) };
    const other: Classified = {
      ...early,
      obligations: early.obligations.map((one) =>
        one.id === 'OB-27' ? { ...one, from: '2026-12-02', status: 'upcoming' as const } : one,
      ),
    };
    for (const both of [
      [banker, other],
      [other, banker],
    ]) {
      const plan = planRegister(law, both, []);
      expect(plan.duties.filter(({ item }) => item === 'OB-27')).toMatchObject([{ from: '2026-12-02' }]);
    }
  });

  test('what is held back without a day is shown and not written; a day of another use wins', () => {
    const held: Classified = {
      ...banker,
      obligations: banker.obligations.map((one) =>
        one.id === 'OB-27'
          ? { ...one, from: null, status: 'dormant' as const, because: 'Older than the law' }
          : one,
      ),
    };
    expect(of(planRegister(law, [held], []), 'OB-27')).toMatchObject({
      does: 'hold',
      from: null,
      because: 'Older than the law',
    });
    expect(of(planRegister(law, [held, banker], []), 'OB-27')).toMatchObject({ does: 'add' });
    // It stands in the register already: it has not fallen away, and its day is not taken from it.
    const duty = { id: 'o1', item: 'OB-27', appliesFrom: '2027-12-02', over: false };
    expect(planRegister(law, [held], [duty]).fellAway).toEqual([]);
  });

  test('what depends on answers that are missing is neither written nor fallen away', () => {
    const open: Classified = {
      ...banker,
      obligations: banker.obligations.map((one) =>
        one.id === 'OB-27' ? { ...one, from: null, status: 'open' as const } : one,
      ),
    };
    const duty = { id: 'o1', item: 'OB-27', appliesFrom: '2027-12-02', over: false };
    const plan = planRegister(law, [open], [duty]);
    expect(of(plan, 'OB-27')).toBeUndefined();
    expect(plan.fellAway).toEqual([]);
  });
});

describe('what fell away', () => {
  const full = after(planRegister(law, [banker], []));

  test('duties of the law that no outcome leads to any more are named, each of them', () => {
    const minimal = final.find(({ outcome }) => outcome.outcomes.join() === 'minimal')?.outcome;
    const plan = planRegister(law, minimal ? [minimal] : [], full);
    const left = new Set(plan.duties.map(({ item }) => item));
    expect(plan.fellAway.map(({ item }) => item)).toEqual(
      full.map(({ item }) => item).filter((item) => !left.has(item)),
    );
    expect(plan.fellAway.length).toBeGreaterThan(10);
  });

  test('duties of other laws, and those that ended, are left out of it', () => {
    const others = [
      { id: 'o1', item: 'A.8.5', appliesFrom: null, over: false },
      { id: 'o2', item: 'OB-27', appliesFrom: null, over: true },
    ];
    expect(planRegister(law, [], others)).toEqual({ duties: [], fellAway: [] });
  });
});

describe('how a duty is written', () => {
  const plan = planRegister(law, [banker], []);

  test('with its article, its day, what is owed and the records that show it, and not as met', () => {
    const duty = of(plan, 'OB-27');
    if (!duty) throw new Error('The case leads to no OB-27');
    const fields = dutyFields(law, duty, 'm1', (kind) => kind.toUpperCase());
    expect(fields).toMatchObject({
      source: 'law',
      act: 'Regulation (EU) 2024/1689',
      provision: 'Art. 27',
      item: 'OB-27',
      appliesFrom: '2027-12-02',
      owner: 'm1',
    });
    expect(fields.content).toContain('Shown by: impact-assessment');
    expect(fields).not.toHaveProperty('metOn');
  });

  test('an obligation that the rules do not know is an error of ours', () => {
    const [duty] = plan.duties;
    if (!duty) throw new Error('The case leads to no duty');
    expect(() => dutyFields(law, { ...duty, item: 'OB-0' }, null, String)).toThrow('OB-0');
  });
});
