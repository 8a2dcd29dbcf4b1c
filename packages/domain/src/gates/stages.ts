/** Which gate stands at the end of which stage (ISO/IEC 22989 stages; A.6.2.5). Pure tables. */

export const gateTypes = [
  'use-case-approval',
  'design-review',
  'evaluation-verdict',
  'deployment-approval',
  'continuation-decision',
  'decommission-approval',
] as const;
export type GateType = (typeof gateTypes)[number];

export const isGateType = (value: unknown): value is GateType => gateTypes.some((type) => type === value);

const before = ['inception', 'design-development', 'verification-validation', 'deployment'];
const running = ['operation-monitoring', 'continuous-validation', 're-evaluation'];

/** Whether a system that runs comes to a stage before that. */
export const takesBack = (from: string, to: string): boolean => running.includes(from) && before.includes(to);

/**
 * The gate that a step of a system's life cycle passes through; nothing where the step goes back, stays live, or gives
 * up what never ran.
 * @param ran it ran before it was taken back to the stage in which it stands
 */
export function gateOfStep(step: string, from: string, ran = false): GateType | null {
  switch (step) {
    case 'develop':
      return from === 'inception' ? 'use-case-approval' : null;
    case 'verify':
      return from === 'design-development' ? 'design-review' : null;
    case 'deploy':
      return 'evaluation-verdict';
    case 'goLive':
      return before.includes(from)
        ? 'deployment-approval'
        : from === 're-evaluation'
          ? 'continuation-decision'
          : null;
    case 'retire':
      return ran || running.includes(from) ? 'decommission-approval' : null;
    default:
      return null;
  }
}

/**
 * The stages in which a gate of a type opens the way. One that was decided before the system last came into them
 * belongs to an earlier round: last year's continuation, or the release before a system was taken back to development.
 */
export function roundOf(type: GateType): readonly string[] {
  if (type === 'continuation-decision') return ['re-evaluation'];
  return type === 'decommission-approval' ? running : before;
}

const next: Readonly<Record<string, { readonly gate: GateType; readonly step: string }>> = {
  inception: { gate: 'use-case-approval', step: 'develop' },
  'design-development': { gate: 'design-review', step: 'verify' },
  'verification-validation': { gate: 'evaluation-verdict', step: 'deploy' },
  deployment: { gate: 'deployment-approval', step: 'goLive' },
  're-evaluation': { gate: 'continuation-decision', step: 'goLive' },
};

/** The gate at the end of a stage and the step behind it; nothing while a system simply runs, or is retired. */
export function gateOfStage(stage: string): { readonly gate: GateType; readonly step: string } | null {
  return Object.hasOwn(next, stage) ? (next[stage] ?? null) : null;
}
