import { fromBase64, toBase64 } from './base64.ts';
import { TlogError } from './errors.ts';
import { checkHash, type Hash } from './hash.ts';
import type { VerifierKey } from './key.ts';
import { checkText, parseNote } from './note.ts';
import { checkWhole, parseDecimal, quoted } from './numbers.ts';
import { type Ed25519Verify, openNote, type Verified } from './signing.ts';

/** What a log signs (c2sp.org/tlog-checkpoint): which log, how many entries, which root. */
export type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** Further lines, none as a rule: the specification discourages them. */
  readonly extensions: readonly string[];
};

/** A checkpoint whose log signature holds. `verified` also has the cosignatures of known witnesses. */
export type SignedCheckpoint = Checkpoint & { readonly verified: readonly Verified[] };

/** The text to sign. @throws TlogError `checkpoint`, `number`, `hash`, `note` */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  checkWhole(size, 'size');
  checkHash(root, 'root');
  for (const line of [origin, ...extensions])
    if (line === '' || line.includes('\n'))
      throw new TlogError('checkpoint', 'line', `${quoted(line)} is empty or more than one line`);
  const text = `${[origin, size, toBase64(root), ...extensions].join('\n')}\n`;
  checkText(text);
  return text;
}

/**
 * Reads the text of a checkpoint, which is not to be believed before its signature was checked.
 * @throws TlogError `checkpoint`, `number`, `encoding`, `hash`, `note`
 */
export function parseCheckpoint(text: string): Checkpoint {
  checkText(text);
  const [origin = '', size, root, ...extensions] = text.slice(0, -1).split('\n');
  if (origin === '' || size === undefined || root === undefined || extensions.includes(''))
    throw new TlogError('checkpoint', 'text', 'is not origin, size and root in lines, none of them empty');
  const read = { origin, size: parseDecimal(size, 'line 2'), root: fromBase64(root, 'line 3'), extensions };
  checkHash(read.root, 'line 3');
  return read;
}

/**
 * Opens a signed checkpoint: the log's own signature must be there and hold, and the origin must be the key's name.
 * @param witnesses keys of cosigners; one that is here and whose cosignature does not hold refuses the checkpoint
 * @throws TlogError `note`, `signature`, `origin`, `checkpoint`, `number`, `encoding`, `hash`
 */
export async function openCheckpoint(
  signed: Uint8Array | string,
  log: VerifierKey,
  verify: Ed25519Verify,
  witnesses: readonly VerifierKey[] = [],
): Promise<SignedCheckpoint> {
  const { text, verified } = await openNote(parseNote(signed), [log, ...witnesses], verify);
  if (!verified.some(({ key }) => key === log))
    throw new TlogError('signature', 'note', `is not signed by the log, ${log.name} ${log.id}`);
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== log.name)
    throw new TlogError('origin', 'line 1', `${quoted(checkpoint.origin)} is not the log ${log.name}`);
  return { ...checkpoint, verified };
}
