import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawnValue, mapped, type Source } from '../../test/any-value.ts';
import { registry } from './all.ts';
import { decideEdit, emptyContent, type Patch, type Target } from './edit.ts';
import type { Content, Kind } from './kind.ts';
import { linkPatch, minimalFields, sampleLinks, targetsFor } from './testing.ts';
import { readValue } from './values.ts';

/** A few persons and records, so that the same one comes up twice. */
const id = fc
  .integer({ min: 1, max: 6 })
  .map((n) => `0190a0b0-0000-7000-8000-${n.toString(16).padStart(12, '0')}`);
const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
const day = fc.constantFrom('2025', '2025-Q4', '2026-02', '2026-02-28', '2027-01-01');

const source: Source = {
  words,
  url: fc.webUrl(),
  day,
  moment: fc.constantFrom('2026-02-28T10:00:00+01:00', '2026-03-01T00:00:00Z'),
  member: id,
  file: id,
  catalogue: ['A.5.2', '6.1.4', '8.4', 'MD-02'],
};

/** Any patch of fields that could be typed into the form of a kind; `null` clears. */
function patchOf(kind: Kind): fc.Arbitrary<Patch> {
  const byHand = Object.fromEntries(Object.entries(kind.fields).filter(([, field]) => !field.derived));
  return fc.record({
    fields: fc.record(
      mapped(byHand, (field) => fc.option(drawnValue(field, source), { freq: 4, nil: null })),
      { requiredKeys: [] },
    ),
  });
}

/** A legal record, or nothing where the words contradict each other or clear what is needed. */
function attempt(kind: Kind, before: Content, patch: Patch, targets: ReadonlyMap<string, Target>) {
  try {
    return decideEdit(kind, before, patch, targets);
  } catch (error) {
    expect(error).toMatchObject({ code: 'unprocessable' });
    return undefined;
  }
}

/** The patch that takes a content back: every part that changed, as it was. */
function inverse(before: Content, changed: readonly string[], kind: Kind): Patch {
  const fields = changed.filter((name) => name in kind.fields);
  return { fields: Object.fromEntries(fields.map((name) => [name, before.fields[name] ?? null])) };
}

describe.each(registry.kinds.map((kind) => [kind.name, kind] as const))('%s', (_, kind) => {
  const links = sampleLinks(kind, 'required');
  const targets = targetsFor(kind, links);
  const born = decideEdit(
    kind,
    emptyContent,
    { fields: minimalFields(kind), links: linkPatch(links) },
    targets,
  ).next;

  test('an edit said twice changes nothing the second time', () => {
    fc.assert(
      fc.property(patchOf(kind), (patch) => {
        const edit = attempt(kind, born, patch, targets);
        if (edit) expect(decideEdit(kind, edit.next, patch, targets).changed).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test('an edit can be undone by saying what was', () => {
    fc.assert(
      fc.property(patchOf(kind), patchOf(kind), (first, second) => {
        const before = attempt(kind, born, first, targets)?.next ?? born;
        const edit = attempt(kind, before, second, targets);
        if (!edit) return;
        const back = attempt(kind, edit.next, inverse(before, edit.changed, kind), targets);
        // What stays once it is set is not taken back either.
        if (!back && kind.sequence) return;
        expect(back?.next).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });

  test('what is kept reads as it was kept, and material is part of what changed', () => {
    fc.assert(
      fc.property(patchOf(kind), (patch) => {
        const edit = attempt(kind, born, patch, targets);
        if (!edit) return;
        for (const [name, value] of Object.entries(edit.next.fields)) {
          const field = kind.fields[name];
          expect(field && readValue(field, value)).toEqual({ value });
        }
        for (const name of edit.material) expect(edit.changed).toContain(name);
        expect(edit.material).toEqual(edit.changed.filter((name) => kind.material.includes(name)));
      }),
      { numRuns: 25 },
    );
  });

  test('a whole record sent back as it was read changes nothing', () => {
    fc.assert(
      fc.property(patchOf(kind), (patch) => {
        const content = attempt(kind, born, patch, targets)?.next ?? born;
        const again = { fields: content.fields, links: linkPatch(content.links) };
        expect(decideEdit(kind, content, again, targets).changed).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
