/**
 * What the store hands to the rules: plain rows, read in one statement per system. No rule reads anything else,
 * and no SQL restates a rule.
 */
import type { Approval } from '../approvals.ts';
import type { AuthorityRow } from '../authority.ts';
import type { DutyWaiver } from '../duty-waivers.ts';
import type { Json } from '../json.ts';
import type { Structure } from '../organisation-structure.ts';
import type { Role } from '../permissions.ts';
import type { WorkingCalendar } from '../working-calendar.ts';

/** A record as the rules see it. For a versioned kind `inForce` is what counts, the working version is context. */
export type TraceRecord = {
  readonly id: string;
  readonly ref: string;
  readonly kind: string;
  readonly title: string;
  readonly state: string;
  /** The state is somebody's word (`decidedStates`), and an import brought it in: nobody gave it here. */
  readonly imported?: true;
  /** Of versions and gates: an import brought the record in, or the demo. What it says of its past was kept elsewhere. */
  readonly broughtIn?: boolean;
  /** Of a system in a stage before it runs: it ran, and was taken back since. */
  readonly ran?: true;
  readonly owner: string | null;
  /** Home system; `null` for what belongs to the whole organisation. */
  readonly system: string | null;
  readonly version: number;
  readonly digest: string;
  readonly fields: Readonly<Record<string, Json>>;
  readonly links: Readonly<Record<string, readonly string[]>>;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Of a closed risk: when it was closed, or brought in so. RFC 3339, UTC. */
  readonly closedAt?: string;
  /** Of a gate: when it was passed last, whatever became of it since. RFC 3339, UTC. */
  readonly passedAt?: string;
  /** A judgement that spoke for something by half and is open again: the day on which it did (kinds/found.ts). */
  readonly doubted?: string;
  /** When material content last changed; the creation counts as the first. RFC 3339, UTC. */
  readonly materialAt: string;
  /**
   * Of a system, a model and a data set: stretches of time before that in which it said, in all that is material, what it
   * says now. RFC 3339, from and until. Absent where it never did.
   */
  readonly saidSo?: readonly (readonly [from: string, until: string])[];
  readonly archived: boolean;
  /** All approval acts, oldest first. */
  readonly approvals: readonly Approval[];
  /** Content of the approved version in force where it differs from the current one (versioned kinds). */
  readonly inForce: {
    readonly version: number;
    readonly fields: Readonly<Record<string, Json>>;
    readonly links: Readonly<Record<string, readonly string[]>>;
  } | null;
  /**
   * By whose hands its versions were written: members, and those behind tokens. Read where an approval of it is in force
   * and two members are declared one person; without such a pair nobody could have approved their own work.
   */
  readonly hands?: readonly { readonly version: number; readonly by: readonly string[] }[];
  /**
   * What other records cite of the record (`cited` of its kind), as its earlier approved versions said it: fields by
   * version, those that were erased since aside. Absent where nothing was approved before.
   */
  readonly earlier?: readonly { readonly version: number; readonly fields: TraceRecord['fields'] }[];
  /** Digests of earlier versions that say the same in the parts that approvals of others draw on (`drawn` of its kind). */
  readonly alike?: readonly string[];
};

export type TraceMember = {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly roles: readonly Role[];
  readonly leftOn: string | null;
};

/** Rows of the authority table (DESIGN §7): who may decide which dimension up to which level. */
export type TraceAuthority = AuthorityRow & { readonly id: string };

/** A record that was taken out of the register: archived, or erased, which leaves it nothing to say. */
export type Gone = {
  readonly id: string;
  readonly ref: string;
  /** RFC 3339, UTC. */
  readonly archivedAt: string;
};

/** One system's own records and the shared ones that they use. */
export type SystemInputs = {
  readonly system: TraceRecord;
  readonly own: readonly TraceRecord[];
  readonly shared: readonly TraceRecord[];
  /** Risks of the system that are gone: what was done on them may still name them. */
  readonly gone: readonly Gone[];
};

/** Everything that belongs to the whole organisation and that rules draw on. */
export type OrganisationInputs = {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  /** Lengths adopted, by id of the catalogue's calendar: ISO 8601 periods such as `P1Y`. Absent = not adopted. */
  readonly intervals: Readonly<Record<string, string>>;
  /** On which days the organisation works; without it, what is due is due on the day that was set. */
  readonly calendar?: WorkingCalendar;
  /** What the organisation consists of; without it, no unit stands below another. */
  readonly structure?: Structure;
  /** When "another person approves" was waived in writing by a small organisation, oldest first. */
  readonly waivers: readonly DutyWaiver[];
  /** Pairs of members that are one person: what must not lie in one hand is compared between persons. */
  readonly samePersons: readonly (readonly [string, string])[];
  readonly members: readonly TraceMember[];
  readonly authority: readonly TraceAuthority[];
  /** Records without a home system, of every kind, not archived. */
  readonly records: readonly TraceRecord[];
  /** Assessments, of whatever system, of which those among them that somebody accepts carry findings. */
  readonly carried?: readonly TraceRecord[];
  /** How many systems are registered, and which of them the organisation-level rules must name. */
  readonly systems: readonly {
    readonly id: string;
    readonly ref: string;
    readonly title: string;
    readonly state: string;
    readonly fields: Readonly<Record<string, Json>>;
  }[];
  /** Answers of persons to judgements (owner can speak, fit for purpose …), newest per item. */
  readonly judgements: readonly {
    readonly item: string;
    readonly answer: 'yes' | 'no';
    readonly by: string;
    readonly at: string;
    readonly version: number | null;
  }[];
};
