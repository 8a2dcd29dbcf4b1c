import type { ActionWire, RefWire, StationWire } from '@throughline/domain/wire.ts';

/** What a row of a line needs: a station of a system, or a clause or control of the organisation. */
export type LineItem = Omit<StationWire, 'order' | 'records' | 'recordCount' | 'serves'> & {
  /** What stands in the number column: the station's number, the clause's id. */
  number: string;
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
