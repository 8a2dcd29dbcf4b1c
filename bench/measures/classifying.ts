import { readAnswers } from '@throughline/domain/classification/answers.ts';
import { classify } from '@throughline/domain/classification/classify.ts';
import { ruleSetOf } from '@throughline/domain/classification/rule-set.ts';
import { type Measure, single } from '../result.ts';

const uses = 10_000;

/** Uses classified under the EU AI Act: the cases of the catalogue in turn, each from its answers as they are sent. */
export const classifying: Measure = {
  name: 'classifying',
  run: async ({ services: { catalogue } }) => {
    const ruleSet = ruleSetOf(catalogue);
    const { facts, test_cases: cases } = catalogue.euAiAct;
    const began = performance.now();
    let obligations = 0;
    for (let n = 0; n < uses; n += 1) {
      const sent = cases[n % cases.length]?.facts ?? {};
      const result = classify(ruleSet, readAnswers(facts, ruleSet.annexIII, sent), '2026-11-21');
      obligations += result.obligations.length;
    }
    const seconds = (performance.now() - began) / 1000;
    const note = `${cases.length} cases in turn, ${obligations} obligations listed`;
    const target = { of: 'max', atMost: 2 } as const;
    return [single({ name: `${uses} use cases classified`, concurrency: 1, target, note }, 's', seconds)];
  },
};
