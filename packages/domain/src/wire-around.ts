/**
 * The shapes of answers on `/api/v1` about what stands around a record: its versions, what happened next to it, and what
 * people say. The rest stands in wire.ts, with the same conventions.
 */
import type { ActorRef } from './actor.ts';
import type { ErasureReason } from './erasure.ts';
import type { Json } from './json.ts';
import type { ListWire, RefWire, SentenceWire } from './wire.ts';
import type { NamedMember } from './wire-duties.ts';

/** One version of a record. */
export type RevisionWire = {
  version: number;
  act: 'created' | 'edited' | 'moved' | 'archived' | 'restored' | 'erased';
  state: string;
  by: ActorRef;
  byName: string | null;
  /** For whom a deputy acted. */
  onBehalfOf?: NamedMember;
  at: string;
  because: string | null;
  changed: readonly string[];
  material: boolean;
  digest: string;
  entry: number | null;
  /** Absent when erased. */
  fields?: Readonly<Record<string, Json>>;
  links?: Readonly<Record<string, readonly string[]>>;
};

/** `GET /{collection}/{ref}/history`, newest first. `names` says members and ids of the catalogue in words, `refs` what links point at. */
export type HistoryWire = ListWire<RevisionWire> &
  ValueNamesWire & {
    /** Where what the versions said was erased. */
    erased?: ErasureWire;
  };
/** An erasure makes no version, but an entry. `reason` is `null` where an earlier release noted none. */
export type ErasureWire = {
  by: ActorRef;
  byName: string | null;
  at: string;
  reason: ErasureReason | null;
  entry: number | null;
};
export type ValueNamesWire = {
  names: Readonly<Record<string, string>>;
  refs: Readonly<Record<string, RefWire>>;
};
/** `GET /{collection}/{ref}/compare`. */
export type ComparisonWire = ValueNamesWire & {
  from: RevisionWire;
  to: RevisionWire;
  changed: readonly string[];
};

/** `GET /{collection}/{ref}/around`: what happened last to a record, and what mattered of what it stands on, holds or is linked from. */
export type AroundWire = {
  items: readonly {
    sentence: SentenceWire;
    significant: boolean;
    by: ActorRef;
    byName: string | null;
    at: string;
  }[];
  /** Comments that stand on the record, without those taken back. */
  comments: number;
};

export type CommentWire = {
  id: string;
  field: string | null;
  /** Its words; a mention stands in them as `@[` the id of a member or a role `]`. Empty once taken back. */
  text: string;
  /** Whom it mentions, in words. */
  mentions: readonly { id: string; name: string }[];
  /** Whether it speaks to the caller, who has not yet said that it is seen. */
  asksYou: boolean;
  by: ActorRef;
  byName: string | null;
  at: string;
  editedAt: string | null;
  removed: boolean;
  yours: boolean;
};
