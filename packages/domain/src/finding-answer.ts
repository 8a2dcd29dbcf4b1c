import type { Content } from './kinds/kind.ts';

/**
 * What auditors say, between whoever says it and those it is about (9.2.1, 9.2.2): these answer findings, and others say
 * what a finding is worth, whether the answer is enough, and whether a report is opened or taken away again.
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
  | { readonly act: 'close' | 'archive' | 'reopen' };

/** Who somebody is to what was said. */
export type Hands = {
  readonly owner: boolean;
  /** An earlier version named them its owner: handing it on makes nobody a stranger. */
  readonly owned: boolean;
  readonly systemOwner: boolean;
  /** They wrote the answer. */
  readonly answered: boolean;
  readonly raised: boolean;
  /** They wrote, approved or owned something of what was audited, in its period. */
  readonly area: boolean;
};

/** A finding or an audit as it stands. */
export type Said = { readonly kind: string; readonly state: string; readonly fields: Content['fields'] };

/** Whether an act on a finding is held against who is audited beyond the finding itself. */
export const asksArea = ({ kind, state }: Pick<Said, 'kind' | 'state'>, act: JudgedAct): boolean =>
  kind === 'audit'
    ? state === 'reported' && act.act !== 'edit'
    : act.act === 'edit' && act.changed.some((part) => !answerParts.includes(part));

/** The act that a step of the life cycle is, where whoever is audited does not take it. */
export const stepAsAct = (kind: string, transition: string): JudgedAct | undefined =>
  kind === 'finding' && transition === 'close'
    ? { act: 'close' }
    : kind === 'audit' && transition === 'reopen'
      ? { act: 'reopen' }
      : undefined;

const doneWith = { close: 'closes it', archive: 'archives it', reopen: 'opens it again' } as const;

/** Why somebody may not do this to a finding or an audit, in words; nothing when they may. */
export function auditedObstacle(act: JudgedAct, said: Said, hands: Hands): string | undefined {
  if (said.kind === 'audit')
    return act.act !== 'edit' && asksArea(said, act) && hands.area
      ? `You had a part in what was audited, so somebody else ${doneWith[act.act]}.`
      : undefined;
  const { owner, owned, systemOwner, answered, raised, area } = hands;
  const who = owner
    ? 'You answer this finding'
    : systemOwner
      ? 'You answer for the system that it is about'
      : undefined;
  if (act.act === 'edit') {
    const audited =
      who ??
      (raised
        ? undefined
        : owned
          ? 'You answered this finding'
          : area
            ? 'You had a part in what was audited'
            : undefined);
    return audited !== undefined && asksArea(said, act)
      ? `${audited}: you write the answer, and what was found is left to others.`
      : undefined;
  }
  const done = doneWith[act.act];
  if (who !== undefined) return `${who}, so somebody else ${done}.`;
  if (owned) return `You answered this finding, so somebody else ${done}.`;
  if (answered) return `You wrote the answer, so somebody else ${done}.`;
  const weighs = said.fields.grade === 'major' || said.fields.grade === 'minor';
  return act.act === 'archive' && weighs && 'raisedBy' in said.fields && !raised && said.state !== 'closed'
    ? 'It is not closed, so whoever raised it archives it.'
    : undefined;
}
