import type { Content } from './kinds/kind.ts';

/**
 * A finding between whoever raised it and those it is about (9.2.1, 9.2.2): these answer, and others say what it is
 * worth and whether the answer is enough.
 */

/** Fields in which those audited say what they think of a finding and what they do about it. */
export const answerParts: readonly string[] = [
  'agreed',
  'objection',
  'followUp',
  'answer',
  'answeredOn',
  'evidence',
];

/** Whoever wrote these answered. */
export const answering: readonly string[] = ['answer'];

export type JudgedAct =
  | { readonly act: 'edit'; readonly changed: readonly string[] }
  | { readonly act: 'close' }
  | { readonly act: 'archive' };

/** Who somebody is to a finding. */
export type Hands = {
  readonly owner: boolean;
  readonly systemOwner: boolean;
  /** They wrote the answer. */
  readonly answered: boolean;
  readonly raised: boolean;
};

/** A finding as it stands. */
export type Found = { readonly state: string; readonly fields: Content['fields'] };

/** Why somebody may not do this to a finding, in words; nothing when they may. */
export function auditedObstacle(
  act: JudgedAct,
  { state, fields }: Found,
  { owner, systemOwner, answered, raised }: Hands,
): string | undefined {
  const who = owner
    ? 'You answer this finding'
    : systemOwner
      ? 'You answer for the system that it is about'
      : undefined;
  if (act.act === 'edit')
    return who !== undefined && act.changed.some((part) => !answerParts.includes(part))
      ? `${who}: you write the answer, and what was found is left to others.`
      : undefined;
  const done = act.act === 'close' ? 'closes it' : 'archives it';
  if (who !== undefined) return `${who}, so somebody else ${done}.`;
  if (answered) return `You wrote the answer, so somebody else ${done}.`;
  const weighs = fields.grade === 'major' || fields.grade === 'minor';
  return act.act === 'archive' && weighs && 'raisedBy' in fields && !raised && state !== 'closed'
    ? 'It is not closed, so whoever raised it archives it.'
    : undefined;
}
