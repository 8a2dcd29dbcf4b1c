import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { expect, test } from 'vitest';
import { registry } from '../kinds/all.ts';
import { crosswalkTo, frameworks, itemsOf } from './frameworks.ts';
import { idsOf, itemFaults, type NamedItem } from './known-items.ts';

const catalogue = loadCatalogue();
const today = '2026-05-01';
const faults = (
  next: readonly NamedItem[],
  before: readonly NamedItem[] = [],
  codes: readonly string[] = [],
) => itemFaults(catalogue, { before, next }, codes, today).map(({ message }) => message);
const one = (of: NamedItem['of'], item: string, due?: string): NamedItem => ({
  ...{ at: 'fields.item', of, item },
  ...(due === undefined ? {} : { due }),
});

test('knows whatever the catalogue and its crosswalk name', () => {
  for (const framework of frameworks) {
    const known = new Set(idsOf(catalogue, framework));
    expect(
      itemsOf(catalogue, framework).filter(({ id }) => !known.has(id)),
      framework,
    ).toEqual([]);
    expect(
      crosswalkTo(catalogue, framework).filter(({ to }) => !known.has(to)),
      framework,
    ).toEqual([]);
    const ours = new Set(idsOf(catalogue, 'iso42001'));
    expect(
      crosswalkTo(catalogue, framework).filter(({ from }) => !ours.has(from)),
      framework,
    ).toEqual([]);
  }
  expect(idsOf(catalogue, 'iso27001').filter((id) => id.startsWith('A.'))).toHaveLength(93);
  expect(idsOf(catalogue, 'controls')).toHaveLength(38);
});

test.each<[NamedItem['of'], string, string]>([
  ['iso42001', 'A.99', 'ISO/IEC 42001 has no "A.99".'],
  ['iso42001', 'a6.2.4', 'ISO/IEC 42001 has no "a6.2.4". Near it: A.6.2.4.'],
  ['nist-ai-rmf', 'Govern 1.1', 'NIST AI RMF 1.0 has no "Govern 1.1". Near it: GOVERN 1.1.'],
  ['eu-ai-act', 'Article 26', 'EU AI Act has no "Article 26". Near it: Art. 26.'],
  ['eu-ai-act', 'Art. 400', 'EU AI Act has no "Art. 400". Near it: '],
  ['iso27001', 'A.5.38', 'ISO/IEC 27001 has no "A.5.38". Near it: '],
  ['duties', 'Art. 26', 'The EU AI Act has no "Art. 26".'],
  ['controls', '6.1.4', 'Annex A of ISO/IEC 42001 has no "6.1.4".'],
  ['own', 'X-2', 'Your own controls have no "X-2". Near it: X-1.'],
])('%s has no %s, and what is near is said', (of, item, says) => {
  const [message = '', ...others] = faults([one(of, item)], [], ['X-1']);
  expect(others).toEqual([]);
  expect(message.slice(0, says.length)).toBe(says);
});

test('takes what is known, what stood before, and days to come', () => {
  expect(
    faults([one('eu-ai-act', 'Art. 113'), one('iso42001', '6.1.4'), one('own', 'X-1')], [], ['X-1']),
  ).toEqual([]);
  const old = one('iso42001', 'A.99');
  expect(faults([{ ...old, at: 'fields.other' }], [old])).toEqual([]);
  expect(faults([one('controls', 'A.5.3', '2026-05-01'), one('controls', 'A.5.4', '2026-05')])).toEqual([]);
});

test('takes no day that is over, but one that stood', () => {
  const late = one('controls', 'A.5.3', '2026-04-30');
  expect(faults([late])).toEqual([
    '"A.5.3" is due on 2026-04-30, a day that is over. Name one that is still to come.',
  ]);
  expect(faults([late], [late])).toEqual([]);
  expect(faults([late], [one('controls', 'A.5.3', '2026-06-01')])).toHaveLength(1);
});

test('rows of the crosswalk and analyses say what they name, and where', () => {
  const named = (kind: string, fields: Record<string, string | Record<string, string>[]>) =>
    registry.get(kind).names?.({ fields, links: {} });
  expect(
    named('mapping', { fromFramework: 'iso42001', fromItem: 'A.5.3', toFramework: 'own', toItem: 'X-1' }),
  ).toEqual([
    { at: 'fields.fromItem', of: 'iso42001', item: 'A.5.3' },
    { at: 'fields.toItem', of: 'own', item: 'X-1' },
  ]);
  const targets = [{ item: 'OB-26-2', due: '2026-06-01' }];
  expect(named('gap-analysis', { measures: 'eu-ai-act', targets, judged: [{ item: 'OB-4' }] })).toEqual([
    { at: 'fields.targets.0.item', of: 'duties', item: 'OB-26-2', due: '2026-06-01' },
    { at: 'fields.judged.0.item', of: 'duties', item: 'OB-4', due: null },
  ]);
});
