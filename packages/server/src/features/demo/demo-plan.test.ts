import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { expect, test } from 'vitest';
import { stepsOfRound } from './demo-acts.ts';
import { demoPlan, filesNamed, layersOf, type Meanings, meant } from './demo-plan.ts';
import { readDemoSource, type SourceRecord } from './demo-source.ts';

const source = readDemoSource();
const plan = demoPlan(source, loadCatalogue());
const records = plan.chapters.flatMap((chapter) => chapter.records);

const meanings: Meanings = {
  version: (key) => `${key} v1`,
  day: (days) => `day ${days}`,
  moment: (days) => `moment ${days}`,
  member: (person) => `member ${person}`,
  file: (key) => `file ${key}`,
  digest: (key) => `digest ${key}`,
  ruleVersion: 'rules',
  loader: 'loader',
};
const textsOf = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsOf)
      : [];

test('every record has a key of its own, and links only to what stands before it', () => {
  const known = new Set<string>();
  for (const { key, links } of records) {
    expect(known.has(key)).toBe(false);
    for (const target of Object.values(links).flat())
      expect([key, target, known.has(target)]).toEqual([key, target, true]);
    known.add(key);
  }
});

test('every kind, part, step and person of it is declared', () => {
  const people = source.organisation.people.map(({ key }) => key);
  for (const { key, kind: name, fields, links, steps } of records) {
    const kind = registry.get(name);
    for (const part of Object.keys(fields))
      expect([key, part, part in kind.fields]).toEqual([key, part, true]);
    for (const part of Object.keys(links))
      expect([key, part, part in kind.relations]).toEqual([key, part, true]);
    for (const step of steps) {
      const [act, first = '', second] = step.split(':');
      if (act === 'do') expect([key, step, first in kind.lifecycle.transitions]).toEqual([key, step, true]);
      const by = act === 'approve' ? first : second;
      if (by !== undefined) expect(people).toContain(by);
    }
  }
});

test('no word in braces and no sign without a meaning is left over', () => {
  for (const { key, fields } of records)
    for (const value of Object.values(fields))
      for (const text of textsOf(meant(value, meanings))) {
        expect([key, text, /[{}]/.test(text)]).toEqual([key, text, false]);
        expect([key, text, text.startsWith('@')]).toEqual([key, text, false]);
      }
  for (const chapter of plan.chapters)
    for (const { text } of chapter.files.values()) expect(text).not.toMatch(/[{}]/);
});

test('every day of it is counted from today, so that it never ages, but for the day that a law itself names', () => {
  const dated = /\b20\d\d-\d\d/;
  const written = records.flatMap(({ key, fields: { appliesFrom = null, ...fields } }) => [
    ...textsOf(fields).map((text) => [key, text] as const),
    ...(fields.source === 'law' ? [] : textsOf(appliesFrom).map((text) => [key, text] as const)),
  ]);
  expect(written.filter(([, text]) => dated.test(text))).toEqual([]);
});

test('its people are roles, and none of them is an administrator', () => {
  for (const { name, roles } of source.organisation.people) {
    expect(name).toMatch(/lead|head|chief|auditor|steward|officer|underwriter/i);
    expect(roles).not.toContain('admin');
  }
});

test('a pattern becomes the records of its system, changed where the system differs', () => {
  const of = (key: string): SourceRecord | undefined => records.find((one) => one.key === key);
  expect(of('claims-triage/risk')?.links.carries).toEqual(['claims-triage/impact']);
  expect(of('claims-triage/proof-1')?.fields.file).toBe('@file:claims-triage/figures-1');
  expect(of('broker-chat/notice')).toBeUndefined();
  expect(of('repair-cost')?.links.usesSupplier).toEqual(['vision-supplier']);
  expect(of('motor-tariff/risk')?.fields.carriedEffects).toEqual(['1']);
  expect(of('claims-triage/risk')?.fields.carriedEffects).toEqual(['1', '2']);
});

test('a sign stands for its meaning, wherever it stands; an unknown one is no text', () => {
  const rows = [{ on: '@day:-3', by: '@member:head-of-claims', note: 'a@b' }];
  expect(meant(rows, meanings)).toEqual([{ on: 'day -3', by: 'member head-of-claims', note: 'a@b' }]);
  expect(meant(['@ruleVersion', 7, null, true], meanings)).toEqual(['rules', 7, null, true]);
  expect(() => meant('@never:1', meanings)).toThrow(RangeError);
});

test('steps are gathered by round and by who takes them', () => {
  const record = (key: string, steps: string[]): SourceRecord => ({
    key,
    kind: 'risk',
    fields: {},
    links: {},
    steps,
  });
  const some = [
    record('a', ['approve:ceo', 'do:bear']),
    record('b', ['do:treat']),
    record('c', ['approve:ceo']),
  ];
  const first = stepsOfRound(some, 0);
  expect(first.get('ceo')?.map((step) => step.record)).toEqual(['a', 'c']);
  expect(first.get(null)).toEqual([{ do: 'step', record: 'b', transition: 'treat', by: null }]);
  expect([...stepsOfRound(some, 1).values()].flat()).toHaveLength(1);
  expect(stepsOfRound(some, 2).size).toBe(0);
  expect(() => stepsOfRound([record('d', ['burn'])], 0)).toThrow(RangeError);
});

test('no record of a layer links to another of its layer, and none is lost', () => {
  for (const { records: own } of plan.chapters) {
    const layers = layersOf(own);
    expect(layers.flat()).toHaveLength(own.length);
    const before = new Set<string>();
    const here = new Set(own.map(({ key }) => key));
    for (const layer of layers) {
      for (const { key, links } of layer)
        for (const target of Object.values(links).flat())
          if (here.has(target)) expect([key, target, before.has(target)]).toEqual([key, target, true]);
      for (const { key } of layer) before.add(key);
    }
  }
});

test('a record names its own files, and each of them is in its chapter', () => {
  for (const { records: own, files } of plan.chapters) {
    const named = new Set(own.flatMap((record) => [...filesNamed(record)]));
    for (const key of named) expect([key, files.has(key)]).toEqual([key, true]);
  }
  const [proof] = records.filter(({ key }) => key === 'claims-triage/proof-2');
  expect(proof && [...filesNamed(proof)]).toEqual(['claims-triage/figures-2']);
});
