import { expect, test } from 'vitest';
import { registry } from '../kinds/all.ts';
import { shippedProfiles } from './profiles/all.ts';
import { betterFit, commonness, type KindFit, rankFits, rateKind } from './recognise.ts';

const common = commonness(registry);

/** A file as headings with a few cells each. */
function fits(columns: Readonly<Record<string, readonly string[]>>, names: readonly string[] = ['file.csv']) {
  const clues = {
    columns: Object.entries(columns).map(([header, cells]) => ({ header, cells })),
    names,
    profiles: shippedProfiles,
    year: 2026,
  };
  return rankFits(registry.kinds.map((kind) => rateKind(kind, clues, common)));
}

const profile = shippedProfiles[0];
const federal = Object.fromEntries(Object.keys(profile?.columns ?? {}).map((header) => [header, ['x']]));

test('the federal inventory is use cases by its profile, and the reason counts the headings', () => {
  const [best] = fits(federal);
  expect(best).toMatchObject({ kind: 'use-case', profile: { id: 'us-federal-2024' }, sureness: 'sure' });
  const count = Object.keys(federal).length;
  expect(best?.why).toEqual([
    `${count} of the ${count} headings of the profile ${profile?.label} are in the file.`,
  ]);
});

test.each([
  ['risk', { Name: ['Drift'], Cause: ['Old data'], Consequence: ['Wrong answers'], Treatment: ['Retrain'] }],
  ['supplier', { 'Supplier name': ['Cloud north'], Contract: ['C-1'], Country: ['IE'] }],
  ['incident', { 'What happened': ['Outage'], 'Happened on': ['2026-01-02'], 'Root cause': ['Old data'] }],
  ['model', { 'Model name': ['Reader'], Version: ['2'], Provider: ['us'], 'Trained on': ['Letters'] }],
  ['use-case', { 'Use case name': ['Triage'], 'Intended purpose': ['Sorts claims'], Department: ['Claims'] }],
])('a file of %s is recognised by its headings, with reasons in words', (kind, columns) => {
  const [best] = fits(columns);
  expect(best?.kind).toBe(kind);
  expect(best?.sureness).not.toBe('unsure');
  expect(best?.why.length).toBeGreaterThan(0);
  for (const why of best?.why ?? []) expect(why).toMatch(/^[A-Z].*\.$/);
});

test.each(registry.kinds.map((kind) => kind.name))('an export of %s is recognised', (name) => {
  const kind = registry.get(name);
  const labels = [...Object.values(kind.fields), ...Object.values(kind.relations)].map((part) => part.label);
  const columns = Object.fromEntries(labels.map((label) => [label, ['something']]));
  const [best] = fits({ Ref: [`${kind.prefix}-1`, `${kind.prefix}-22`], ...columns });
  expect([best?.kind, best?.sureness]).toEqual([name, 'sure']);
  expect(best?.why).toContain(
    `The column "Ref" holds refs of ${kind.plural.toLowerCase()}, such as ${kind.prefix}-1.`,
  );
});

test('refs under another heading are links, not the rows themselves', () => {
  const [best] = fits({ 'Risk title': ['Drift'], Cause: ['Old data'], System: ['SYS-1', 'SYS-2'] });
  expect(best?.kind).toBe('risk');
  expect(best?.why.join(' ')).not.toContain('SYS-1');
});

test('a file or a sheet that is named after the register says so', () => {
  const columns = { Name: ['A'], Owner: ['Head of claims'] };
  expect(fits(columns, ['our suppliers 2026.xlsx'])[0]).toMatchObject({
    kind: 'supplier',
    sureness: 'likely',
    why: expect.arrayContaining(['The name "our suppliers 2026.xlsx" speaks of suppliers.']),
  });
  expect(fits(columns, ['book1.xlsx', 'Datasets'])[0]?.kind).toBe('dataset');
});

test('headings that every register has tell nothing for sure, and none at all tells nothing', () => {
  expect(fits({ Name: ['A'], Owner: ['B'] })[0]?.sureness).toBe('unsure');
  expect(fits({ Zzz: ['1'], Qqq: ['2'] })).toEqual([]);
  expect(fits({ Name: [] })).toEqual([]);
  expect(fits({})).toEqual([]);
});

test('a file that fits two kinds alike is not taken for either', () => {
  const rated = [2, 2.1].map((points, at) => ({
    points,
    fit: { ...(fits(federal)[0] as KindFit), kind: `kind-${at}`, profile: null },
  }));
  expect(rankFits(rated).map((fit) => [fit.kind, fit.sureness])).toEqual([
    ['kind-1', 'unsure'],
    ['kind-0', 'unsure'],
  ]);
});

test('reading the federal inventory as systems is told, with the profile that fits', () => {
  const known = fits(federal);
  const better = betterFit(known, { kind: 'system', profile: null, placed: 20 });
  expect(better).toMatchObject({ kind: 'use-case', profile: { id: 'us-federal-2024' } });
  expect(betterFit(known, { kind: 'use-case', profile: null, placed: 30 })).toBe(better);
  const all = better?.placed ?? 0;
  expect(betterFit(known, { kind: 'use-case', profile: 'us-federal-2024', placed: all })).toBeUndefined();
  expect(betterFit(known, { kind: 'use-case', profile: 'our-own', placed: 30 })).toBeUndefined();
});

test('another kind is offered only when it takes clearly more of the file', () => {
  const fit: KindFit = { kind: 'risk', profile: null, placed: 9, of: 10, sureness: 'likely', why: [] };
  const now = (placed: number) => ({ kind: 'incident', profile: null, placed });
  expect(betterFit([fit], now(7))).toBe(fit);
  expect(betterFit([fit], now(8))).toBeUndefined();
  expect(betterFit([{ ...fit, sureness: 'unsure' }], now(2))).toBeUndefined();
  expect(betterFit([], now(0))).toBeUndefined();
});
