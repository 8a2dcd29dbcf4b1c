import type { StationRule } from '@throughline/catalogue/types.ts';
import type { Context } from './context.ts';
import { notApplicable } from './judge.ts';
import { lawApplies } from './law.ts';
import { on, rec, say } from './say.ts';
import { exclusion } from './scope.ts';
import { afterRetirement, alwaysJudged } from './stages.ts';
import type { Judgement } from './types.ts';

/** Rules that ask about the exclusion itself, or judge their own law. */
const ownLaw: ReadonlySet<string> = new Set(['SC2', 'CL1', 'CL4', 'IM10']);
const scopeItself: ReadonlySet<string> = new Set(['SC1', 'SC4']);

/**
 * What switches a rule off before it is judged: the system's end, its exclusion from scope (never for law,
 * contract, incidents), or a law that is not recorded as binding yet. Nothing when the rule applies.
 */
export function applies(c: Context, rule: StationRule): Judgement | null {
  if (c.system.retired && !afterRetirement.has(rule.id)) return retired(c);
  if (rule.source === 'law' && !ownLaw.has(rule.id)) return lawApplies(c, rule.refs);
  const excluded = exclusion(c);
  const bySource = rule.source === 'standard' || rule.source === 'house' || rule.source === 'advice';
  if (excluded && bySource && !scopeItself.has(rule.id) && !alwaysJudged.has(rule.id))
    return notApplicable(say('excluded', { system: rec(c.system.record), scope: rec(excluded.scope) }));
  return null;
}

function retired(c: Context): Judgement {
  const day = c.system.record.fields.retiredOn;
  return notApplicable(
    typeof day === 'string'
      ? say('retired-on', { system: rec(c.system.record), day: on(day) })
      : say('retired', { system: rec(c.system.record) }),
  );
}
