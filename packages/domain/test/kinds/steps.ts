/**
 * The steps of a life cycle as they were agreed: name, from, to, what must be filled first, and what else must be so
 * (an approval of exactly this version, a guard, a person who may not take it, a field that the step says). Where a step changes, this changes with
 * it, on purpose: records stand in these states, and auditors were told what each step asks for.
 */
export type AgreedStep = readonly [name: string, from: string, to: string, requires?: string, also?: string];
export type AgreedLifecycle = {
  readonly states: string;
  readonly live?: string;
  readonly ended: string;
  readonly steps: readonly AgreedStep[];
};
