import type { Json } from '../json.ts';
import { notKnownText } from './answer-text.ts';
import { judgeTier, type TierResult } from './judge-tier.ts';
import { answerRow, answersInRows, type TierAnswers } from './tier-facts.ts';
import { levelNamed, type TierTable } from './tier-table.ts';

/** How a record names the version of the scheme that gave its tier. */
export const schemeVersion = (ref: string, version: number): string => `${ref} v${version}`;

/** How a person sees the answers to a fact. */
export const tierWords = (table: TierTable, fact: string): string => {
  const question = table.questions.find(({ id }) => id === fact);
  return question?.ask ?? table.facts.get(fact)?.label ?? fact;
};

/**
 * The fields of a classification that come of a table. What is open empties the tier, so that none stands that the
 * answers no longer carry; the answers are kept as they were when the table was read.
 */
export function tierFields(
  table: TierTable,
  answers: TierAnswers,
  result: TierResult,
  o: {
    readonly scheme: string;
    readonly version: string;
    readonly on: string;
    /** Facts to which it was said that nobody knows yet. */
    readonly notKnown?: ReadonlySet<string>;
  },
): Record<string, Json> {
  const asked = [...table.facts.keys()].flatMap((fact) => {
    const said = answers.get(fact);
    if (said !== undefined) return [answerRow(fact, said)];
    return o.notKnown?.has(fact) ? [{ fact, answer: notKnownText }] : [];
  });
  return {
    schemeName: o.scheme,
    ruleVersion: o.version,
    classifiedOn: o.on,
    answers: asked,
    tier: result.level?.grade ?? null,
    tierName: result.level?.level ?? null,
    openFacts: result.needed.map((fact) => tierWords(table, fact)),
    certain: result.atLeast === null ? [] : [`At least ${result.atLeast.level}`],
    path: result.fits.map(({ row, level, because }) =>
      `Row ${row}: ${level}${because ? `, ${because}` : ''}`.slice(0, 300),
    ),
  };
}

/** What a stored tier says, as it is held against another version of its scheme. */
export type StoredTier = { readonly answers: Json | undefined; readonly tierName: string | null };

/** How another version of a scheme would change a stored tier. */
export type TierChange = {
  readonly before: string | null;
  /** `null` where no tier comes out: answers are missing, or no row covers them. */
  readonly after: string | null;
  readonly open: TierResult['open'];
  /** Facts that the other version asks and that were not kept, in words. */
  readonly asked: readonly string[];
};

/**
 * Holds a stored tier against a table: the answers stand as they were given, and only the rows change. `null` where the
 * tier stays what it is.
 */
export function tierUnder(table: TierTable, stored: StoredTier): TierChange | null {
  const result = judgeTier(table, answersInRows(table.facts, stored.answers));
  const before = stored.tierName;
  const same = before !== null && result.level !== null && levelNamed(table, before) === result.level;
  return same
    ? null
    : {
        before,
        after: result.level?.level ?? null,
        open: result.open,
        asked: result.needed.map((fact) => tierWords(table, fact)),
      };
}
