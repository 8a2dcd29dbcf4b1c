/** What a rule found, as a person reads it, for tables in which each row is the specification. */
import type { Deed, Gap } from '../../src/trace/types.ts';
import { text, type World } from './kit.ts';

/** Its sentence, since when it stands, and its one action, or what it falls with. */
export type Outcome = readonly [says: string, since: string | null, does: string];

export function outcomes(gaps: readonly Gap[]): Outcome[] {
  return gaps.map((gap) => [text(gap.sentence), gap.since, whatItDoes(gap)]);
}

function whatItDoes({ causedBy, action }: Gap): string {
  if (causedBy)
    return 'station' in causedBy ? `falls with ${causedBy.station}` : `falls with ${causedBy.organisation}`;
  return action === null ? 'no action' : `${action.label} → ${pressed(action.do)}`;
}

function pressed(deed: Deed): string {
  switch (deed.type) {
    case 'open':
      return `open ${deed.record}${deed.part ? ` at ${deed.part}` : ''}`;
    case 'edit':
      return `edit ${deed.part} of ${deed.record}`;
    case 'step':
      return `${deed.transition} ${deed.record}`;
    case 'approve':
      return `approve ${deed.record}`;
    case 'create': {
      const given = [...Object.entries(deed.links), ...Object.entries(deed.fields)];
      const filled = given.map(([part, value]) => `${part} ${[value].flat().join(' and ')}`);
      return `new ${deed.kind}${filled.length > 0 ? ` with ${filled.join(', ')}` : ''}`;
    }
  }
}

/** A way in which a rule is missed: the world that breaks it, and each gap that follows, in order. */
export type Miss = readonly [rule: string, what: string, world: () => World, ...gaps: readonly Outcome[]];
