import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { expect, test } from 'vitest';
import { adoptedControls } from './adopt-controls.ts';
import { control } from './control.ts';
import { decideEdit, emptyContent } from './edit.ts';

const catalogue = loadCatalogue();
const patches = adoptedControls(catalogue);

test('all 38 controls come, in the order of the standard, each once', () => {
  const codes = patches.map((patch) => patch.fields?.code);
  expect(codes).toEqual(catalogue.iso42001.annex_a.controls.map((item) => item.id));
  expect(new Set(codes).size).toBe(38);
});

test('each patch makes a control without a further word, and nothing in it is lost', () => {
  for (const patch of patches) {
    const { next } = decideEdit(control, emptyContent, patch, new Map());
    expect(next.fields).toEqual(patch.fields);
    expect(String(next.fields.name)).toMatch(/^A\.\d+(\.\d+)+ \S/);
  }
});

test('no decision of applicability, no owner and no state of implementation is made up', () => {
  for (const patch of patches)
    expect(Object.keys(patch.fields ?? {}).sort()).toEqual(
      expect.not.arrayContaining(['decision', 'owner', 'inPlaceSince', 'plannedOn']),
    );
});

test('a control that has a part on each system is put in place there', () => {
  for (const patch of patches) {
    const scope = catalogue.iso42001.annex_a.controls.find((item) => item.id === patch.fields?.code);
    expect(patch.fields?.implementedAt).toBe(
      scope?.evidence_scope === 'organisation' ? 'organisation' : 'system',
    );
  }
});

test('every control brings an objective in the words of the catalogue', () => {
  const known = catalogue.iso42001.annex_a.topics.flatMap((topic) =>
    topic.objectives.map((objective) => objective.summary),
  );
  for (const patch of patches) expect(known).toContain(patch.fields?.objective);
});
