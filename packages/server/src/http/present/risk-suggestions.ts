import type { Catalogue } from '@throughline/catalogue/types.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { SuggestionsWire } from '@throughline/domain/wire-risk.ts';
import type { SuggestionsView } from '../../features/risk/suggestions.ts';
import { refWire } from './ref.ts';

/** `GET /risk-assessments/{ref}/suggestions`. */
export function suggestionsWire(
  registry: Registry,
  { riskLibrary }: Catalogue,
  { run, facts, suggestions, parts }: SuggestionsView,
): SuggestionsWire {
  const held = new Set<string>(facts);
  return {
    run: refWire(registry, { ...run, archived: run.archivedAt !== null }),
    version: run.version,
    facts: riskLibrary.facts.filter(({ id }) => held.has(id)).map(({ id, words }) => ({ id, words })),
    suggestions: suggestions.map(({ risks, ...one }) => ({
      ...one,
      risks: risks.flatMap((id) => {
        const risk = parts.get(id);
        return risk ? [refWire(registry, { ...risk, archived: false })] : [];
      }),
    })),
  };
}
