import type { DateOrder, DecimalSign } from '../coerced.ts';
import type { Target } from '../mapping.ts';

/** How the files of one origin are read: data, so that a saved profile and a shipped one are the same thing. */
export type ProfileColumn = {
  readonly target: Target | null;
  readonly values?: Readonly<Record<string, string>>;
  readonly formedValues?: Readonly<Record<string, string>>;
  readonly dateOrder?: DateOrder;
  readonly decimal?: DecimalSign;
};

export type Profile = {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  /** Stays the same from one year's file to the next: external keys live under it. */
  readonly source: string;
  readonly columns: Readonly<Record<string, ProfileColumn>>;
  readonly identity: readonly string[];
  readonly tellApart: readonly string[];
  readonly fiscalYearStart?: number;
};
