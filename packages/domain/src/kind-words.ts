import type { RecordAct, refusedBy } from './permissions.ts';

/** A kind's name inside a sentence: small, unless it begins with capitals of its own ("AI system"). */
export const inSentence = (label: string): string =>
  /^\p{Lu}\p{Lu}/u.test(label) ? label : `${label.charAt(0).toLowerCase()}${label.slice(1)}`;

/** Kinds in a sentence that has only their ids, such as those that no release declares yet: "risk criteria, waiver". */
export const kindWords = (kinds: readonly string[]): string =>
  kinds.map((kind) => kind.replaceAll('-', ' ')).join(', ');

type Sealed = { readonly andOf?: object | undefined };

const verbs: Partial<Record<RecordAct, string>> = {
  transition: 'take the steps of',
  comment: 'comment on',
  erase: 'erase the content of',
};

/** Why permissions refuse an act on a record of a kind, or on its whole register where `these` are named. */
export function refusalWords(
  act: RecordAct,
  what: { readonly label: string; readonly sealed?: Sealed | undefined } | { readonly these: string },
  by: ReturnType<typeof refusedBy> = 'roles',
): string {
  if (by === 'place') return notInPlace;
  const object = 'these' in what ? inSentence(what.these) : `this ${inSentence(what.label)}`;
  const doIt = `${verbs[act] ?? act} ${object}.`;
  if (by === 'scope') return `The scope of this token does not let it ${doIt}`;
  const way = act === 'erase' && 'sealed' in what && what.sealed ? ` ${sealedWay(what.sealed)}` : '';
  return `Your roles do not let you ${doIt}${way}`;
}

/** Administrators are no party by their role: one of them becomes it first, by the hand of those who are. */
const sealedWay = ({ andOf }: Sealed): string =>
  andOf
    ? 'An administrator erases it whom the team takes in first; an auditor of the team archives it then.'
    : 'An administrator erases it whom you name as its handler; whoever handles it archives it first.';

/** The same where no kind is named. */
export const notAllowed = (by: 'roles' | 'scope'): string =>
  by === 'scope' ? 'The scope of this token does not allow this.' : 'Your roles do not allow this.';

/** Why the right of one who is away does not do: an act hands on rights, is not undone, or outlasts the absence. */
export const notInPlace =
  'This outlasts an absence or cannot be undone: it takes a right of your own, not one of somebody whom you stand in for.';
