import type { Duty } from './duties.ts';

/**
 * Approval is a fact of its own, apart from state: acts on exactly one version, append-only, with the digest of the
 * content approved. What stands is worked out from the acts, never stored twice.
 */
export const approvalActs = [
  'submit',
  'approve',
  'reject',
  'withdraw',
  'void',
  'restore',
  'reinstate',
] as const;
export type ApprovalAct = (typeof approvalActs)[number];

/** Whether an act asks why: it takes something away, or says that a change had no effect. */
export const asksWhy = (act: ApprovalAct): boolean => ['reject', 'withdraw', 'restore'].includes(act);

/** An input that an approval stood on, as it was: its content digest at the time of approval. */
export type Basis = { readonly record: string; readonly digest: string };

/**
 * What an input is now: the digest of its content, that of its approved version where one is in force, and those of
 * earlier versions that say the same in the parts that others draw on (`drawn` of its kind).
 */
export type InputNow = {
  readonly digest: string;
  readonly inForce: string | null;
  readonly alike?: readonly string[] | undefined;
};
/** Inputs by record id; one that is not in it is gone. */
export type InputsNow = (record: string) => InputNow | undefined;

export type Approval = {
  readonly id: string;
  readonly record: string;
  readonly version: number;
  /** Digest of the version's content, hex. */
  readonly digest: string;
  readonly act: ApprovalAct;
  readonly basis: readonly Basis[];
  /** Member id, or the id of a rule for `void`. */
  readonly by: string;
  readonly onBehalfOf: string | null;
  readonly reason: string | null;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** What would have stood in the way but for a waiver in writing, and which one; read where acts are shown. */
  readonly waived?: { readonly duties: readonly Duty[]; readonly waiver: string | null };
};

export type Standing =
  | { readonly status: 'none' }
  | { readonly status: 'submitted'; readonly version: number; readonly by: string; readonly at: string }
  | {
      readonly status: 'approved';
      readonly version: number;
      readonly approval: Approval;
      readonly stale: readonly string[];
      /** It lets through more by now than whoever gave it has authority for (5.3, 8.3). */
      readonly beyond: boolean;
    }
  | {
      readonly status: 'rejected' | 'withdrawn' | 'void';
      readonly version: number;
      readonly by: string;
      readonly at: string;
      readonly reason: string | null;
    };

/**
 * How the approvals of a record stand: the newest act decides. `current` says what the inputs named by an approval's
 * basis are now; one that differs or is gone makes the approval stale, named by record id. So do the records of `beside`:
 * what the rules of its kind hold against it beside its basis (findings of assessments: `unseenUnder`; changes of an
 * assessed system: `changedUnder`).
 * @param beyond whether whoever gave the one in force lacks the authority for it
 */
export function approvalStanding(
  acts: readonly Approval[],
  current: InputsNow,
  beside: readonly string[] = [],
  beyond = false,
): Standing {
  const last = standingActs(acts).at(-1);
  if (!last) return { status: 'none' };
  switch (last.act) {
    case 'submit':
      return { status: 'submitted', version: last.version, by: last.by, at: last.at };
    case 'approve':
    case 'restore':
      return {
        ...{ status: 'approved', version: last.version, approval: last },
        stale: [...new Set([...staleInputs(last, current), ...beside])],
        beyond,
      };
    case 'reject':
      return { status: 'rejected', version: last.version, by: last.by, at: last.at, reason: last.reason };
    case 'withdraw':
      return { status: 'withdrawn', version: last.version, by: last.by, at: last.at, reason: last.reason };
    case 'void':
      return { status: 'void', version: last.version, by: last.by, at: last.at, reason: last.reason };
  }
}

type StandingAct = Approval & { readonly act: Exclude<ApprovalAct, 'reinstate'> };
const isOther = (act: Approval): act is StandingAct => act.act !== 'reinstate';

/**
 * The acts that count. A withdrawal that was taken back directly afterwards, and the taking back of it, count for
 * nothing: everything stands as before the two. History keeps both.
 */
function standingActs(acts: readonly Approval[]): StandingAct[] {
  return acts.filter(
    (act, at): act is StandingAct =>
      isOther(act) && !(act.act === 'withdraw' && acts[at + 1]?.act === 'reinstate'),
  );
}

/** For how long whoever withdrew an approval may take that back, in minutes. */
export const reinstateMinutes = 60;

/** The approval that the newest act withdrew, and that act; nothing where something else happened last. */
export function withdrawnLast(
  acts: readonly Approval[],
): { readonly approval: Approval; readonly withdrawal: Approval } | undefined {
  const withdrawal = acts.at(-1);
  const approval = withdrawal?.act === 'withdraw' ? inForce(acts.slice(0, -1)) : undefined;
  return withdrawal && approval && { approval, withdrawal };
}

/**
 * Why a withdrawal is not taken back; nothing where it may be. It puts right a mistake and decides nothing: only whoever
 * withdrew does it, soon after, and only while the record and what its approval stood on are as they were.
 */
export function reinstateObstacle(
  acts: readonly Approval[],
  now: {
    /** Member id of whoever asks. */
    readonly by: string;
    readonly at: Date;
    /** When the record was last written. */
    readonly writtenAt: Date;
    readonly inputs: InputsNow;
  },
): string | undefined {
  const last = withdrawnLast(acts);
  if (!last) return 'There is no withdrawal to take back: it is no longer the newest act.';
  const { withdrawal } = last;
  const at = new Date(withdrawal.at).getTime();
  if (withdrawal.by !== now.by)
    return 'Only whoever withdrew an approval takes that back. Submit the record to have it approved anew.';
  if (now.at.getTime() - at > reinstateMinutes * 60_000)
    return `A withdrawal is taken back within ${reinstateMinutes} minutes. Submit the record to have it approved anew.`;
  const before = new Map(withdrawal.basis.map(({ record, digest }) => [record, digest]));
  const changed = [...before].some(([record, digest]) => now.inputs(record)?.digest !== digest);
  return now.writtenAt.getTime() > at || changed
    ? 'Something changed since it was withdrawn. Submit the record to have it approved anew.'
    : undefined;
}

/** The approval in force of a versioned record: the newest approve that no withdraw or void followed. */
export function inForce(acts: readonly Approval[]): Approval | undefined {
  let standing: Approval | undefined;
  for (const act of standingActs(acts)) {
    if (act.act === 'approve' || act.act === 'restore') standing = act;
    if (act.act === 'withdraw' || act.act === 'void') standing = undefined;
  }
  return standing;
}

/**
 * What an approval of exactly the content at hand is worth now, for a step that relies on it: it stands; there is none;
 * what it stood on changed since (`stale`); whoever gave it turned out to be one person with who wrote it (`own`); or it
 * lets through more by now than whoever gave it had authority for (`beyond`, 5.3).
 */
export type ApprovalAtHand = 'stands' | 'none' | 'stale' | 'own' | 'beyond';

/** As `ApprovalAtHand`; `own` and `beyond` say of the approval in force whether it is so. */
export function approvalAtHand(
  acts: readonly Approval[],
  digest: string,
  {
    inputs,
    unseen,
    own,
    beyond,
  }: {
    readonly inputs: InputsNow;
    /** As of `approvalStanding`. */
    readonly unseen: readonly unknown[];
    readonly own: boolean;
    readonly beyond: boolean;
  },
): ApprovalAtHand {
  const force = inForce(acts);
  if (force?.digest !== digest) return 'none';
  if (unseen.length > 0 || staleInputs(force, inputs).length > 0) return 'stale';
  if (own) return 'own';
  return beyond ? 'beyond' : 'stands';
}

/**
 * The inputs that are no longer what an approval stood on: the one reading of "stale", for pages and for the line.
 * A draft of an input changes nothing while the version that the approval stood on is the one in force; where its kind names
 * what approvals of others draw on (`drawn`), as a risk does, a draft counts as soon as it says something else there.
 */
export function staleInputs(approval: Approval, current: InputsNow): string[] {
  return approval.basis
    .filter((input) => !isStill(input, current(input.record)))
    .map((input) => input.record);
}

function isStill(input: Basis, now: InputNow | undefined): boolean {
  if (now === undefined) return false;
  // Where it is known which versions say the same, another one that stands approved says something else.
  return [now.digest, ...(now.alike ?? [now.inForce])].includes(input.digest);
}

/** Whether an approval that stood on a record turns stale as the record becomes what it is after a change. */
export function turnsStale(
  approval: Approval,
  record: string,
  change: { readonly before: InputNow; readonly after: InputNow },
): boolean {
  const inputs = approval.basis.filter((input) => input.record === record);
  return inputs.some((input) => isStill(input, change.before) && !isStill(input, change.after));
}

/**
 * The version since which writing makes an author of the content with the digest given: that of the newest approval of
 * other content; 0 where there was none. An approval of this very content does not count, nor one that was withdrawn:
 * who wrote it would otherwise approve their own words the second time.
 */
export function authoredSince(acts: readonly Approval[], digest: string): number {
  const stood: Approval[] = [];
  for (const act of standingActs(acts)) {
    if (act.act === 'approve') stood.push(act);
    if (act.act === 'withdraw') stood.pop();
  }
  return stood.findLast((act) => act.digest !== digest)?.version ?? 0;
}
