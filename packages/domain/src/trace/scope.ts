import type { Context } from './context.ts';
import { reaches, scopeInForce } from './documents.ts';
import type { TraceRecord } from './inputs.ts';
import { linksOf, textOf } from './read.ts';

/** How the scope version in force speaks about the system (4.3). */
export type ScopeDecision =
  | { readonly decided: 'no-scope' }
  | { readonly decided: 'in' | 'out' | 'out-without-reason' | 'open'; readonly scope: TraceRecord };

/** An exclusion counts only where the version in force names the system and a reason is on record. */
export function scopeDecision(c: Context): ScopeDecision {
  const scope = scopeInForce(c.organisation);
  if (!scope) return { decided: 'no-scope' };
  const system = c.system.record;
  if (linksOf(scope.content, 'excludesSystems').includes(system.id)) {
    const reason = textOf(system, 'scopeReason') ?? textOf(scope.content, 'exclusions');
    return { decided: reason === null ? 'out-without-reason' : 'out', scope: scope.record };
  }
  return { decided: reaches(c.organisation, scope.content, system) ? 'in' : 'open', scope: scope.record };
}

/** The exclusion in force, if the system is validly out of scope. */
export function exclusion(c: Context): { readonly scope: TraceRecord } | null {
  const decision = scopeDecision(c);
  return decision.decided === 'out' ? { scope: decision.scope } : null;
}
