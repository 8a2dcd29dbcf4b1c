import { vocabularyId } from '@throughline/domain/classification/keep.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { ComparisonWire } from '@throughline/domain/wire-rules.ts';
import type { Comparison } from '../../features/classification/compare-rule-sets.ts';
import type { Law } from '../../records/law-in-force.ts';
import { refWire } from './ref.ts';

/** The comparison with outcomes in the words of the rules that each came of. */
export function comparisonWire(registry: Registry, compared: Comparison): ComparisonWire {
  const { inForce, candidate, looked, changed, cases } = compared;
  return {
    inForce: inForce.meta.rule_set_version,
    candidate: candidate.meta.rule_set_version,
    looked,
    changed: changed.map(({ row, before, after, says }) => ({
      record: refWire(registry, { ...row, archived: row.archivedAt !== null }),
      before: labelled(inForce, before),
      after: labelled(candidate, after),
      says,
    })),
    cases,
  };
}

const labelled = (law: Law, ids: readonly string[]): string[] =>
  ids.map((id) => law.outcomes.find((one) => vocabularyId(one.id) === id)?.label ?? id);
