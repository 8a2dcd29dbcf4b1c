/** The shapes of answers on the Statement of Applicability. Conventions as in wire.ts. */
import type { ChangedRow } from './soa/compare.ts';
import type { PublishedRow } from './soa/published.ts';
import type { Fault, Placing, Reason, SoaRow, Statement, Testing } from './soa/types.ts';
import type { AbilityWire, ActionWire, RefWire, SentenceWire } from './wire.ts';

/** `GET /soa`: the statement as the records give it now. */
export type SoaWire = {
  /** RFC 3339: everything is true as of this moment. */
  asOf: string;
  /** The place in the log that it was read at; `null` while the log has no entry. */
  index: number | null;
  /** An earlier moment: nothing can be done about it. */
  past: boolean;
  organisation: string;
  /** The statement of scope in force (4.3). */
  scope: RefWire | null;
  counts: Statement['counts'];
  rows: readonly SoaRowWire[];
  abilities: { decide: AbilityWire; export: AbilityWire };
};

export type SeveralWire = { count: number; first: readonly RefWire[] };

export type SoaRowWire = Pick<
  SoaRow,
  'id' | 'item' | 'title' | 'objective' | 'decided' | 'says' | 'reasons' | 'justification' | 'decidedOn'
> & {
  topic: { id: string; title: string } | null;
  control: RefWire | null;
  line: RefWire | null;
  sources: readonly (SeveralWire & { reason: Reason })[];
  /** Names of roles that the organisation holds and that typically need the control: a suggestion. */
  typicalFor: readonly string[];
  /** Name of who answers for the control. */
  owner: string | null;
  implementedBy: SeveralWire;
  /** Kept evidence that proves the control; `null` where nobody asked for it. */
  evidence: SeveralWire | null;
  placing: Placing | null;
  testing: SoaTestingWire | null;
  faults: readonly (Pick<Fault, 'code' | 'type'> & { sentence: SentenceWire; records: readonly RefWire[] })[];
  action: ActionWire | null;
};

export type SoaTestingWire = Omit<Testing, 'last'> & {
  last: { test: RefWire; on: string; conclusion: string } | null;
};

/** `GET /soa/versions`: statements that were published, newest first. */
export type SoaVersionsWire = {
  /** The controlled document; `null` until the first one is published. */
  document: RefWire | null;
  /** The version in force, which another person approved. */
  inForce: number | null;
  versions: readonly {
    version: number;
    at: string;
    by: string | null;
    /** SHA-256 of the published data, in hex. */
    digest: string;
    file: string;
  }[];
  abilities: { publish: AbilityWire };
};

/** `GET /soa/compare`: rows that differ; what a row said before and says after. */
export type SoaComparisonWire = {
  from: { version: number; asOf: string };
  to: { version: number | null; asOf: string };
  added: readonly PublishedRow[];
  removed: readonly PublishedRow[];
  changed: readonly ChangedRow[];
  same: number;
};
