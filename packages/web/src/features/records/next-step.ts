import type { AbilityWire, KindWire, RecordWire } from '@throughline/domain/wire.ts';
import type { ApprovalWire } from '@throughline/domain/wire-approval.ts';
import type { StepWire } from '@throughline/domain/wire-step.ts';
import { refusal } from '../../kinds/roles.ts';

export type PersonalAct = 'submit' | 'approve' | 'reject' | 'withdraw' | 'reinstate' | 'restore';

/** What moves a record on: a step of its life cycle, or an act of its approval. */
export type Step =
  | ({ type: 'transition' } & StepWire)
  | { type: 'approval'; act: PersonalAct; ability: AbilityWire };

/** Why a step is not offered; nothing where it is, or where it asks for what alone stands in its way. */
export const stepRefusal = (step: Step): string | undefined =>
  step.type === 'transition' && step.asks !== undefined ? undefined : refusal(step.ability);

/**
 * Which of a record's abilities an act of approval rests on: whoever wrote a version does not approve it, but may refuse
 * it, and take back what they gave where that binds nobody. `restore` among the abilities speaks of the archive.
 */
const restsOn: Readonly<Record<PersonalAct, string>> = {
  submit: 'submit',
  approve: 'approve',
  restore: 'noEffect',
  reject: 'decide',
  withdraw: 'withdraw',
  reinstate: 'reinstate',
};

const abilityOf = (record: RecordWire, act: PersonalAct): AbilityWire =>
  record.abilities[restsOn[act]] ?? { allowed: false, reason: '', who: [] };

/**
 * Whether approving says again what stands, where whoever gave it turned out to have written it, or lacks the authority for
 * what it lets through now.
 */
export const isConfirmed = (record: RecordWire): boolean => {
  const { approval } = record;
  if (approval === null || !isGiven(approval) || approval.stale.length > 0) return false;
  return (approval.own === true || approval.beyond === true) && isOnThis(record, approval);
};

const isGiven = ({ status }: ApprovalWire): boolean => status === 'approved' || status === 'stale';

/** By content, not by version: a step of the life cycle makes a version of the same content. */
const isOnThis = ({ version, proof }: RecordWire, approval: ApprovalWire): boolean =>
  approval.version === version ||
  approval.acts.findLast((act) => act.version === approval.version)?.digest === proof.digest;

/**
 * What the page says in place of a promise: nobody could approve this as it stands. Undefined where it can be put
 * forward, or where nothing of it waits to be.
 */
export const lackOf = (kind: KindWire, record: RecordWire): RecordWire['lack'] => {
  const open = approvalSteps(kind, record).some((step) => step.type === 'approval' && step.act === 'submit');
  const over = kind.states[record.state]?.ended === true;
  return open && !over && record.asOf === undefined ? record.lack : undefined;
};

/** The acts that a record's approval is open to as it stands, whether or not the caller may do them. */
export const approvalSteps = (kind: KindWire, record: RecordWire): readonly Step[] => {
  const { approval } = record;
  if (!kind.approvable || approval === null) return [];
  const onThis = isOnThis(record, approval);
  const approved = isGiven(approval);
  const acts: PersonalAct[] = [];
  if (approval.status === 'submitted' && onThis) acts.push('approve', 'reject');
  else if (!(approved && onThis)) acts.push('submit', 'approve');
  if (approval.stale.length > 0) acts.push('restore', 'approve');
  if (isConfirmed(record)) acts.push('approve');
  if (approval.inForce !== null) acts.push('withdraw');
  // A way back from a mistake, shown to whoever has it and for as long as they do: nobody else is asked for it.
  if (approval.status === 'withdrawn' && record.abilities.reinstate?.allowed === true)
    acts.unshift('reinstate');
  return [...new Set(acts)].map((act) => ({ type: 'approval', act, ability: abilityOf(record, act) }));
};

const isOver = (kind: KindWire, step: Step): boolean =>
  step.type === 'transition' && kind.states[step.to]?.ended === true;

/** The end of what binds although one person said it: whoever is the second hand finds it beside the title. */
const secondHand = (kind: KindWire, record: RecordWire, steps: readonly Step[]): readonly Step[] =>
  record.stillBinds === undefined ? [] : steps.filter((step) => isOver(kind, step) && step.ability.allowed);

/**
 * The one step a page offers first (UX d, State and next step): a waiting approval, then the first step forward that
 * the caller may take, then the first of all, with its reason. Ends of the life cycle are never offered first,
 * but for the one that waits for a second hand.
 */
export const nextStep = (kind: KindWire, record: RecordWire): Step | undefined => {
  if (record.archived === true || record.asOf !== undefined) return undefined;
  const approvals = approvalSteps(kind, record);
  const transitions: readonly Step[] = record.transitions.map((step) => ({ type: 'transition', ...step }));
  const waiting = approvals.filter((step) => step.type === 'approval' && step.act === 'approve');
  const submitted = record.approval?.status === 'submitted';
  const whole = lackOf(kind, record) === undefined;
  const submits = approvals.filter((step) => whole && step.type === 'approval' && step.act === 'submit');
  // Where a life cycle has come to rest, no step is due: all of them stay under More.
  const resting = ['full', 'crossed'].includes(kind.states[record.state]?.shape ?? '');
  const order = Object.keys(kind.states);
  const ahead = (step: Step): boolean =>
    step.type === 'transition' && order.indexOf(step.to) > order.indexOf(record.state);
  const steps = resting ? [] : transitions.filter((step) => !isOver(kind, step));
  const forward = [...steps.filter(ahead), ...steps.filter((step) => !ahead(step))];
  const candidates = [
    ...(submitted ? waiting : []),
    ...secondHand(kind, record, transitions),
    ...forward.filter((step) => step.ability.allowed),
    ...submits.filter((step) => step.ability.allowed),
    ...(submitted
      ? []
      : waiting.filter(
          (step) => step.ability.allowed && (record.approval?.status === 'stale' || isConfirmed(record)),
        )),
    ...forward,
    ...submits,
  ];
  return candidates[0];
};
