import type { ActionWire, GapWire, RefWire, StationWire } from '@throughline/domain/wire.ts';

/** A gap, or what stands like one: where it leads to a page rather than an act, the way there. */
export type ShownGap = GapWire & { way?: { label: string; href: string } };

/** What a row of a line needs: a station of a system, or a clause or control of the organisation. */
export type LineItem = Omit<StationWire, 'order' | 'records' | 'recordCount' | 'serves' | 'gaps'> & {
  gaps: readonly ShownGap[];
  /** What stands in the number column: the station's number, the clause's id. */
  number: string;
  /** The page that shows more of it than its gaps. */
  see?: { label: string; href: string };
  records?: StationWire['records'];
  recordCount?: number;
};

export type StationListProps = {
  label: string;
  items: readonly LineItem[];
  opened: ReadonlySet<string>;
  onToggle: (id: string) => void;
  primaryGap: string | null;
  onAction: (action: ActionWire) => void;
  locked?: string | undefined;
  /** Whose line it is: a gap can then be given to a person as a task. */
  system?: RefWire;
  /** All gaps and all records stand in sight: on paper. */
  whole?: boolean;
};
