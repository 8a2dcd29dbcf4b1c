import { unprocessable } from '../errors.ts';
import type { Kind } from './kind.ts';

/** Parts that are set before these states and stay as they were set: no edit and no step into one of them moves them. */
export type Fixed = {
  readonly parts: readonly string[];
  readonly in: readonly string[];
  /** What to do where one of them is wrong. Default: begin another record. */
  readonly says?: string;
};

/**
 * Refuses to change what was set before a record came into its state and stays as it was set (A.6.2.4): neither by an edit
 * nor with a step into another such state. Throws `unprocessable`.
 * @param step the step that follows in the same change
 */
export function refuseFixed(kind: Kind, state: string, changed: readonly string[], step?: string): void {
  const { fixed, lifecycle } = kind;
  if (!fixed?.in.includes(state)) return;
  const to = step === undefined ? state : lifecycle.transitions[step]?.to;
  if (to === undefined || !fixed.in.includes(to)) return;
  const label = lifecycle.states[state]?.label ?? state;
  const says = fixed.says ?? `Where it is wrong, begin another ${kind.label.toLowerCase()}.`;
  const problems = changed
    .filter((part) => fixed.parts.includes(part))
    .map((part) => ({
      at: `${part in kind.fields ? 'fields' : 'links'}.${part}`,
      message: `${(kind.fields[part] ?? kind.relations[part])?.label ?? part}: what was set before this was “${label}” stays as it was set. ${says}`,
    }));
  if (problems.length > 0) throw unprocessable(problems);
}
