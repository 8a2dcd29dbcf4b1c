/** The shapes of answers about approvals. Types alone. */
import type { ApprovalAct } from './approvals.ts';
import type { Unseen } from './trace/unseen-findings.ts';
import type { RefWire } from './wire.ts';
import type { WaivedWire } from './wire-duties.ts';

export type ApprovalStatus = 'none' | 'submitted' | 'approved' | 'stale' | 'rejected' | 'withdrawn' | 'void';

/** No line of the table of authority limits who decides; whether the caller may write one. */
export type UnlimitedWire = { edit: boolean };

export type ApprovalWire = {
  status: ApprovalStatus;
  version: number | null;
  inForce: number | null;
  by: string | null;
  at: string | null;
  reason: string | null;
  stale: readonly RefWire[];
  /**
   * Of a risk or a treatment plan: findings that whoever approved it did not see, because the risk took them in, they were
   * judged anew, or their assessment was first approved since. Their assessments are in `stale`.
   */
  unseen?: readonly {
    assessment: RefWire;
    /** Of the effect. */
    number: number;
    how: Unseen;
    at: string;
  }[];
  /**
   * Of an impact assessment: what changed in its system since, which reassessing answers, or that it has no effect. It is in
   * `stale` too.
   */
  moved?: readonly RefWire[];
  /** Whoever gave it turned out to be one person with who wrote it; another person approves the same version again. */
  own?: true;
  /** It lets through more than its giver had authority for, and is stale; somebody who has approves the same version again. */
  beyond?: true;
  /** What an approval now would stand on, where it is over a level that the table of authority limits for nobody. */
  unlimited?: UnlimitedWire;
  acts: readonly {
    act: ApprovalAct;
    version: number;
    digest: string;
    by: string;
    /** In whose place a delegate acted. */
    onBehalfOf?: string;
    at: string;
    reason: string | null;
    /** Given by who wrote or submitted it, under a waiver. */
    waived?: WaivedWire;
  }[];
};
