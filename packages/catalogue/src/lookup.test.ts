import { expect, test } from 'vitest';
import { loadCatalogue } from './load.ts';
import * as lookup from './lookup.ts';
import { compareIds, sortIds } from './order.ts';
import { stationIds } from './vocabulary.ts';

const catalogue = loadCatalogue();

test('each lookup finds by id and says undefined for what it does not know', () => {
  expect(lookup.clause(catalogue, '6.1')).toMatchObject({ level: 'heading', title: expect.any(String) });
  expect(lookup.clause(catalogue, '6.1.4')).toMatchObject({ parent: '6.1', records: expect.any(Array) });
  expect(lookup.control(catalogue, 'A.10.3')).toMatchObject({ topic: 'A.10' });
  expect(lookup.documentItem(catalogue, 'MD-06')).toMatchObject({ title: 'Statement of Applicability' });
  expect(lookup.documentItem(catalogue, 'SD-17')).toMatchObject({ category: 'A.10' });
  expect(lookup.documentItem(catalogue, 'AD-02')).toMatchObject({ clause: '6.1.3' });
  expect(lookup.recordKind(catalogue, 'use-case')).toMatchObject({ scope: 'system' });
  expect(lookup.obligation(catalogue, 'OB-27')).toMatchObject({ article: '27' });
  expect(lookup.source(catalogue, 'S-DOC-003')).toMatchObject({ reliability: 'C' });
  expect(lookup.nistSubcategory(catalogue, 'MEASURE 2.11')).toMatchObject({ id: 'MEASURE 2.11' });
  expect(lookup.calendarEntry(catalogue, 'walk_other')).toMatchObject({ every: 'P3Y' });
  expect(lookup.changeTrigger(catalogue, 'role_flip')).toMatchObject({ severity: 'high' });
  expect(lookup.organisationQuestion(catalogue, '9.2.2')).toMatchObject({ weight: 'major' });
  expect(lookup.organisationQuestion(catalogue, 'A.2.2')).toMatchObject({ weight: 'major' });
  expect(lookup.control(catalogue, 'A.2.1')).toBeUndefined();
  expect(lookup.clause(catalogue, 'A.2.2')).toBeUndefined();
  expect(lookup.organisationQuestion(catalogue, 'A.6.2.4')).toBeUndefined();
});

test('every station and rule is found, and a rule brings its station', () => {
  for (const id of stationIds) {
    const station = lookup.station(catalogue, id);
    expect(station.id).toBe(id);
    for (const rule of station.rules) {
      expect(lookup.stationRule(catalogue, rule.id)).toEqual({ station, rule });
    }
  }
  expect(lookup.stationRule(catalogue, 'SC99')).toBeUndefined();
});

test.each([
  ['6.1.4', 'clause', 'AI system impact assessment'],
  ['A.5', 'topic', 'Assessing impacts of AI systems'],
  ['A.6.1', 'topic', 'Management guidance for AI system development'],
  ['A.5.4', 'control', 'Assessing AI system impact on individuals or groups of individuals'],
  ['MD-06', 'document', 'Statement of Applicability'],
  ['OB-27', 'obligation', 'EU AI Act 27: Fundamental rights impact assessment'],
  ['CO-19-2', 'carve-out', /^EU AI Act 19\(2\): documentation kept/],
  ['S-DOC-003', 'source', '15 mandatory and 17 supporting documents'],
  ['SC1', 'rule', /^The system is in scope/],
  ['A.2.1', 'objective', /^Give AI work direction/],
  ['MAP 1', 'nist', /^Context is set/],
])('%s resolves to its %s', (id, type, title) => {
  const found = lookup.resolveRef(catalogue, id);
  expect(found).toMatchObject({ type, id });
  expect(found?.title).toMatch(title);
});

test('an id of nobody resolves to nothing', () => {
  for (const id of ['A.99.1', '', 'OWN-1', '__proto__', 'constructor']) {
    expect(lookup.resolveRef(catalogue, id)).toBeUndefined();
  }
});

test('authority falls to the role of the default table', () => {
  expect(lookup.defaultAuthority(catalogue, 'residual_risk', 'low')).toBe('risk_owner');
  expect(lookup.defaultAuthority(catalogue, 'residual_risk', 'severe')).toBe('top_management');
  expect(lookup.defaultAuthority(catalogue, 'stop', 'severe')).toBe('human_overseer');
});

test('retention gives every default that names the kind', () => {
  expect(lookup.retentionFor(catalogue, 'regulatory-file').map((r) => r.id)).toEqual([
    'rt_technical_file',
    'rt_representative',
    'rt_financial',
  ]);
  expect(lookup.retentionFor(catalogue, 'task')).toEqual([]);
});

test('crosswalk rows are told apart by framework', () => {
  const rows = lookup.crosswalkFrom(catalogue, '5.2');
  expect(rows.nistAiRmf.map((r) => r.to)).toEqual(['GOVERN 1.2', 'GOVERN 2.3', 'MAP 1.3']);
  expect(rows.euAiAct.map((r) => r.to)).toContain('Art. 5');
  expect(rows.iso27001.map((r) => r.to)).toEqual(['5.2']);
  expect(lookup.crosswalkFrom(catalogue, 'A.99')).toEqual({ nistAiRmf: [], euAiAct: [], iso27001: [] });
});

test('ids sort as people count', () => {
  expect(sortIds(['A.10.2', '6.1.10', 'MD-02', 'A.2.4', '10.1', '6.1.2', 'A.2', '9.3', 'A.6.2.2'])).toEqual([
    '6.1.2',
    '6.1.10',
    '9.3',
    '10.1',
    'A.2',
    'A.2.4',
    'A.6.2.2',
    'A.10.2',
    'MD-02',
  ]);
  expect(sortIds(['OB-26-11', 'OB-4a', 'OB-26-2', 'OB-4'])).toEqual(['OB-4', 'OB-4a', 'OB-26-2', 'OB-26-11']);
  expect(compareIds('A.2', 'A.2')).toBe(0);
});

test('clauses and controls of the data already stand in that order', () => {
  const clauses = catalogue.iso42001.clauses.map((c) => c.id);
  const controls = catalogue.iso42001.annex_a.controls.map((c) => c.id);
  expect(sortIds(clauses)).toEqual(clauses);
  expect(sortIds(controls)).toEqual(controls);
});
