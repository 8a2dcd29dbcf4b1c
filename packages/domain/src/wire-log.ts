import type { LogFaultFound } from './log-faults.ts';
import type { LogKnown } from './log-known.ts';

/** The shapes of answers about the log's tree, its signature and its proofs, with the conventions of wire.ts. */

/** Why the newest entries are not under a signed checkpoint. `pending`: they are a moment old, and will be. */
export const unsignedReasons = [
  'pending',
  'no-key', // no node has the private key that is registered
  'directory', // the key's directory cannot be read or written
  'key-exposed', // the key's file may be read by other accounts
  'key-unreadable', // the key's file holds no Ed25519 key
  'record-unreadable', // what was signed last cannot be read
  'record-missing', // what was signed last is gone, and something was signed
  'other-origin', // the log goes by another name than the one it was signed under
  'smaller', // fewer entries than were signed before
  'inconsistent', // other entries than were signed before
  'broken', // tiles, leaves and head do not fit each other
] as const;
export type UnsignedReason = (typeof unsignedReasons)[number];

/** A public key as verifiers take it (c2sp.org/signed-note), and from when until when it signed. */
export type LogKeyWire = {
  /** `name+id+key`. */
  vkey: string;
  /** Eight hexadecimal digits, as in the signature's line. */
  id: string;
  from: string;
  /** `null` for the one that signs now. */
  until: string | null;
  /** The one before it was lost rather than put away. */
  replacedLost: boolean;
};

/** What an entry says of something whose row is not there, with the name of who acted where there is one. */
export type LogKnownWire = LogKnown & { readonly byName: string | null };

/** One thing that does not verify, with the sentence that says it. No content: ids, places, numbers and hashes. */
export type LogFaultWire = Omit<LogFaultFound, 'known'> & {
  readonly known: LogKnownWire | null;
  readonly message: string;
};

/** Whose word a signature was held against: a key handed over, the one beside the node, or the database's own. */
export const logTrusts = ['given', 'key-directory', 'database'] as const;

/** What a verification of the whole log found. */
export type LogVerificationWire = {
  at: string;
  /** Entries that have a place. */
  size: number;
  holds: boolean;
  report: {
    /** As it was read; a fault says where it is not signed. */
    checkpoint: { origin: string; size: number; root: string } | null;
    trust: (typeof logTrusts)[number];
    /** How many checkpoints kept elsewhere it was held against. */
    held: number;
    records: number;
    /** The first 200. */
    faults: readonly LogFaultWire[];
    faultCount: number;
    /** False when so much was wrong that the rest of the tree was not looked at. */
    complete: boolean;
    /** Rows of earlier releases whose entries bind less, by table. */
    unbound: Readonly<Record<string, number>>;
    treeMs: number;
    rowsMs: number;
  };
};

/**
 * How one version stands: `verifies`; `waits` for a place or a signature; `erased`: what is left verifies; `differs`.
 */
export const versionStandings = ['verifies', 'waits', 'erased', 'differs'] as const;

/** `GET /{collection}/{ref}/verification`: whether each version verifies, held against the log now. */
export type RecordVerificationWire = {
  record: string;
  ref: string;
  holds: boolean;
  /** Size of the signed checkpoint that it was held against; `null` where nothing is signed. */
  checkpoint: number | null;
  /** Newest first. */
  versions: readonly {
    version: number;
    /** Place of its entry; `null` while it waits, or where the entry is gone. */
    index: number | null;
    standing: (typeof versionStandings)[number];
    faults: readonly LogFaultWire[];
  }[];
  /** What concerns no single version: the record's own row, its links, its approvals. */
  faults: readonly LogFaultWire[];
  /** Where the record's own row is not there: what its entries say of it, newest first, fifty at most. */
  gone: readonly LogKnownWire[] | null;
};

/** `GET /log/state`. Hashes in base64, as in checkpoints. */
export type LogStateWire = {
  /** Name of the log and of its keys; `null` until the first checkpoint. */
  origin: string | null;
  size: number;
  root: string | null;
  /** When the newest entry was placed. */
  at: string | null;
  checkpoint: {
    size: number;
    root: string;
    /** The signed note to the byte. */
    note: string;
    /** Id of the key that signed it. */
    key: string | null;
    at: string;
  } | null;
  /** `null` while the checkpoint covers every entry and nothing stands in the way. */
  unsigned: { reason: UnsignedReason; message: string; since: string | null } | null;
  /** Newest first. */
  keys: readonly LogKeyWire[];
  /** Anyone may read the log below `/log/{organisation}/`. */
  public: boolean;
  /** What the last verification of the whole log found; `null` where none was made. */
  verification: LogVerificationWire | null;
};

/** `GET /log/entries/{index}/proof`: everything that checks without this server. Hashes in base64. */
export type LogProofWire = {
  origin: string;
  index: number;
  /** Entries under the checkpoint that the proof leads to. */
  size: number;
  /** The entry's bytes in UTF-8: canonical JSON, hashed exactly as it stands here. */
  entry: string;
  leaf: string;
  /** From the leaf's sibling up to the root's child (RFC 6962 §2.1.1). */
  proof: readonly string[];
  checkpoint: string;
  /** The key that signed the checkpoint, as verifiers take it. Trust the one you hold from elsewhere. */
  vkey: string;
};

/** `GET /{collection}/{ref}/versions/{version}/proof`: also what the entry's digest is over; `null` once erased. */
export type VersionProofWire = LogProofWire & {
  record: string;
  version: number;
  /** Hex; SHA-256 of `content` in canonical JSON (RFC 8785), as the entry names it. */
  digest: string;
  content: {
    salt: string;
    kind: string;
    schema: number;
    fields: Readonly<Record<string, unknown>>;
    links: Readonly<Record<string, readonly string[]>>;
  } | null;
};
