import type { Clock } from '../clock.ts';
import type { TraceRecord } from '../inputs.ts';
import type { OrganisationFacts } from '../organisation-facts.ts';
import type { Judgement } from '../types.ts';

/**
 * What the kept lines of the systems add up to. The organisation's line counts them; it never judges a system anew.
 * Systems that are archived or retired are left out.
 */
export type SystemsSummary = {
  /** Systems registered, and how many of them are live. */
  readonly systems: number;
  readonly live: number;
  /** Open gaps by rule: some of the systems that have one, all of them counted, and since when the oldest stands. */
  readonly gaps: ReadonlyMap<
    string,
    { readonly systems: readonly string[]; readonly count: number; readonly since: string | null }
  >;
  /** Records of the systems by kind: an empty register proves nothing. */
  readonly records: ReadonlyMap<string, number>;
};

/** What a question to the organisation may look at. Without a summary nothing about systems can be said. */
export type OrganisationContext = {
  readonly organisation: OrganisationFacts;
  readonly clock: Clock;
  readonly systems: SystemsSummary | null;
};

export type Question = {
  /** Clause or control: `5.2`, `A.2.3`. */
  readonly id: string;
  readonly judge: (o: OrganisationContext) => Judgement;
  /** Kinds of a later release without which the question is never answered with "holds". */
  readonly waits?: readonly string[];
};

export const sharedRecords = (o: OrganisationContext, kind: string): readonly TraceRecord[] =>
  o.organisation.byKind.get(kind) ?? [];
