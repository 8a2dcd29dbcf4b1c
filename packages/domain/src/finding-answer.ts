import type { Content } from './kinds/kind.ts';

/**
 * What auditors, testers and verifiers say, between whoever says it and those it is about (9.2.1, 9.2.2, A.6.2.4): these
 * answer findings, and others say what a finding is worth, whether the answer is enough, whether an audit goes on, and
 * whether a report, a test or a verdict is opened or taken away again.
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

/** Fields of a running audit in which those audited answer it. */
const auditeeParts: readonly string[] = ['auditeeResponse', 'auditeeNote'];

/** Whoever wrote these answered. */
export const answering: readonly string[] = ['answer'];

export type JudgedAct =
  | { readonly act: 'edit'; readonly changed: readonly string[] }
  | { readonly act: 'close' | 'archive' | 'reopen' | 'cancel' };

/** Who somebody is to what was said. */
export type Hands = {
  readonly owner: boolean;
  /** An earlier version named them its owner: handing it on makes nobody a stranger. */
  readonly owned: boolean;
  readonly systemOwner: boolean;
  /** They wrote the answer. */
  readonly answered: boolean;
  readonly raised: boolean;
  /** They wrote, approved or owned something of what was audited, in its period, or did the testing that was judged. */
  readonly area: boolean;
  /** What was found here is on record: it was concluded, now or before it was opened again. */
  readonly found?: boolean;
  /** It is their word that was found. */
  readonly gave?: boolean;
};

/** A finding, an audit, a walk, a test or a verification as it stands. */
export type Said = { readonly kind: string; readonly state: string; readonly fields: Content['fields'] };

/** States of a walk, a test or a verification in which it says nothing, not yet or not any more. */
const unsaid: readonly string[] = ['planned', 'cancelled', 'dropped', 'called-off'];

/** Whether an act is held against whoever is audited, beyond the finding itself. */
export const asksArea = ({ kind, state }: Pick<Said, 'kind' | 'state'>, act: JudgedAct): boolean => {
  const beyond = (parts: readonly string[]): boolean =>
    act.act === 'edit' && act.changed.some((part) => !parts.includes(part));
  if (kind === 'finding') return beyond(answerParts) || (act.act === 'archive' && state !== 'closed');
  // A walk is drawn by lot: taking a drawn one away chooses another system. A test that is planned says nothing yet.
  if (kind !== 'audit') return act.act !== 'edit' && !unsaid.includes(state);
  return act.act === 'edit'
    ? state === 'under-way' && beyond(auditeeParts)
    : state === 'under-way' || state === 'reported';
};

/** What is looked at by what is concluded, as a refusal says it. */
const looking: Readonly<Record<string, string>> = {
  walk: 'walked',
  'control-test': 'tested',
  verification: 'verified, or in its testing',
};

/** The state in which what was begun is stopped without a word on it. */
const stopped: Readonly<Record<string, string>> = {
  walk: 'dropped',
  'control-test': 'cancelled',
  verification: 'called-off',
};

/** The act that going from one state to another is, by a step or by taking one back, where those audited do not do it. */
export function moveAsAct(kind: string, from: string, to: string): JudgedAct | undefined {
  if (kind === 'finding' && to === 'closed') return { act: 'close' };
  if (to === stopped[kind]) return { act: 'cancel' };
  if (from === 'concluded' && Object.hasOwn(looking, kind)) return { act: 'reopen' };
  if (kind !== 'audit') return undefined;
  if (from === 'under-way' && to !== 'reported') return { act: 'cancel' };
  return to === 'under-way' && from !== 'planned' ? { act: 'reopen' } : undefined;
}

const doneWith = {
  close: 'closes it',
  archive: 'archives it',
  reopen: 'opens it again',
  cancel: 'stops it',
} as const;

/** Why somebody may not do this to what auditors, walkers, testers or verifiers said, in words; nothing when they may. */
export function auditedObstacle(act: JudgedAct, said: Said, hands: Hands): string | undefined {
  if (said.kind !== 'finding') {
    if (act.act === 'archive' && hands.found && hands.gave)
      return 'What was found here is your word, so somebody else archives it.';
    if (!hands.area || !(asksArea(said, act) || (act.act === 'archive' && hands.found))) return undefined;
    return act.act === 'edit'
      ? 'You had a part in what is audited: you write your answer, and the rest is left to the auditors.'
      : `You had a part in what is ${looking[said.kind] ?? 'audited'}, so somebody else ${doneWith[act.act]}.`;
  }
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
  if (area && !raised && asksArea(said, act))
    return `You had a part in what was audited, so somebody else ${done}.`;
  const weighs = said.fields.grade === 'major' || said.fields.grade === 'minor';
  return act.act === 'archive' && weighs && 'raisedBy' in said.fields && !raised && said.state !== 'closed'
    ? 'It is not closed, so whoever raised it archives it.'
    : undefined;
}
