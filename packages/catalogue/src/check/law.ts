import type { Catalogue, Expression } from '../types.ts';
import { type Reference, refer } from './targets.ts';

/** Facts, outcomes and named conditions that an expression asks about. */
function expressionReferences(path: string, expression: Expression): Reference[] {
  if ('all' in expression) return expression.all.flatMap((child) => expressionReferences(path, child));
  if ('any' in expression) return expression.any.flatMap((child) => expressionReferences(path, child));
  if ('not' in expression) return expressionReferences(path, expression.not);
  if ('outcome' in expression) return refer(path, expression.outcome, 'outcome');
  if ('cond' in expression) return refer(path, expression.cond, 'condition');
  return refer(path, factOf(expression), 'fact');
}

function factOf(expression: Expression): string | undefined {
  if ('is' in expression) return expression.is;
  if ('is_false' in expression) return expression.is_false;
  if ('nonempty' in expression) return expression.nonempty;
  if ('has' in expression) return expression.has[0];
  if ('any_of' in expression) return expression.any_of[0];
  if ('any_except' in expression) return expression.any_except[0];
  if ('any_of_enum' in expression) return expression.any_of_enum[0];
  if ('gt' in expression) return expression.gt[0];
  if ('on_or_after' in expression) return expression.on_or_after[0];
  if ('before' in expression) return expression.before[0];
  return undefined;
}

function ruleReferences({ euAiAct: law }: Catalogue): Reference[] {
  const { legacy, placed_before_2026_08_02 } = law.semantics.from_variants;
  return [
    ...law.facts.flatMap((f) =>
      f.required === 'always' ? [] : expressionReferences(`facts.${f.id}.required`, f.required.when),
    ),
    ...law.input_checks.flatMap((c) =>
      'invalid_when' in c ? expressionReferences(`input_checks.${c.id}`, c.invalid_when) : [],
    ),
    ...law.rules.flatMap((r) => [
      ...expressionReferences(`rules.${r.id}.when`, r.when),
      ...refer(`rules.${r.id}.set`, r.set, 'outcome'),
    ]),
    ...Object.entries(law.conditions).flatMap(([id, when]) => expressionReferences(`conditions.${id}`, when)),
    ...[legacy, placed_before_2026_08_02].flatMap((when) =>
      expressionReferences('semantics.from_variants', when),
    ),
    ...law.legacy_effect.rules.flatMap((r) => [
      ...expressionReferences(`legacy_effect.${r.id}.when`, r.when),
      ...refer(`legacy_effect.${r.id}.roles`, r.roles, 'lawRole'),
      ...refer(`legacy_effect.${r.id}.from_fact`, r.from_fact, 'fact'),
    ]),
  ];
}

function testCaseReferences({ euAiAct: law }: Catalogue): Reference[] {
  return law.test_cases.flatMap((t) => {
    const at = `test_cases.${t.id}`;
    return [
      ...refer(`${at}.facts`, Object.keys(t.facts), 'fact'),
      ...refer(`${at}.expect`, t.expect, 'outcome'),
      ...refer(`${at}.expect_at_least`, t.expect_at_least, 'outcome'),
      ...refer(`${at}.expect_alerts`, t.expect_alerts, 'outcome'),
      ...refer(`${at}.expect_error`, t.expect_error, 'inputCheck'),
      ...refer(`${at}.expect_needed`, t.expect_needed, 'fact'),
      ...refer(`${at}.expect_obligations_include`, t.expect_obligations_include, 'obligation'),
      ...refer(`${at}.expect_obligations_exclude`, t.expect_obligations_exclude, 'obligation'),
      ...refer(`${at}.expect_status`, Object.keys(t.expect_status ?? {}), 'obligation'),
      ...refer(`${at}.expect_from`, Object.keys(t.expect_from ?? {}), 'obligation'),
      ...refer(`${at}.expect_carve_outs`, t.expect_carve_outs, 'carveOut'),
    ];
  });
}

export function lawReferences(catalogue: Catalogue): Reference[] {
  const { euAiAct: law } = catalogue;
  const { open_source_relief: relief } = law.gpai;
  return [
    ...refer('meta.basis', law.meta.basis, 'source'),
    ...refer('legacy_effect.basis', law.legacy_effect.basis, 'source'),
    ...refer('carve_outs.basis', law.carve_outs.basis, 'source'),
    ...refer('derogation_art_6_3.duties', law.derogation_art_6_3.duties, 'obligation'),
    ...ruleReferences(catalogue),
    ...law.obligations.flatMap((o) => [
      ...refer(`obligations.${o.id}.roles`, o.roles, 'lawRole'),
      ...refer(`obligations.${o.id}.when`, o.when, 'condition'),
      ...refer(`obligations.${o.id}.discharged_by`, o.discharged_by, 'kind'),
    ]),
    ...law.carve_outs.items.flatMap((c) => [
      ...refer(`carve_outs.${c.id}.obligation`, c.obligation, 'obligation'),
      ...refer(`carve_outs.${c.id}.roles`, c.roles, 'lawRole'),
      ...refer(`carve_outs.${c.id}.when`, c.when, 'condition'),
      ...refer(`carve_outs.${c.id}.discharged_by`, c.discharged_by, 'kind'),
    ]),
    ...refer('gpai.open_source_relief', [...relief.lifts, ...relief.keeps], 'obligation'),
    ...refer('gpai.open_source_relief.not_for', relief.not_for, 'outcome'),
    ...testCaseReferences(catalogue),
  ];
}
