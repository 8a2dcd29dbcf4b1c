/**
 * How much is at stake where a system, or one use of it, is let through: the worst of its classes and of its open risks
 * (5.3, 8.1). Authority over uses and releases is held up to a level, so that every approval of them asks for one.
 */
import { type AuthorityLevel, authorityLevels } from '@throughline/catalogue/vocabulary.ts';
import { inForce } from '../approvals.ts';
import { type AtStake, highestLevel, rank } from '../authority.ts';
import type { TraceRecord } from './inputs.ts';
import { linksOf, listOf, textOf } from './read.ts';
import { isOngoing } from './use-cases.ts';

/** What a system's level is read from. */
export const stakeKinds: readonly string[] = ['use-case', 'classification', 'risk'];

type Part = Pick<
  TraceRecord,
  'id' | 'kind' | 'state' | 'archived' | 'fields' | 'links' | 'approvals' | 'inForce'
>;

/** Levels that outcomes of law stand for at least; one that is not here has no class of its own. */
const ofLaw: Readonly<Record<string, AuthorityLevel>> = {
  prohibited: 'severe',
  'prohibited-soon': 'severe',
  'high-risk-annex-i-a': 'high',
  'high-risk-annex-i-b': 'high',
  'high-risk-annex-iii': 'high',
  'legacy-high-risk': 'high',
  'fria-required': 'high',
  'gpai-systemic': 'high',
  'annex-iii-derogated': 'moderate',
  gpai: 'moderate',
  'becomes-provider': 'moderate',
  't-interaction': 'moderate',
  't-marking': 'moderate',
  't-marking-transition': 'moderate',
  't-emotion': 'moderate',
  't-deepfake': 'moderate',
  't-deepfake-artistic': 'moderate',
  't-public-text': 'moderate',
  minimal: 'low',
  'not-ai-system': 'low',
  'out-of-scope': 'low',
  'scope-reduced-foss': 'low',
};

/**
 * The level of a system by its own records, or of the use case given alone beside the system's risks. Only what was
 * signed off is a class. What is not known counts as the highest: no use on record, a use without class or with an
 * undetermined one, an open risk that nobody rated.
 */
export function atStake(own: readonly Part[], use: string | null = null): AtStake {
  const kept = own.filter((record) => !record.archived);
  const of = (kind: string) => kept.filter((record) => record.kind === kind);
  const uses =
    use === null
      ? of('use-case')
          .filter(isOngoing)
          .map(({ id }) => id)
      : [use];
  if (uses.length === 0) return { level: highestLevel, open: 'use' };
  const signed = of('classification').filter(
    (record) => record.state !== 'withdrawn' && inForce(record.approvals),
  );
  const levels: AuthorityLevel[] = [];
  for (const id of uses) {
    const given = signed
      .map((record) => record.inForce ?? record)
      .filter((one) => linksOf(one, 'useCase').includes(id));
    const classes = given.map(classLevel).filter((one) => one !== 'silent');
    if (classes.length === 0 || classes.includes('undetermined'))
      return { level: highestLevel, open: 'class' };
    levels.push(...classes.flatMap((one) => (one === 'undetermined' ? [] : [one])));
  }
  const risks = of('risk').filter(({ state }) => state !== 'closed');
  for (const risk of risks) {
    const level = levelNamed(textOf(risk, 'currentLevel'));
    if (level === null) return { level: highestLevel, open: 'rating' };
    levels.push(level);
  }
  return { level: levels.reduce((worst, one) => (rank(one) > rank(worst) ? one : worst)), open: null };
}

/** What a class says of a level: `silent` for a scheme whose outcomes have none. */
function classLevel(content: Pick<Part, 'fields' | 'links'>): AuthorityLevel | 'undetermined' | 'silent' {
  switch (textOf(content, 'scheme')) {
    case 'own-tier':
      return levelNamed(textOf(content, 'tier')) ?? 'undetermined';
    case 'eu-ai-act': {
      const outcomes = listOf(content, 'outcomes');
      if (outcomes.length === 0 || outcomes.includes('undetermined')) return 'undetermined';
      return outcomes
        .map((one) => ofLaw[one] ?? highestLevel)
        .reduce((worst, one) => (rank(one) > rank(worst) ? one : worst));
    }
    default:
      return 'silent';
  }
}

const levelNamed = (name: string | null): AuthorityLevel | null =>
  authorityLevels.find((level) => level === name) ?? null;
