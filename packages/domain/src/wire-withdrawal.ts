/** The shapes of answers on what falls with an approval. Conventions as in wire.ts. */
import type { RefWire, SentenceWire, VerdictWire } from './wire.ts';

/** A station of a system, or a clause or control of the organisation, that says something else without the approval. */
export type FallWire = {
  id: string;
  name: string;
  before: VerdictWire;
  after: VerdictWire;
  /** Gaps that are new; none where only the verdict turns. */
  gaps: readonly SentenceWire[];
};

/** `GET /{collection}/{ref}/withdrawal`: what falls when the approval in force is withdrawn. */
export type WithdrawalWire = {
  /** The version in force. */
  version: number;
  systems: readonly { system: RefWire; falls: readonly FallWire[] }[];
  /** Systems on which something falls, those that the caller may not see among them. */
  fallen: number;
  /** How many systems were worked out, of how many whose line the record reaches. */
  looked: number;
  of: number;
  /** What falls on the organisation's own line; empty where the record belongs to one system. */
  organisation: readonly FallWire[];
};
