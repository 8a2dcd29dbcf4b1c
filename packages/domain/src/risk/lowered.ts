/**
 * Levels rated below those that somebody last decided on: who accepted them, or approved the plan (6.1.3, 8.3); and far
 * below what findings say that the risk carries, as far as nobody decided on it with them in view (6.1.4). Pure.
 */
import { rank } from '../authority.ts';
import { levels, severities } from '../kinds/vocabulary/scales.ts';
import { isHarmful } from '../trace/assessments.ts';
import type { TraceRecord } from '../trace/inputs.ts';
import { cellText, type Readable, textOf } from '../trace/read.ts';
import { carriedInForce, howUnseen } from '../trace/unseen-findings.ts';
import { type Bearer, bearers, bearerWords, type Fields } from './criteria.ts';
import { levelField } from './rate.ts';

/** The points of a rating that such a decision looks at. */
export const decidedPoints = ['current', 'residual'] as const;
export type DecidedPoint = (typeof decidedPoints)[number];

type RatedAt = {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly fields: Fields;
};
/** How a risk stood as somebody last accepted it, or approved a plan for it, whether or not that still stands. */
export type Decision = RatedAt & { readonly as: 'accepted' | 'planned'; readonly links: Readable['links'] };

/** Such a decision, or the least that its findings lead to, of which the worst is named by bearer. */
export type DecidedRating =
  | Decision
  | (RatedAt & { readonly as: 'found'; readonly findings: Readonly<Partial<Record<Bearer, string>>> });

/** The least level that a harm of such severity is rated at without a word: one step and more below it takes a reason. */
const leastLevels: Readonly<Record<string, string>> = { serious: 'moderate', severe: 'high' };

/**
 * What the findings of assessments in force lead to that a risk carries; nothing where none of them weighs so much. Of a
 * finding that whoever decided last had in view, what they agreed to leads where that is less.
 */
export function foundRating(
  risk: Readable,
  assessments: readonly TraceRecord[],
  decided?: Decision,
): DecidedRating | undefined {
  const fields: Record<string, string> = {};
  const findings: Partial<Record<Bearer, string>> = {};
  let at = '';
  for (const finding of carriedInForce(risk, assessments)) {
    const { assessment, number, row, approval } = finding;
    const severity = severities.find(({ id }) => id === cellText(row, 'severity'));
    const bearer: Bearer = cellText(row, 'level') === 'society' ? 'society' : 'individuals';
    const field = levelField('current', bearer);
    const seen = decided && howUnseen({ at: decided.at, content: decided }, finding) === undefined;
    const least = lower(leastLevels[severity?.id ?? ''], seen ? textOf(decided, field) : null);
    const worst = fields[field];
    if (!isHarmful(row) || least === undefined) continue;
    if (worst !== undefined && rank(least) <= rank(worst)) continue;
    fields[field] = least;
    findings[bearer] =
      `effect ${number} of ${assessment.ref}, which it carries, is judged “${severity?.label}”`;
    at = approval.at;
  }
  return at === '' ? undefined : { as: 'found', at, fields, findings };
}

const lower = (least: string | undefined, agreed: string | null): string | undefined =>
  least !== undefined && agreed !== null && rank(agreed) < rank(least) ? agreed : least;

/**
 * Whether a level comes out below the one decided on. One that was taken away counts as the lowest; what lay below it
 * already and goes up, or stays, is not lowered.
 */
export function isLowered(decided: string | null, before: string | null, next: string | null): boolean {
  if (decided === null || next === before) return false;
  if (next === null) return true;
  return rank(next) < rank(decided) && (before === null || rank(next) < rank(before));
}

/**
 * Whether a level is written below what it was decided at or, where findings alone say how bad it is, is rated below that at
 * all: also where it goes up and does not reach it.
 */
export function asksWhy(
  as: DecidedRating['as'],
  decided: string | null,
  { before, next }: { readonly before: string | null; readonly next: string | null },
): boolean {
  if (as !== 'found' || decided === null || next === null || next === before)
    return isLowered(decided, before, next);
  return rank(next) < rank(decided);
}

/** The level that a change lowers so, in words; nothing where it lowers none. */
export function loweredWords(
  decided: DecidedRating,
  { before, next }: { readonly before: Fields; readonly next: Fields },
): string | undefined {
  for (const point of decidedPoints)
    for (const bearer of bearers) {
      const at = (fields: Fields) => textOf({ fields, links: {} }, levelField(point, bearer));
      const [was, is] = [at(decided.fields), at(next)];
      if (was === null || !asksWhy(decided.as, was, { before: at(before), next: is })) continue;
      const falls = is === null ? 'is taken away' : `falls to “${labelOf(is)}”`;
      const comes = decided.as === 'found' && is !== null ? `is “${labelOf(is)}”` : falls;
      return `Its ${point} level for ${bearerWords[bearer]} ${comes}, and ${givenWords(decided, bearer, was)}.`;
    }
  return undefined;
}

function givenWords(decided: DecidedRating, bearer: Bearer, was: string): string {
  if (decided.as === 'found') return decided.findings[bearer] ?? 'it carries a finding that is worse';
  return `${decided.as === 'accepted' ? 'it was accepted' : 'its plan was approved'} at “${labelOf(was)}”`;
}

const labelOf = (level: string): string => levels.find(({ id }) => id === level)?.label ?? level;
