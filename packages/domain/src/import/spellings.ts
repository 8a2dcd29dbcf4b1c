import { plainWords } from './words.ts';

/**
 * How files say that a value is not there. The three are kept apart: not applicable is an answer, not stated is a
 * gap in what is known, none is a statement whose meaning depends on the question.
 */
export type Absence = 'not-applicable' | 'not-stated' | 'none';

const absences: Readonly<Record<Absence, readonly string[]>> = {
  'not-applicable': ['n a', 'na', 'not applicable', 'not relevant', 'does not apply'],
  'not-stated': [
    'tbd',
    'to be determined',
    'to be decided',
    'todo',
    'to do',
    'unknown',
    'not known',
    'not stated',
    'not reported',
    'not provided',
    'not available',
    'not specified',
    'blank not provided',
    'blank',
    'data not reported by submitter',
    'not sure',
    'unsure',
    'pending',
    'withheld',
    'null',
    'undefined',
  ],
  none: ['none', 'nil', 'nothing'],
};

const kinds: readonly Absence[] = ['not-applicable', 'not-stated', 'none'];
const byWords = new Map<string, Absence>(
  kinds.flatMap((absence) => absences[absence].map((spelling): [string, Absence] => [spelling, absence])),
);
/** No spelling is longer; what is longer is prose and need not be compared. */
const longest = 200;
const reported = /^data not reported by submitter\b/;

/** What kind of nothing a cell says, when it says nothing else. A cell of punctuation alone states nothing. */
export function absenceOf(cell: string): Absence | undefined {
  if (cell.length > longest) return undefined;
  const words = plainWords(cell);
  if (words === '') return 'not-stated';
  return byWords.get(words) ?? (reported.test(words) ? 'not-stated' : undefined);
}

const yes = new Set(['yes', 'y', 'true', 'ja', 'oui', 'si', 'x', '1', 'checked']);
const no = new Set(['no', 'n', 'false', 'nein', 'non', '0', 'unchecked']);

/** Yes or no in any of its spellings; nothing for any other word. */
export function yesOrNo(words: string): 'yes' | 'no' | undefined {
  if (yes.has(words)) return 'yes';
  return no.has(words) ? 'no' : undefined;
}

/**
 * The beginning of a cell that explains itself: `No – it is not practical`, `Complete: it exists`, `N/A; a product`.
 * A hyphen counts only with white space before it, so that `In-person` stays one word.
 */
export function firstClause(cell: string): string | undefined {
  const cut = /^(.{1,120}?)(?:\s+[-–—]\s*|\s*[–—:;]\s+|\s*;|[.,]\s+)\S/su.exec(cell);
  return cut?.[1];
}
