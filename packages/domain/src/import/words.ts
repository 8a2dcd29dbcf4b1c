/** Words compared without case, punctuation, kinds of dash and quotation mark, or runs of white space. */
export function plainWords(value: string): string {
  return value
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['‘’ʼ´`]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A heading as words: `2_use_case_name`, `UseCaseName` and `Use case name ` are one. */
export function headingWords(heading: string): string {
  const spaced = heading.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2').replace(/_/g, ' ');
  return plainWords(spaced).replace(/^\d{1,3} (?=\D)/, '');
}

const small = new Set(['the', 'a', 'an', 'of', 'for', 'to', 'in', 'is', 'are', 'and', 'or', 'this', 'any']);

/** Words that carry meaning, once each. */
export function meaningfulWords(words: string): Set<string> {
  return new Set(words.split(' ').filter((word) => word !== '' && !small.has(word)));
}

/** Share of words that two headings have in common, 0 to 1 (Dice); 1 only for the same set. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let common = 0;
  for (const word of a) if (b.has(word)) common += 1;
  return (2 * common) / (a.size + b.size);
}

/** White space as files carry it, no-break and zero-width spaces among it. */
const outer = /^[\s\u00a0\u200b\ufeff]+|[\s\u00a0\u200b\ufeff]+$/gu;

export function trimmed(raw: string): string {
  return raw.replace(outer, '');
}
