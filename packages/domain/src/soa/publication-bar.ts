import type { SoaWire } from '../wire-soa.ts';
import { sentenceText } from './published.ts';
import { shortList, undecidedIn, undecidedWords } from './undecided.ts';

/** A control that keeps a statement from being published, by its id, and why. */
type Barring = { readonly at: string; readonly message: string };

export type PublicationBar = {
  /** Controls of Annex A without an approved decision. */
  readonly undecided: readonly Barring[];
  /** Controls, own ones too, of which the decision says nowhere why. */
  readonly unreasoned: readonly Barring[];
  readonly controls: readonly Barring[];
  /** How many they are and which. */
  readonly words: string;
};

/**
 * Why a statement cannot be published as it stands: it decides about every control of Annex A, each decision is approved
 * by another person, and each says why (6.1.3 e, f). Nothing where it can. The command line, the page and the answer to
 * whoever tries read it from here.
 */
export function publicationBar({ rows }: Pick<SoaWire, 'rows'>): PublicationBar | null {
  const annexRows = rows.filter(({ item }) => item !== null);
  const annexA = annexRows.map(({ id }) => id);
  const lines = new Map(annexRows.map(({ id, line }) => [id, line?.ref]));
  const open = undecidedIn(annexRows, annexA);
  const undecided = open.map(({ id, how }) => ({
    at: id,
    message:
      how === 'none'
        ? 'Nobody decided whether it applies.'
        : `${lines.get(id) ?? 'The decision'} is not approved.`,
  }));
  const unreasoned = rows.flatMap(({ id, faults }) =>
    faults
      .filter(({ code }) => code === 'applicable-bare' || code === 'excluded-bare')
      .map(({ sentence }) => ({ at: id, message: sentenceText(sentence) })),
  );
  if (undecided.length + unreasoned.length === 0) return null;
  const why =
    unreasoned.length > 0 ? `Of ${shortList(unreasoned.map(({ at }) => at))} it says nowhere why.` : '';
  const words = [undecidedWords(open, annexA.length) ?? '', why].filter((part) => part !== '').join(' ');
  return { undecided, unreasoned, controls: [...undecided, ...unreasoned], words };
}
