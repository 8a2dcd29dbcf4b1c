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

/** Control characters (Unicode Cc) that stand for no white space. */
const control = /(?!\s)\p{Cc}/u;
/** Overrides, embeddings and isolates turn the words after them around, beyond the text that holds them (UAX #9). */
const turning = /[\u202a-\u202e\u2066-\u2069]/u;
/** A sign of which something is seen: no space, nothing that is passed over in display, no filler that looks like a space. */
const seen = /[^\s\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Paragraphs: white space stays, other control characters are refused; without a sign to be seen it is empty. */
export function prose(value: unknown, max: number): { value: string } | { problem: string } {
  const read = text(value, max);
  if ('problem' in read) return read;
  const found = control.exec(read.value);
  if (found) return { problem: `The text holds the control character ${codeOf(found[0])}. Take it out.` };
  return seen.test(read.value) ? read : { value: '' };
}

/**
 * Text on one line: outer white space goes, inner runs of white space become one space. Refuses control characters and
 * what turns the direction of words; without a sign to be seen it is empty.
 */
export function line(value: unknown, max: number): { value: string } | { problem: string } {
  const read = prose(value, Number.MAX_SAFE_INTEGER);
  if ('problem' in read) return read;
  const one = read.value.replace(/\s+/g, ' ').trim();
  const found = turning.exec(one);
  if (found)
    return { problem: `The text holds ${codeOf(found[0])}, which turns words around it. Take it out.` };
  return one.length > max
    ? { problem: `The text has ${one.length} characters; ${max} is the most.` }
    : { value: one };
}

const codeOf = (sign: string): string =>
  `U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

/**
 * Whether a text holds a word or a figure: full stops, dashes and the like say nothing, whatever their number, and no more
 * does one letter held down.
 */
export const isWorded = (words: string): boolean => /[\p{L}\p{N}]/u.test(words) && !heldDown.test(words);

/** One letter again and again, with nothing else that could be read: "xxxx", "aaa aaa". Shorter ones may be a short form. */
const heldDown = /^[^\p{L}\p{N}]*(\p{L})(?:[^\p{L}\p{N}]*\1){3,}[^\p{L}\p{N}]*$/iu;

/** Whether a text gives a reason: what stands where nobody has one yet, such as "n/a" or "TBD", gives none. */
export const isReason = (words: string): boolean => isWorded(words) && !isPlaceholder(words);

/**
 * Whether a text is a sentence that gives a reason, where that alone settles something: three words, or two with twelve
 * signs between them. "ok" and "later on" leave open why. What is written without spaces between words counts by its length.
 */
export const isSentence = (words: string): boolean => {
  const count = words.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0;
  return isReason(words) && (count > 2 || (count === 2 && words.trim().length >= 12) || unspaced.test(words));
};

/** Chinese, Japanese, Thai, Lao, Khmer and Burmese write words without spaces: six signs of them say something. */
const unspaced =
  /(?:[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}][\p{P}\s]*){6}/u;

export const isPlaceholder = (words: string): boolean => placeholder.test(words);

const placeholder =
  /^[^\p{L}\p{N}]*(?:n\s*[/.]?\s*a|none|nil|tb[cd]|to be (?:confirmed|decided|defined|determined)|not applicable|does not apply)[^\p{L}\p{N}]*$/iu;

/** What came from a file, without the signs that `line`, or for paragraphs `prose`, would refuse; NUL stays to be refused. */
export function withoutControls(raw: string, many: boolean): string {
  const signs = many ? /(?!\s)\p{Cc}/gu : /(?!\s)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
  return raw.replace(signs, (sign) => (sign === '\u0000' ? sign : ''));
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
