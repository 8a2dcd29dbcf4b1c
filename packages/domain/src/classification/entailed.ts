import type { Catalogue } from '@throughline/catalogue/types.ts';
import { listOf, type Readable } from '../trace/read.ts';
import { classify } from './classify.ts';
import { readKept } from './read-kept.ts';
import { ruleSetOf } from './rule-set.ts';

type Law = Catalogue['euAiAct'];

/** A duty that signed-off classes lead to, whatever the register says of it. */
export type Entailed = {
  /** Id in the catalogue, such as `OB-27`. */
  readonly item: string;
  /** `YYYY-MM-DD`: of several classes the earliest day. */
  readonly from: string;
  /** Ids of the classes that lead to it. */
  readonly classes: readonly string[];
};

/** Outcomes in law from which nothing beyond the general articles follows. */
const withoutDuties = ['undetermined', 'not-ai-system', 'out-of-scope', 'minimal', 'scope-reduced-foss'];

/** Whether an outcome calls for duties of its own in the register. */
export const callsForDuties = (content: Readable): boolean =>
  listOf(content, 'outcomes').some((outcome) => !withoutDuties.includes(outcome));

/**
 * What the answers of signed-off classes lead to with a day, each duty once, in the order of the law. What the law holds
 * back without a day, what is open still, and a class without answers lead to nothing here.
 */
export function entailedBy(
  law: Law,
  signed: readonly (Readable & { readonly id: string })[],
  today: string,
): Entailed[] {
  const rules = ruleSetOf({ euAiAct: law });
  const found = new Map<string, { from: string; classes: string[] }>();
  for (const one of signed.filter(callsForDuties)) {
    const { answers } = readKept(law.facts, rules.annexIII, one.fields.answers);
    if (answers.size === 0) continue;
    for (const { item, from } of dated(classify(rules, answers, today).obligations)) {
      const known = found.get(item);
      if (!known) found.set(item, { from, classes: [one.id] });
      else {
        known.classes.push(one.id);
        if (from < known.from) known.from = from;
      }
    }
  }
  return law.obligations.flatMap(({ id }) => {
    const one = found.get(id);
    return one ? [{ item: id, ...one }] : [];
  });
}

const dated = (listed: readonly { readonly id: string; readonly from: string | null }[]) =>
  listed.flatMap(({ id, from }) => (from === null ? [] : [{ item: id, from }]));
