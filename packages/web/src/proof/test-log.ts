import type { LogProofWire, VersionProofWire } from '@throughline/domain/wire-log.ts';
import { toBase64 } from '@throughline/tlog/base64.ts';
import { toHex, toUtf8 } from '@throughline/tlog/bytes.ts';
import { formatCheckpoint } from '@throughline/tlog/checkpoint.ts';
import { emptyState, growTree } from '@throughline/tlog/grow.ts';
import { leafHash } from '@throughline/tlog/hash.ts';
import { formatKey, verifierKey } from '@throughline/tlog/key.ts';
import { formatNote } from '@throughline/tlog/note.ts';
import { inclusionFromTiles, type ReadTiles } from '@throughline/tlog/prove.ts';
import { portableSha256 } from '@throughline/tlog/sha256.ts';
import { signText } from '@throughline/tlog/signing.ts';
import { tilePath } from '@throughline/tlog/tile-path.ts';
import canonicalize from 'canonicalize';

/** A signer with a key of its own, as an installation has one. */
export const signerOf = async (origin: string) => {
  const made = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  if (!('privateKey' in made)) throw new Error('Ed25519 has two keys');
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', made.publicKey));
  const key = verifierKey(portableSha256, origin, raw);
  const sign = async (message: Uint8Array) =>
    new Uint8Array(await crypto.subtle.sign('Ed25519', made.privateKey, Uint8Array.from(message)));
  return { origin, key, vkey: formatKey(key), sign };
};
export type Signer = Awaited<ReturnType<typeof signerOf>>;

/** A whole log of these entries in memory: its signed checkpoint, its tiles, and the proof of each entry. */
export const logOf = async (signer: Signer, entries: readonly string[]) => {
  const leaves = entries.map((entry) => leafHash(portableSha256, toUtf8(entry, 'entry')));
  const { tiles, root } = growTree(portableSha256, emptyState, leaves);
  const text = formatCheckpoint({ origin: signer.origin, size: entries.length, root, extensions: [] });
  const note = formatNote({ text, signatures: [await signText(text, signer.key, signer.sign)] });
  const kept = new Map(tiles.map((tile) => [tilePath(tile), tile.bytes]));
  const readTiles: ReadTiles = async (wanted) =>
    wanted.map((tile) => {
      const bytes = kept.get(tilePath(tile));
      if (bytes === undefined) throw new Error(`404 for ${tilePath(tile)}`);
      return bytes;
    });
  const prove = async (index: number): Promise<LogProofWire> => ({
    origin: signer.origin,
    index,
    size: entries.length,
    entry: entries[index] ?? '',
    leaf: toBase64(leaves[index] ?? new Uint8Array()),
    proof: (await inclusionFromTiles(portableSha256, index, entries.length, readTiles)).map(toBase64),
    checkpoint: note,
    vkey: signer.vkey,
  });
  return { note, readTiles, prove };
};

export const content = {
  salt: 'ab'.repeat(32),
  kind: 'risk',
  schema: 1,
  fields: { name: 'Ranking puts non-native speakers last', level: 3 },
  links: { system: ['01990000-0000-7000-8000-000000000412'] },
};
export const record = '01990000-0000-7000-8000-000000000204';
export const digestOf = (value: unknown): string =>
  toHex(portableSha256(toUtf8(canonicalize(value) ?? '', 'value')));

/** Entries of which one made version 3 of a record with `content`. */
export const entriesWith = (size: number, at: number): readonly string[] =>
  Array.from({ length: size }, (_entry, index) =>
    JSON.stringify(
      index === at
        ? { act: 'record.edited', digest: digestOf(content), record, version: 3 }
        : { act: 'session.started', session: String(index) },
    ),
  );

export const versionOf = (proof: LogProofWire): VersionProofWire => ({
  ...proof,
  record,
  version: 3,
  digest: digestOf(content),
  content,
});
