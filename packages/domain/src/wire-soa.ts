/** The shapes of answers on the Statement of Applicability. Conventions as in wire.ts. */
import type { ChangedRow } from './soa/compare.ts';
import type { Evidence } from './soa/evidence.ts';
import type { PublishedRow } from './soa/published.ts';
import type { Fault, Placing, Reason, SoaRow, Statement, Testing } from './soa/types.ts';
import type { AbilityWire, ActionWire, RefWire, SentenceWire } from './wire.ts';
import type { UnlimitedWire } from './wire-approval.ts';

/** `GET /soa`: the statement as the records give it now. */
export type SoaWire = {
  /** RFC 3339: everything is true as of this moment. */
  asOf: string;
  /** The place in the log that it was read at; -1 before its first entry. */
  index: number;
  /** An earlier moment: nothing can be done about it. */
  past: boolean;
  organisation: string;
  /** The statement of scope in force (4.3). */
  scope: RefWire | null;
  counts: Statement['counts'];
  rows: readonly SoaRowWire[];
  /** Plans count by an acceptance of the risk until then that the table of authority limits for nobody. */
  unlimited?: UnlimitedWire;
  abilities: { decide: AbilityWire; export: AbilityWire };
};

export type SeveralWire = { count: number; first: readonly RefWire[] };

/** Kept evidence of a control: pieces that still speak for it, that no longer do, and that prove nothing. */
export type SoaEvidenceWire = Pick<Evidence, 'current' | 'stale' | 'aside'> & {
  /** The newest current piece, else the newest stale one, with the last day that it speaks for. */
  newest: { record: RefWire; to: string } | null;
  first: readonly RefWire[];
};

/** `GET /soa/evidence`: by the ref of the control's record. */
export type SoaEvidencesWire = { asOf: string; controls: Readonly<Record<string, SoaEvidenceWire>> };

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
  /** What evidence says of the control; `null` where nobody asked for it: see `GET /soa/evidence`. */
  evidence: SoaEvidenceWire | null;
  placing: Placing | null;
  testing: SoaTestingWire | null;
  faults: readonly (Pick<Fault, 'code' | 'type'> & { sentence: SentenceWire; records: readonly RefWire[] })[];
  action: ActionWire | null;
};

/** A test with the name of who made it. */
export type TestedWire = { test: RefWire; on: string; conclusion: string; tester: string | null };

export type SoaTestingWire = Omit<Testing, 'last' | 'tests'> & {
  last: TestedWire | null;
  tests: { count: number; first: readonly TestedWire[] };
};

/** Values that repeat, kept once: `of` holds the place of each system's value, or -1 for none. */
export type MatrixPart = { values: readonly string[]; of: readonly number[] };

/** `GET /soa/matrix`: controls by systems, packed. All lists of `systems` and every `cells` are in one order. */
export type MatrixWire = {
  asOf: string;
  index: number | null;
  systems: {
    ref: readonly string[];
    title: readonly string[];
    /** `1` for each that runs, `0` for the others. */
    running: string;
    stage: MatrixPart;
    unit: MatrixPart;
    owner: MatrixPart;
  };
  rows: readonly MatrixRowWire[];
  abilities: { export: AbilityWire; set: AbilityWire };
};
export type MatrixRowWire = Pick<SoaRow, 'id' | 'title' | 'decided'> & {
  topic: { id: string; title: string } | null;
  control: RefWire | null;
  at: Placing['at'] | null;
  /** A letter for each system: see matrix-view.ts. */
  cells: string;
};

/** `GET /soa/matrix/{control}/{system}`: one cell with what stands behind it. */
export type MatrixCellWire = {
  control: RefWire;
  system: RefWire;
  /** A letter of the matrix. */
  cell: string;
  implementations: readonly {
    record: RefWire;
    /** The system's own; what the organisation does for all is none of its own. */
    own: boolean;
    plannedOn: string | null;
    /** Whether a plan counts: `accepted` does; `null` for what is no plan. */
    plan: 'late' | 'unaccepted' | 'redated' | 'accepted' | null;
  }[];
  evidence: SoaEvidenceWire;
  /** The plan counts by an acceptance that the table of authority limits for nobody. */
  unlimited?: UnlimitedWire;
  action: ActionWire | null;
};

/** `POST /soa/matrix/cells`: what setting many cells wrote, or with `dryRun` would write. */
export type CellsSetWire = {
  made: number;
  changed: number;
  unchanged: number;
  /** By the statement's id of the control and the ref of the system; states of implementations before and after. What is made has its ref afterwards. */
  cells: readonly {
    control: string;
    system: string;
    does: 'make' | 'change' | 'nothing';
    record: string | null;
    before: string | null;
    after: string | null;
  }[];
  refused: readonly { control: string; system: string; reason: string }[];
  /** What `POST /soa/matrix/cells/undo` takes to take all of it back: ids of records with their versions before and after. */
  undo: readonly { record: string; from: number; to: number }[];
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

/** `GET /control-tests/{ref}/sample`: whether drawing once more from the kept list gives the items on record. */
export type SampleCheckWire = { drawn: boolean; repeated: 'same' | 'differs' | 'list-gone' | null };
