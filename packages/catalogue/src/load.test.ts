import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkReferences } from './check/references.ts';
import { dataDirectory, generatedFile, readGenerated, writeGenerated } from './generated.ts';
import { loadCatalogue, loadFrom } from './load.ts';
import { parseCatalogue } from './parse.ts';
import { readYamlFile, readYamlFiles } from './read-yaml.ts';
import { fileKeys, fileNames } from './schema/files.ts';

const original = readYamlFiles(dataDirectory);
const changed = new Set<string>();
let directory: string;

beforeEach(() => {
  directory = `${mkdtempSync(join(tmpdir(), 'catalogue-'))}/`;
  cpSync(dataDirectory, directory, { recursive: true });
  changed.clear();
});
afterEach(() => rmSync(directory, { recursive: true }));

const change = (file: string, from: string, to: string) => {
  const before = readFileSync(`${directory}${file}`, 'utf8');
  expect(before).toContain(from);
  writeFileSync(
    `${directory}${file}`,
    before.replace(from, () => to),
  );
  changed.add(file);
};

/** What the generator does, short of writing; files nobody changed are read once, because YAML is slow. */
const check = () => {
  const files = fileKeys.map((key) => {
    const file = fileNames[key];
    return [key, changed.has(file) ? readYamlFile(directory, file) : original[key]];
  });
  return checkReferences(parseCatalogue(Object.fromEntries(files)));
};

test('the generated file is what the YAML gives', () => {
  expect(loadCatalogue()).toEqual(check());
  expect(readFileSync(`${dataDirectory}${generatedFile}`, 'utf8')).toBe(writeGenerated(check()));
});

test('the catalogue is read once and frozen to the last word', () => {
  const catalogue = loadCatalogue();
  expect(loadCatalogue()).toBe(catalogue);
  const open: string[] = [];
  const visit = (value: unknown, path: string) => {
    if (typeof value !== 'object' || value === null) return;
    if (!Object.isFrozen(value)) open.push(path);
    for (const [key, child] of Object.entries(value)) visit(child, `${path}.${key}`);
  };
  visit(catalogue, '');
  expect(open).toEqual([]);
  expect(() => Object.assign(catalogue.stations.stations[0] ?? {}, { name: 'Other' })).toThrow(TypeError);
});

test('what was generated can be read back', () => {
  expect(readGenerated(writeGenerated(loadCatalogue()), generatedFile)).toEqual(loadCatalogue());
});

test.each([
  ['a changed word', (text: string) => text.replace('AI policy', 'AI poetry')],
  ['a lost end', (text: string) => text.slice(0, -100)],
  ['an empty file', () => ''],
  ['a file without digest', (text: string) => text.replace(/^\{.*\n/, '{\n')],
])('a generated file with %s is refused by name', (_, alter) => {
  const before = readFileSync(`${directory}${generatedFile}`, 'utf8');
  writeFileSync(`${directory}${generatedFile}`, alter(before));
  expect(() => loadFrom(directory)).toThrow(/catalogue\.json: whole file: altered or cut off/);
});

test('a missing generated file is named', () => {
  rmSync(`${directory}${generatedFile}`);
  expect(() => loadFrom(directory)).toThrow(/catalogue\.json: .*ENOENT/);
});

test('a missing YAML file is named', () => {
  rmSync(`${directory}sources.yaml`);
  expect(() => readYamlFiles(directory)).toThrow(/sources\.yaml: .*ENOENT/);
});

test.each([
  ['no YAML', 'stations.yaml', 'stations:\n', 'stations: [\n', /stations\.yaml: whole file: /],
  [
    'a key that stands twice',
    'sources.yaml',
    'reliability: {A:',
    'version: "9"\n  reliability: {A:',
    /sources\.yaml: .*unique/,
  ],
  [
    'an unknown field',
    'product-records.yaml',
    '{id: context-issue, label:',
    '{id: context-issue, colour: red, label:',
    /product-records\.yaml: kinds\[0\]: .*colour/,
  ],
  [
    'a lost field',
    'nist-ai-rmf.yaml',
    '{id: GOVERN, summary: "Build the culture, rules and accountability that carry AI risk work."}',
    '{id: GOVERN}',
    /nist-ai-rmf\.yaml: functions\[0\]\.summary: /,
  ],
  [
    'a wrong type',
    'stations.yaml',
    'source: standard, weight: major, time_bound: false, refs: ["4.3", MD-01]}',
    'source: standard, weight: major, time_bound: "no", refs: ["4.3", MD-01]}',
    /stations\.yaml: stations\[0\]\.rules\[0\]\.time_bound: /,
  ],
  [
    'a word of no vocabulary',
    'organisation-line.yaml',
    'source: standard, weight: minor, time_bound: true, interval: context_review}',
    'source: custom, weight: minor, time_bound: true, interval: context_review}',
    /organisation-line\.yaml: clauses\[0\]\.source: /,
  ],
  [
    'an interval on a rule that time cannot turn',
    'stations.yaml',
    'time_bound: true, interval: policy_review, refs: ["4.3", "7.5.3"]}',
    'time_bound: false, interval: policy_review, refs: ["4.3", "7.5.3"]}',
    /stations\.yaml: stations\[0\]\.rules\[3\]: a rule with an interval is time-bound/,
  ],
  [
    'advice that weighs as a nonconformity',
    'stations.yaml',
    'source: advice, weight: opportunity, time_bound: false, refs: [MD-01, S-DOC-003]}',
    'source: advice, weight: major, time_bound: false, refs: [MD-01, S-DOC-003]}',
    /stations\[0\]\.rules\[4\]: advice always weighs as opportunity/,
  ],
  [
    'an impossible date',
    'eu-ai-act.yaml',
    '{id: eif, date: "2024-08-01"',
    '{id: eif, date: "2024-08-41"',
    /eu-ai-act\.yaml: timeline\[0\]\.date: /,
  ],
  [
    'an operator that does not exist',
    'eu-ai-act.yaml',
    'when: {is_false: meets_ai_definition}',
    'when: {is_wrong: meets_ai_definition}',
    /eu-ai-act\.yaml: rules\[0\]\.when: /,
  ],
  [
    'a length of time that is none',
    'nonconformity.yaml',
    'major: P5D',
    'major: 5 days',
    /nonconformity\.yaml: time_limits\.stages\[0\]\.major: /,
  ],
  [
    'a record without the condition that lets it hold',
    'mandatory-documents.yaml',
    'nature: document\n    auditor_check',
    'nature: record\n    auditor_check',
    /mandatory-documents\.yaml: mandatory\[0\]: holds_when/,
  ],
  [
    'an empty text',
    'iso42001.yaml',
    'title: Leadership and commitment',
    'title: " "',
    /iso42001\.yaml: clauses\[6\]\.title: empty text/,
  ],
])('data with %s is refused by file and path', (_, file, from, to, message) => {
  change(file, from, to);
  expect(check).toThrow(message);
});

test.each([
  [
    'a rule to a document',
    'stations.yaml',
    'refs: ["4.3", MD-01]',
    'refs: ["4.3", MD-99]',
    /stations\.scope\.rules\.SC1\.refs: MD-99 is no leaf or control or document/,
  ],
  [
    'a rule to a heading instead of a clause',
    'stations.yaml',
    'refs: ["4.3", MD-01]',
    'refs: ["6.1", MD-01]',
    /SC1\.refs: 6\.1 is no leaf/,
  ],
  [
    'a rule to an interval',
    'stations.yaml',
    'interval: use_case_review',
    'interval: use_case_revue',
    /stations\.yaml: stations\.use-cases\.rules\.UC5\.interval: use_case_revue/,
  ],
  [
    'a station to a kind',
    'stations.yaml',
    'kinds: [intake, use-case',
    'kinds: [intake, usecase',
    /stations\.use-cases\.kinds: usecase is no kind/,
  ],
  [
    'a control to a kind',
    'iso42001.yaml',
    'records: [document, task]',
    'records: [document, tasks]',
    /iso42001\.yaml: annex_a\.controls\.A\.2\.3\.records: tasks is no kind/,
  ],
  [
    'a trigger to a kind',
    'domain-model.yaml',
    'reopen: [intake, system, use-case,',
    'reopen: [intake, sytem, use-case,',
    /domain-model\.yaml: change_triggers\.new_ai_system\.reopen: sytem is no kind/,
  ],
  [
    'a crosswalk row to a subcategory',
    'crosswalk.yaml',
    'to: "GOVERN 1.1"',
    'to: "GOVERN 1.9"',
    /crosswalk\.yaml: NX001: GOVERN 1\.9 is no nist/,
  ],
  [
    'a crosswalk row to its basis',
    'crosswalk.yaml',
    'basis: [S-NIST-XWALK]',
    'basis: [S-NOBODY]',
    /crosswalk\.yaml: NX001: S-NOBODY is no source/,
  ],
  [
    'an obligation to a condition',
    'eu-ai-act.yaml',
    'when: any_in_scope, from',
    'when: any_scope, from',
    /eu-ai-act\.yaml: obligations\.OB-4\.when: any_scope is no condition/,
  ],
  [
    'a rule of law to a fact',
    'eu-ai-act.yaml',
    'when: {is_false: meets_ai_definition}',
    'when: {is_false: meets_definition}',
    /rules\.R01\.when: meets_definition is no fact/,
  ],
  [
    'a rule of law to a value of a fact',
    'eu-ai-act.yaml',
    'when: {has: [eu_nexus, none]}',
    'when: {has: [eu_nexus, nobody]}',
    /rules\.R02\.when: nobody is no value of eu_nexus/,
  ],
  [
    'a review input to a kind',
    'management-review.yaml',
    'data_from: [task, decision, management-review]',
    'data_from: [task, resolution, management-review]',
    /management-review\.yaml: MR-I1\.data_from: resolution is no kind/,
  ],
])('a reference that leads nowhere is refused: %s', (_, file, from, to, message) => {
  change(file, from, to);
  expect(check).toThrow(message);
});

test.each([
  ['in a list', 'nist-ai-rmf.yaml', '{id: MAP 1.2,', '{id: MAP 1.1,', /subcategories: MAP 1\.1 stands twice/],
  ['in two stations', 'stations.yaml', '{id: PO1,', '{id: SC1,', /ids shared by all files: SC1 stands twice/],
])('an id that stands twice %s is refused', (_, file, from, to, message) => {
  change(file, from, to);
  expect(check).toThrow(message);
});

test('every problem of a file is told at once', () => {
  change('stations.yaml', 'name: Scope', 'name: ""');
  change('sources.yaml', 'retrieved: "2026-11-21"', 'retrieved: "yesterday"');
  expect(check).toThrow(/stations\.yaml: stations\[0\]\.name[\s\S]*sources\.yaml: meta\.retrieved/);
});
