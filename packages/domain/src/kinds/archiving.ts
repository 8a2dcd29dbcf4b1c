import type { Kind } from './kind.ts';

/**
 * Why a record in this state is not taken out of the register; nothing where it may be. A use that goes on is ended by its
 * step, with reason and day (A.9.4): archived, nothing would be asked of it any more while it runs.
 */
export function archiveObstacle({ name, lifecycle, label }: Kind, state: string): string | undefined {
  const now = lifecycle.states[state];
  return name === 'use-case' && now?.live === true
    ? `${label} is “${now.label}”, and what goes on is not archived. End it by its step first, with reason and day.`
    : undefined;
}
