import { expect, test } from 'vitest';
import { loadCatalogue } from './load.ts';
import { leafClauses } from './lookup.ts';

const catalogue = loadCatalogue();

const countBy = <T>(items: readonly T[], key: (item: T) => string) =>
  Object.fromEntries([...Map.groupBy(items, key)].map(([k, group]) => [k, group.length]));

test('ISO/IEC 42001 has 32 leaf clauses in seven chapters', () => {
  const leaves = leafClauses(catalogue);
  expect(leaves).toHaveLength(32);
  expect(countBy(leaves, (c) => c.id.split('.')[0] ?? '')).toEqual({
    4: 4,
    5: 3,
    6: 6,
    7: 7,
    8: 4,
    9: 6,
    10: 2,
  });
  expect(catalogue.iso42001.meta.counts.clauses_leaf).toBe(32);
});

test('Annex A has 38 controls in 9 topics with 10 objectives', () => {
  const { topics, controls } = catalogue.iso42001.annex_a;
  const perTopic = {
    'A.2': 3,
    'A.3': 2,
    'A.4': 5,
    'A.5': 4,
    'A.6': 9,
    'A.7': 5,
    'A.8': 4,
    'A.9': 3,
    'A.10': 3,
  };
  expect(controls).toHaveLength(38);
  expect(topics).toHaveLength(9);
  expect(topics.flatMap((t) => t.objectives)).toHaveLength(10);
  expect(countBy(controls, (c) => c.topic)).toEqual(perTopic);
  expect(catalogue.iso42001.meta.counts).toMatchObject({
    annex_a_controls: 38,
    annex_a_topic_areas: 9,
    annex_a_control_objectives: 10,
    controls_per_topic: perTopic,
  });
});

test('a topic lists exactly the controls that name it', () => {
  const { topics, controls } = catalogue.iso42001.annex_a;
  for (const topic of topics) {
    expect(topic.controls).toEqual(controls.filter((c) => c.topic === topic.id).map((c) => c.id));
  }
});

test('26 controls ask for writing, as the additional document on them says', () => {
  const required = catalogue.iso42001.annex_a.controls.filter((c) => c.documented === 'required');
  const named = /on (\d+) controls/.exec(
    catalogue.documents.additional.find((d) => d.id === 'AD-05')?.note ?? '',
  );
  expect(required).toHaveLength(26);
  expect(named?.[1]).toBe('26');
});

test('15 mandatory items, 17 supporting ones and 5 more', () => {
  const { mandatory, supporting, additional, meta } = catalogue.documents;
  expect([mandatory.length, supporting.length, additional.length]).toEqual([15, 17, 5]);
  expect(meta.counts).toEqual({ mandatory: 15, supporting: 17, additional: 5 });
});

test('72 kinds of record', () => {
  expect(catalogue.records.kinds).toHaveLength(72);
  expect(catalogue.records.meta.counts.kinds).toBe(72);
});

test('15 stations in their order, with 112 rules', () => {
  const { stations, meta } = catalogue.stations;
  expect(stations).toHaveLength(15);
  expect(stations.map((s) => s.id)).toEqual(meta.order);
  expect(stations.map((s) => s.order)).toEqual(stations.map((_, i) => i + 1));
  expect(stations.flatMap((s) => s.rules)).toHaveLength(112);
});

test('rules of a station are numbered without a gap', () => {
  for (const { rules } of catalogue.stations.stations) {
    const prefix = rules[0]?.id.slice(0, 2);
    expect(rules.map((r) => r.id)).toEqual(rules.map((_, i) => `${prefix}${i + 1}`));
  }
});

test('the organisation answers for every leaf clause and 20 controls', () => {
  const { clauses, controls, meta } = catalogue.organisationLine;
  expect(clauses.map((q) => q.id)).toEqual(leafClauses(catalogue).map((c) => c.id));
  expect(controls).toHaveLength(20);
  expect(meta.counts).toEqual({ clauses: 32, controls: 20 });
});

test('a control that concerns the organisation has a question on its line, and no other has', () => {
  const atOrganisation = catalogue.iso42001.annex_a.controls
    .filter((c) => c.evidence_scope === 'organisation')
    .map((c) => c.id);
  const asked = new Set(catalogue.organisationLine.controls.map((q) => q.id));
  expect(atOrganisation.filter((id) => !asked.has(id))).toEqual([]);
  const onlySystem = catalogue.iso42001.annex_a.controls.filter((c) => c.evidence_scope === 'system');
  expect(onlySystem.filter((c) => asked.has(c.id))).toEqual([]);
});

test('the NIST AI RMF has 72 subcategories: 19, 18, 22 and 13', () => {
  const { functions, categories, subcategories, meta } = catalogue.nistAiRmf;
  const perFunction = { GOVERN: 19, MAP: 18, MEASURE: 22, MANAGE: 13 };
  expect(functions).toHaveLength(4);
  expect(categories).toHaveLength(19);
  expect(subcategories).toHaveLength(72);
  expect(countBy(subcategories, (s) => s.id.split(' ')[0] ?? '')).toEqual(perFunction);
  expect(meta.counts).toEqual({ functions: 4, categories: 19, subcategories: 72, ...perFunction });
});

test('the crosswalk has 280, 101 and 43 rows', () => {
  const { iso42001_to_nist_ai_rmf, iso42001_to_eu_ai_act, iso42001_to_iso27001 } = catalogue.crosswalk;
  expect(iso42001_to_nist_ai_rmf).toHaveLength(280);
  expect(iso42001_to_eu_ai_act).toHaveLength(101);
  expect(iso42001_to_iso27001).toHaveLength(43);
});

test('the EU AI Act has 61 obligations, 49 facts, 35 rules and 6 carve-outs', () => {
  const { obligations, facts, rules, carve_outs } = catalogue.euAiAct;
  expect([obligations.length, facts.length, rules.length, carve_outs.items.length]).toEqual([61, 49, 35, 6]);
});

test('the risk library holds what its lists say, in ids of their shape', () => {
  const { meta, threats, facts } = catalogue.riskLibrary;
  expect(countBy(threats, ({ list }) => list)).toEqual(
    Object.fromEntries(meta.lists.map(({ id, count }) => [id, count])),
  );
  expect(meta.lists.map(({ count }) => count)).toEqual([10, 10, 44]);
  const shapes = {
    'owasp-llm': /^LLM(0\d|10):2026$/,
    'owasp-ml': /^ML(0\d|10):2023$/,
    'mitre-atlas': /^AML\.T\d{4}$/,
  };
  for (const { id, list } of threats) expect(id).toMatch(shapes[list]);
  const used = new Set(threats.flatMap((threat) => threat.facts));
  expect(facts.filter(({ id }) => !used.has(id))).toEqual([]);
});
