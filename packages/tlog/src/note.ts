import { fromBase64, toBase64 } from './base64.ts';
import { concat, fromUtf8, toHex, toUtf8 } from './bytes.ts';
import { TlogError } from './errors.ts';
import { checkKeyName, isKeyName } from './key.ts';
import { quoted } from './numbers.ts';

/** One signature line of a note: whose, with which key, and the bytes after the key's id. */
export type NoteSignature = {
  readonly name: string;
  /** Four bytes as eight lower-case hexadecimal digits. */
  readonly keyId: string;
  readonly bytes: Uint8Array;
};

/** A signed note (c2sp.org/signed-note). `text` ends in a newline; nothing here is trusted before `openNote`. */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

/** The specification asks for 16 at least. Together with the length this bounds what a hostile note can cost. */
const maxSignatures = 100;
const maxNoteLength = 1_000_000;

/** @throws TlogError `note`, `key`, `encoding` */
export function formatNote({ text, signatures }: Note): string {
  checkText(text);
  if (signatures.length === 0) throw new TlogError('note', 'note', 'has no signature');
  return `${text}\n${signatures.map(formatSignature).join('')}`;
}

/** A signature line with its newline; what a cosigner hands back. @throws TlogError `key`, `note` */
export function formatSignature({ name, keyId, bytes }: NoteSignature): string {
  checkKeyName(name, 'signature');
  const id = /^[0-9a-f]{8}$/.test(keyId) ? (keyId.match(/../g) ?? []) : [];
  if (id.length !== 4 || bytes.length === 0)
    throw new TlogError('note', 'signature', 'has no key id of eight hexadecimal digits, or no bytes');
  const four = Uint8Array.from(id, (digits) => Number.parseInt(digits, 16));
  return `— ${name} ${toBase64(concat([four, bytes]))}\n`;
}

/**
 * Takes a note apart without believing it: `openNote` checks its signatures.
 * @throws TlogError `note`, `encoding`
 */
export function parseNote(note: Uint8Array | string): Note {
  if (note.length > maxNoteLength)
    throw new TlogError('note', 'note', `is longer than ${maxNoteLength} bytes`);
  const whole = typeof note === 'string' ? fromUtf8(toUtf8(note, 'note'), 'note') : fromUtf8(note, 'note');
  // The last empty line: the text may hold empty lines of its own.
  const split = whole.lastIndexOf('\n\n');
  if (split === -1) throw new TlogError('note', 'note', 'has no empty line before its signatures');
  const text = whole.slice(0, split + 1);
  checkText(text);
  const lines = whole.slice(split + 2).split('\n');
  if (lines.pop() !== '' || lines.length === 0)
    throw new TlogError('note', 'note', 'does not end with signature lines');
  if (lines.length > maxSignatures)
    throw new TlogError('note', 'note', `has more than ${maxSignatures} signatures`);
  const before = text.split('\n').length;
  return { text, signatures: lines.map((line, at) => parseSignature(line, `line ${before + at + 1}`)) };
}

/** @throws TlogError `note`, `encoding` */
export function parseSignature(line: string, at: string): NoteSignature {
  const [, name = '', encoded] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
  if (encoded === undefined || !isKeyName(name))
    throw new TlogError('note', at, `${quoted(line)} is no signature line`);
  const bytes = fromBase64(encoded, at);
  if (bytes.length < 5) throw new TlogError('note', at, 'the signature is too short to hold a key id');
  return { name, keyId: toHex(bytes.subarray(0, 4)), bytes: bytes.slice(4) };
}

/** @throws TlogError `note` */
export function checkText(text: string): void {
  if (!text.endsWith('\n')) throw new TlogError('note', 'text', 'does not end in a newline');
  const found = /[\p{Cc}]/u.exec(text.replaceAll('\n', ''));
  if (found) throw new TlogError('note', 'text', `holds the control character ${quoted(found[0])}`);
}
