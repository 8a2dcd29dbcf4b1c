/**
 * A table with a head, as it is printed and handed over: what a page file (PDF) and a text file (DOCX) are made from, so
 * that both say the same. All of it is text; nothing in it is markup.
 */
export type Paper = {
  readonly title: string;
  /** What it says of itself: label and words, one line each. */
  readonly head: readonly (readonly [label: string, words: string])[];
  /** One sentence on how things stand. */
  readonly lead: string;
  /** `share` of the width; shares add up to 1. */
  readonly columns: readonly { readonly label: string; readonly share: number }[];
  readonly groups: readonly { readonly title: string; readonly rows: readonly (readonly string[])[] }[];
  /** Lists behind the table; `none` where one is empty. */
  readonly lists: readonly {
    readonly title: string;
    readonly items: readonly string[];
    readonly none: string;
  }[];
  /** Stands at the foot of each page, before its number. */
  readonly foot: string;
  /** The moment it speaks of: files of one moment are the same. */
  readonly at: Date;
};

/** Whatever a text may hold, a file of words may not: control characters end an XML document and print as nothing. */
export function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029\v\f]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/gu, (found) =>
      found === '\n' ? found : '',
    );
}
