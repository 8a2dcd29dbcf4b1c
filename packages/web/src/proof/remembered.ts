import { isObject } from '@throughline/domain/json.ts';
import { keepPreference, readPreference } from '../ui/store.ts';

/** A checkpoint that this browser keeps, so that a log that was set back or replaced does not pass here unseen. */
export type Remembered = {
  /** The signed note to the byte. */
  note: string;
  /** The key that it was checked with, as verifiers take it. */
  vkey: string;
  /** When this browser saw it. */
  at: string;
};

const nameOf = (organisation: string): string => `checkpoint.${organisation}`;

/** What this browser saw last; nothing where it saw none, or what it keeps cannot be read. */
export const remembered = (organisation: string): Remembered | null => {
  const text = readPreference(nameOf(organisation), '');
  if (text === '') return null;
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return null; // Cut or foreign: as good as none, and the next checkpoint replaces it.
  }
  if (!isObject(kept)) return null;
  const { note, vkey, at } = kept;
  return typeof note === 'string' && typeof vkey === 'string' && typeof at === 'string'
    ? { note, vkey, at }
    : null;
};

export const remember = (organisation: string, seen: Remembered): boolean =>
  keepPreference(nameOf(organisation), JSON.stringify(seen));

export type NoteHead = { origin: string; size: number; root: string };

/** First three lines of a checkpoint, unchecked: for comparing and showing. Nothing where it is none. */
export const headOf = (note: string): NoteHead | null => {
  const [origin = '', size = '', root = ''] = note.split('\n', 3);
  return origin !== '' && /^(0|[1-9]\d{0,15})$/.test(size) && root !== ''
    ? { origin, size: Number(size), root }
    : null;
};

/**
 * Whether a log stands behind what this browser saw of it, by size and root alone: it is shown without a check.
 * Another origin is another log, as after a restore, and says nothing.
 */
export const setBack = (seen: Remembered | null, note: string | undefined): boolean => {
  const before = seen === null ? null : headOf(seen.note);
  const now = note === undefined ? null : headOf(note);
  if (before === null || now === null || before.origin !== now.origin) return false;
  return now.size < before.size || (now.size === before.size && now.root !== before.root);
};
