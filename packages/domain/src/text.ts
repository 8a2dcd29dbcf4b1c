/** What is wanted where another type came, in words. */
export const expected = {
  text: 'Text in quotation marks is expected here.',
  number: 'A number is expected here.',
  wholeNumber: 'A whole number is expected here.',
  trueOrFalse: 'true or false is expected here.',
  list: 'A list is expected here.',
  rows: 'A list of rows is expected here.',
  object: 'An object is expected here.',
} as const;

/**
 * The only way in for text. PostgreSQL refuses NUL in text (SQLSTATE 22021) and in jsonb (22P05) and lone
 * surrogates in jsonb (22P02); refusing them here names the field instead of failing the statement.
 */
export function text(value: unknown, max: number): { value: string } | { problem: string } {
  if (typeof value !== 'string') return { problem: expected.text };
  if (value.includes('\u0000')) return { problem: 'The text holds a NUL character, which cannot be kept.' };
  if (!value.isWellFormed()) return { problem: 'The text holds half of a character (a lone surrogate).' };
  const normal = value.normalize('NFC').replace(/\r\n?/g, '\n');
  if (normal.length > max) {
    return { problem: `The text has ${normal.length} characters; ${max} is the most.` };
  }
  return { value: normal };
}

/** Text on one line: outer white space goes, inner runs of white space become one space. */
export function line(value: unknown, max: number): { value: string } | { problem: string } {
  const read = text(value, Number.MAX_SAFE_INTEGER);
  if ('problem' in read) return read;
  const one = read.value.replace(/\s+/g, ' ').trim();
  return one.length > max
    ? { problem: `The text has ${one.length} characters; ${max} is the most.` }
    : { value: one };
}

/** What a client sent, short enough to be shown back and free of what a terminal or a log would act on. */
export function shown(value: unknown): string {
  const words = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const short = words.length > 60 ? `${words.slice(0, 60)}…` : words;
  return short.replace(/\p{Cc}/gu, ' ').toWellFormed();
}

/** The same in quotation marks. */
export function quoted(value: unknown): string {
  return `"${shown(value)}"`;
}
