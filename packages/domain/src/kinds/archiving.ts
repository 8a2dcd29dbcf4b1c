import type { Kind } from './kind.ts';

/**
 * Why a record in this state is not taken out of the register; nothing where it may be. A use that goes on is ended by its
 * step, with reason and day (A.9.4), and a system that runs through its gate (A.6.2.5): archived, nothing would be asked of it any more while it runs.
 */
export function archiveObstacle({ name, lifecycle, label }: Kind, state: string): string | undefined {
  const now = lifecycle.states[state];
  if (now?.live !== true) return undefined;
  if (name === 'use-case')
    return `${label} is “${now.label}”, and what goes on is not archived. End it by its step first, with reason and day.`;
  return name === 'system'
    ? `${label} is “${now.label}”, and what runs is not archived. Retire it first; one that was recorded twice and has no use is taken back first, with the reason.`
    : undefined;
}
