/** Waivers of rules of the house (stations.yaml, general rules): a gap under one is accepted, and never met. */
import type { StationRule } from '@throughline/catalogue/types.ts';
import { lastDay } from '../day.ts';
import { ruleOfOption } from '../kinds/vocabulary/house-rules.ts';
import { waiverDemandOf } from '../kinds/waiver.ts';
import { approvedOwn } from './approved-own.ts';
import { hasAuthority } from './authority.ts';
import { approvedOf, type Context, ownOf } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { dayOf, textOf } from './read.ts';
import { on, rec, say } from './say.ts';
import type { Judgement, Sentence } from './types.ts';

type Standing =
  | { readonly state: 'in-force'; readonly record: TraceRecord; readonly by: string; readonly until: string }
  | { readonly state: 'over'; readonly record: TraceRecord; readonly until: string }
  | { readonly state: 'beyond-authority'; readonly record: TraceRecord };

/**
 * What stands of a waiver for a rule; nothing where it is about another rule, was never approved, has not begun, or was
 * ended. A decision above the limit held on its own day is void, as everywhere (5.3).
 */
function standingOf(c: Context, record: TraceRecord, rule: string): Standing[] {
  const content = approvedOf(c, record);
  const option = content && textOf(content, 'rule');
  const until = content && dayOf(content, 'endsOn');
  // What its own writer granted sets nothing aside; its record says so.
  if (content && approvedOwn(c.organisation, content) === 'own') return [];
  if (!content || !option || !until || ruleOfOption(option) !== rule || record.state === 'ended') return [];
  const day = c.organisation.zone.dayOf(content.at);
  const demand = waiverDemandOf(content.fields);
  if (hasAuthority(c.organisation, { member: content.by, ...demand, day }) === false)
    return [{ state: 'beyond-authority', record }];
  const from = dayOf(content, 'startsOn');
  if (from !== null && !c.clock.reached(from)) return [];
  if (c.clock.over(until)) return [{ state: 'over', record, until: lastDay(until) }];
  return [{ state: 'in-force', record, by: content.by, until: lastDay(until) }];
}

/** The judgement of a rule, accepted where it is a gap of a rule of the house and a waiver for it is in force. */
export function underWaiver(
  c: Context,
  rule: Pick<StationRule, 'id' | 'source'>,
  judgement: Judgement,
): Judgement {
  if (judgement.verdict !== 'gap' || rule.source !== 'house') return judgement;
  const all = ownOf(c, 'waiver').flatMap((record) => standingOf(c, record, rule.id));
  const lasting = all
    .flatMap((one) => (one.state === 'in-force' ? [one] : []))
    .sort((a, b) => (a.until < b.until ? 1 : -1))[0];
  const told = (sentence: Sentence) => ({
    ...judgement,
    gaps: judgement.gaps.map((gap) => ({ ...gap, sentence: [...gap.sentence, ' ', ...sentence] })),
  });
  if (lasting) {
    const { gaps } = told(say('waived', { waiver: rec(lasting.record) }));
    return { verdict: 'accepted', gaps, by: lasting.by, until: lasting.until };
  }
  const over = all
    .flatMap((one) => (one.state === 'over' ? [one] : []))
    .sort((a, b) => (a.until < b.until ? 1 : -1))[0];
  if (over) return told(say('waiver-over', { waiver: rec(over.record), day: on(over.until) }));
  const beyond = all.find((one) => one.state === 'beyond-authority');
  return beyond ? told(say('waiver-authority', { waiver: rec(beyond.record) })) : judgement;
}
