import { isObject } from '@throughline/domain/json.ts';
import type { LogProofWire, VersionProofWire } from '@throughline/domain/wire-log.ts';
import { fromBase64 } from '@throughline/tlog/base64.ts';
import { toHex, toUtf8 } from '@throughline/tlog/bytes.ts';
import { openCheckpoint, type SignedCheckpoint } from '@throughline/tlog/checkpoint.ts';
import { verifyConsistency } from '@throughline/tlog/consistency.ts';
import { TlogError } from '@throughline/tlog/errors.ts';
import { parseKey } from '@throughline/tlog/key.ts';
import { parseNote } from '@throughline/tlog/note.ts';
import { consistencyFromTiles, type ReadTiles } from '@throughline/tlog/prove.ts';
import { portableSha256 } from '@throughline/tlog/sha256.ts';
import type { Ed25519Verify } from '@throughline/tlog/signing.ts';
import { verifyProofFile } from '@throughline/tlog/verify-proof.ts';
import canonicalize from 'canonicalize';
import type { CheckFault, CheckResult } from './check-result.ts';
import { NoEd25519 } from './ed25519.ts';

/** What a check needs beside what is checked: how signatures are verified, how tiles of the log are read. */
export type CheckTools = { verify: Ed25519Verify; readTiles: ReadTiles };

/** What the page showed of a version: the proof must be about this and nothing else. */
export type ClaimedVersion = { record: string; version: number; digest: string };

export type CheckAsk =
  | {
      type: 'entry';
      proof: LogProofWire /** Digest that the page showed for the entry, hex. */;
      leaf?: string;
    }
  | { type: 'version'; proof: VersionProofWire; claimed: ClaimedVersion }
  | {
      type: 'goes-on';
      /** Checkpoint that the person holds, and the newest one: signed notes to the byte. */
      held: string;
      newest: string;
      /** Every key that the log had, as verifiers take it. */
      keys: readonly string[];
      /** Path of the log: `/log/{organisation}`. */
      log: string;
    };

/** Something that was checked and is not so. */
class Found extends Error {
  readonly fault: CheckFault;
  constructor(fault: CheckFault, detail: string) {
    super(detail);
    this.fault = fault;
  }
}

/** Checks a claim with nothing but what was handed over: never asks the server whether it is true. */
export const check = async (ask: CheckAsk, tools: CheckTools): Promise<CheckResult> => {
  const entry = ask.type === 'goes-on' ? null : ask.proof.index;
  try {
    if (ask.type === 'goes-on') return await checkGoesOn(ask, tools);
    const checkpoint = await checkProof(ask.proof, tools);
    const erased = ask.type === 'version' && checkVersion(ask.proof, ask.claimed);
    if (ask.type === 'entry' && ask.leaf !== undefined && ask.leaf !== leafOf(ask.proof))
      throw new Found('entry-differs', ask.leaf);
    return {
      outcome: 'holds',
      entry: ask.proof.index,
      size: checkpoint.size,
      note: ask.proof.checkpoint,
      vkey: ask.proof.vkey,
      erased,
    };
  } catch (error) {
    if (error instanceof NoEd25519) return { outcome: 'cannot' };
    if (error instanceof Found) return { outcome: 'fails', fault: error.fault, entry, detail: error.message };
    if (error instanceof TlogError)
      return { outcome: 'fails', fault: faultOf(error), entry, detail: error.message };
    throw error;
  }
};

const leafOf = (proof: LogProofWire): string => toHex(fromBase64(proof.leaf, 'leaf'));

const faultOf = ({ code }: TlogError): CheckFault => {
  if (code === 'root-differs' || code === 'proof-length') return 'not-in-log';
  if (code === 'signature' || code === 'key') return 'signature';
  return code === 'origin' ? 'other-log' : 'unreadable';
};

/** The entry's bytes, its path to the root, the root under the key: RFC 6962 and c2sp.org/tlog-checkpoint. */
const checkProof = async (proof: LogProofWire, { verify }: CheckTools): Promise<SignedCheckpoint> => {
  const entry = toUtf8(proof.entry, 'entry');
  const file = {
    extra: null,
    index: proof.index,
    proof: proof.proof.map((hash, at) => fromBase64(hash, `proof[${at}]`)),
    checkpoint: proof.checkpoint,
  };
  const key = parseKey(portableSha256, proof.vkey);
  return (await verifyProofFile(file, entry, { sha256: portableSha256, verify, key })).checkpoint;
};

/** That the proven entry is about this version and names the digest of what it says. Answers whether that was erased. */
const checkVersion = (proof: VersionProofWire, claimed: ClaimedVersion): boolean => {
  const body: unknown = JSON.parse(proof.entry);
  const told = (name: string): unknown => (isObject(body) ? body[name] : undefined);
  if (told('record') !== claimed.record || told('version') !== claimed.version)
    throw new Found('other-version', `${String(told('record'))} ${String(told('version'))}`);
  if (told('digest') !== claimed.digest) throw new Found('digest-differs', String(told('digest')));
  if (proof.content === null) return true;
  const digest = toHex(portableSha256(toUtf8(canonicalize(proof.content) ?? '', 'content')));
  if (digest !== claimed.digest) throw new Found('content-differs', digest);
  return false;
};

const openWith = (note: string, keys: readonly string[], { verify }: CheckTools) => {
  const known = keys.map((text) => parseKey(portableSha256, text));
  const { signatures } = parseNote(note);
  const key = known.find(({ name, id }) =>
    signatures.some((line) => line.name === name && line.keyId === id),
  );
  if (key === undefined) throw new Found('signature', signatures[0]?.name ?? '');
  return openCheckpoint(note, key, verify);
};

const checkGoesOn = async (
  ask: Extract<CheckAsk, { type: 'goes-on' }>,
  tools: CheckTools,
): Promise<CheckResult> => {
  const newest = await openWith(ask.newest, ask.keys, tools);
  const origin = ask.held.split('\n', 1)[0] ?? '';
  if (origin !== newest.origin) throw new Found('other-log', origin);
  const held = await openWith(ask.held, ask.keys, tools);
  if (held.size > newest.size) throw new Found('shrunk', `${held.size}`);
  if (held.size > 0) {
    const proof = await consistencyFromTiles(portableSha256, held.size, newest.size, tools.readTiles);
    try {
      verifyConsistency(portableSha256, {
        olderSize: held.size,
        olderRoot: held.root,
        newerSize: newest.size,
        newerRoot: newest.root,
        proof,
      });
    } catch (error) {
      if (error instanceof TlogError && error.code === 'root-differs')
        throw new Found('forked', error.message);
      throw error;
    }
  }
  const vkey = ask.keys[0] ?? '';
  return { outcome: 'goes-on', from: held.size, size: newest.size, note: ask.newest, vkey };
};
