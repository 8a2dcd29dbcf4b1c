import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { expect, test } from 'vitest';
import { registry } from '../kinds/all.ts';
import { codeOfAnnexA } from './control-codes.ts';

const { controls } = loadCatalogue().iso42001.annex_a;

test('every id of Annex A is kept for the control that stands for it, and for other frameworks', () => {
  for (const { id } of controls) {
    expect(codeOfAnnexA({ code: id, framework: null, item: null }), id).toMatch(/takes it for the item/);
    expect(codeOfAnnexA({ code: ` ${id.toLowerCase()} `, framework: 'own', item: null }), id).toBeDefined();
    expect(codeOfAnnexA({ code: id, framework: 'iso-42001', item: 'A.99' }), id).toBeDefined();
    expect(codeOfAnnexA({ code: id, framework: 'iso-42001', item: id })).toBeUndefined();
    expect(codeOfAnnexA({ code: id, framework: 'iso-27001', item: null })).toBeUndefined();
  }
  for (const code of ['H.1', 'A-1', 'CTL A.2.2', 'A', ''])
    expect(codeOfAnnexA({ code, framework: null, item: null }), code).toBeUndefined();
});

test('such a code is not given to an own control; one that stood before is left to be put right', () => {
  const { sequence } = registry.get('control');
  const of = (fields: Readonly<Record<string, string>>) => ({ fields, links: {} });
  const refused = { code: expect.stringMatching(/^Whoever reads A\.2\.2/) };
  expect(sequence?.(of({}), of({ code: 'A.2.2' }))).toEqual(refused);
  expect(sequence?.(of({ code: 'H.1' }), of({ code: 'A.2.2' }))).toEqual(refused);
  expect(sequence?.(of({ code: 'A.2.2', item: 'A.2.2' }), of({ code: 'A.2.2' }))).toEqual(refused);
  expect(sequence?.(of({}), of({ code: 'A.2.2', item: 'A.2.2' }))).toEqual({});
  const stood = of({ code: 'A.2.2', name: 'Policy' });
  expect(sequence?.(stood, of({ code: 'A.2.2', name: 'AI policy' }))).toEqual({});
  expect(sequence?.(stood, of({ code: 'H.1' }))).toEqual({});
});
