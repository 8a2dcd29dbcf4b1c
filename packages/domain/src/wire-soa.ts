/** The shapes of answers on the Statement of Applicability. Conventions as in wire.ts. */
import type { Fault, Placing, Reason, SoaRow, Statement, Testing } from './soa/types.ts';
import type { AbilityWire, ActionWire, RefWire, SentenceWire } from './wire.ts';

/** `GET /soa`: the statement as the records give it now. */
export type SoaWire = {
  /** RFC 3339: everything is true as of this moment. */
  asOf: string;
  counts: Statement['counts'];
  rows: readonly SoaRowWire[];
  abilities: { decide: AbilityWire; export: AbilityWire };
};

export type SoaRowWire = Pick<
  SoaRow,
  'id' | 'item' | 'title' | 'objective' | 'decided' | 'says' | 'reasons' | 'justification' | 'decidedOn'
> & {
  topic: { id: string; title: string } | null;
  control: RefWire | null;
  line: RefWire | null;
  sources: readonly { reason: Reason; count: number; first: readonly RefWire[] }[];
  /** Names of roles that the organisation holds and that typically need the control: a suggestion. */
  typicalFor: readonly string[];
  placing: Placing | null;
  testing: SoaTestingWire | null;
  faults: readonly (Pick<Fault, 'code' | 'type'> & { sentence: SentenceWire; records: readonly RefWire[] })[];
  action: ActionWire | null;
};

export type SoaTestingWire = Omit<Testing, 'last'> & {
  last: { test: RefWire; on: string; conclusion: string } | null;
};
