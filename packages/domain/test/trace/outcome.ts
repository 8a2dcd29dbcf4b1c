/** What a rule found, as a person reads it, for tables in which each row is the specification. */
import type { Deed, Gap, Label } from '../../src/trace/types.ts';
import { text, trace, type World } from './kit.ts';

/** Its sentence, since when it stands, and its one action, or what it falls with. */
export type Outcome = readonly [says: string, since: string | null, does: string];

export function outcomes(gaps: readonly Gap[]): Outcome[] {
  return gaps.map((gap) => [text(gap.sentence), gap.since, whatItDoes(gap)]);
}

function whatItDoes({ causedBy, action }: Gap): string {
  if (causedBy)
    return 'station' in causedBy ? `falls with ${causedBy.station}` : `falls with ${causedBy.organisation}`;
  return action === null ? 'no action' : `${words(action.label)} → ${pressed(action.do)}`;
}

function words(label: Label): string {
  if (typeof label === 'string') return label;
  return label
    .map((part) => (typeof part === 'object' && 'title' in part ? `Title of ${part.title}` : text([part])))
    .join('');
}

function pressed(deed: Deed): string {
  switch (deed.type) {
    case 'open':
      return `open ${deed.record}${deed.part ? ` at ${deed.part}` : ''}`;
    case 'edit':
      return `edit ${deed.part} of ${deed.record}`;
    case 'step':
      return `${deed.transition} ${deed.record}`;
    case 'validate':
      return `validate ${deed.record}`;
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

/** Where a rule is no gap: the last day on which it holds, or the sentence that says why it is not judged. */
export type Settled = readonly [
  rule: string,
  what: string,
  world: () => World,
  verdict: 'holds' | 'unverifiable' | 'not-applicable',
  untilOrWhy: string | null,
];

/** Why a rule that was found unverifiable or not applicable is not judged. */
export function whyOf(world: World, rule: string): string | null {
  const whys = trace(world).stations.flatMap((station) => [
    ...station.unverifiable,
    ...station.notApplicable,
  ]);
  const found = whys.find((item) => item.rule === rule);
  return found ? text(found.why) : null;
}
