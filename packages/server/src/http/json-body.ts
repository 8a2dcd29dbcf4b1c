import { DomainError, unprocessable } from '@throughline/domain/errors.ts';
import { shown } from '@throughline/domain/text.ts';

/** The most levels of nesting; checked before parsing, because a parser recurses. */
export const maxDepth = 32;

/**
 * Reads a JSON body (RFC 8259). Throws `malformed` that says where; never more than `maxDepth` levels deep.
 * Throws `unprocessable` by name for a member given twice, of which a parser would keep the last without a word, and
 * for `__proto__`, which what checks the shape of objects passes over without a word.
 */
export function readJson(bytes: Buffer): unknown {
  const text = decode(bytes);
  ensureShallow(text);
  const value = parse(text);
  ensureNamesCount(text);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // V8 names a position for some mistakes only; our own reading names it for all.
    throw malformed(text, firstMistake(text));
  }
}

/** One object or list that is open: the names it had, and the name or place at which reading stands. */
type Level = { readonly names: Set<string> | null; at: string | number };

/** Looks at every member's name in text that is known to be JSON. */
function ensureNamesCount(text: string): void {
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    const level = levels.at(-1);
    if (sign === '{') levels.push({ names: new Set(), at: '' });
    else if (sign === '[') levels.push({ names: null, at: 0 });
    else if (sign === '}' || sign === ']') levels.pop();
    else if (sign === ',' && typeof level?.at === 'number') level.at += 1;
    else if (sign === '"') {
      const end = endOfString(text, at);
      if (level?.names && followedByColon(text, end)) {
        level.at = String(JSON.parse(text.slice(at, end + 1)));
        ensureNameCounts(level.names, level.at, levels);
      }
      at = end;
    }
  }
}

function followedByColon(text: string, end: number): boolean {
  blank.lastIndex = end + 1;
  blank.test(text);
  return text[blank.lastIndex] === ':';
}

function ensureNameCounts(names: Set<string>, name: string, levels: readonly Level[]): void {
  const at = levels
    .map((level) => shown(level.at))
    .join('.')
    .slice(0, 200);
  if (name === '__proto__') throw unprocessable([{ at, message: `"${name}" is not known here.` }]);
  if (names.has(name))
    throw unprocessable([{ at, message: `"${shown(name)}" is given twice. Give it once.` }]);
  names.add(name);
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DomainError('malformed', 'The body is not text in UTF-8.');
  }
}

function ensureShallow(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === 0x22) at = endOfString(text, at);
    else if (sign === 0x7b || sign === 0x5b) {
      depth += 1;
      if (depth > maxDepth) {
        throw new DomainError(
          'malformed',
          `The body is nested more than ${maxDepth} levels deep at ${place(text, at)}.`,
        );
      }
    } else if (sign === 0x7d || sign === 0x5d) depth -= 1;
  }
}

/** Position of the closing quotation mark, or of the text's end where there is none. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== 0x22) at += text.charCodeAt(at) === 0x5c ? 2 : 1;
  return at;
}

function malformed(text: string, at: number): DomainError {
  const found = text.slice(at, at + 1);
  const what = found === '' ? 'the body ends too early' : `${JSON.stringify(found)} cannot stand there`;
  const detail =
    text.trim() === ''
      ? 'The body is empty; JSON is expected.'
      : `The body is not JSON: at ${place(text, at)}, ${what}.`;
  return new DomainError('malformed', detail, [{ at: place(text, at), message: what }]);
}

function place(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return `line ${line}, column ${at - before.lastIndexOf('\n')}`;
}

const blank = /[ \t\n\r]*/y;
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Where the first mistake stands, in text that is known not to be JSON and not to be deep. */
function firstMistake(text: string): number {
  const reading = new Reading(text);
  if (reading.value()) reading.take(blank);
  return reading.at;
}

class Reading {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): boolean {
    if (this.#sign('{')) return this.#list('}', () => this.#string() && this.#sign(':') && this.value());
    if (this.#sign('[')) return this.#list(']', () => this.value());
    return this.#text[this.at] === '"' ? this.#string() : this.take(scalar);
  }

  take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.test(this.#text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  #list(end: string, item: () => boolean): boolean {
    if (this.#sign(end)) return true;
    do {
      if (!item()) return false;
    } while (this.#sign(','));
    return this.#sign(end);
  }

  #string(): boolean {
    if (!this.#sign('"')) return false;
    while (this.at < this.#text.length) {
      const sign = this.#text.charCodeAt(this.at);
      if (sign === 0x22) break;
      if (sign === 0x5c ? !this.take(escaped) : sign < 0x20) return false;
      if (sign !== 0x5c) this.at += 1;
    }
    return this.#sign('"');
  }

  /** Takes one sign after blanks; they are passed over even where the sign is missing. */
  #sign(wanted: string): boolean {
    this.take(blank);
    if (this.#text[this.at] !== wanted) return false;
    this.at += 1;
    return true;
  }
}
