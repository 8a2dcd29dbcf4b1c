import { describe, expect, test } from 'vitest';
import { keptOptions } from '../../test/kinds/options.ts';
import type { Shape } from '../../test/kinds/shape.ts';
import { buildShapes } from '../../test/kinds/shapes-build.ts';
import { inventoryShapes } from '../../test/kinds/shapes-inventory.ts';
import { judgementShapes } from '../../test/kinds/shapes-judgements.ts';
import { riskShapes } from '../../test/kinds/shapes-risk.ts';
import { workShapes } from '../../test/kinds/shapes-work.ts';
import { registry } from './all.ts';
import { decideEdit, emptyContent } from './edit.ts';
import type { Field } from './fields.ts';
import type { Content, Kind } from './kind.ts';
import { fullFields, inOrder, linkPatch, minimalFields, sampleLinks, targetsFor } from './testing.ts';
import { readValue } from './values.ts';

const shapes: Readonly<Record<string, Shape>> = {
  ...inventoryShapes,
  ...judgementShapes,
  ...riskShapes,
  ...workShapes,
  ...buildShapes,
};
const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
const typeOf = (field: Field): string =>
  field.type === 'catalogue' ? `catalogue ${field.of}${field.many ? ' many' : ''}` : field.type;

/** What stays once it was named: days, so that a moved or deleted limit still shows. */
const firstNamed: Readonly<Record<string, (day: unknown) => object>> = {
  'implementation.plannedOn': (day) => ({ firstPlannedOn: day, plannedDates: [day] }),
  'corrective-action.due': (day) => ({ firstDue: day }),
  'task.due': (day) => ({ firstDue: day }),
  // How many were looked at was counted, and stays said.
  'control-test.sampleItems': () => ({ sampleSize: 1, deviations: 0 }),
};

/** What was promised once is not emptied at all. */
const promised: readonly string[] = ['implementation.firstPlannedOn', 'implementation.plannedDates'];

/** A legal record with every field and relation that can stand together. */
function whole(kind: Kind) {
  const links = sampleLinks(kind, 'all');
  const targets = targetsFor(kind, links);
  const next = inOrder(fullFields(kind)).reduce<Content>(
    (before, fields) => decideEdit(kind, before, { fields, links: linkPatch(links) }, targets).next,
    emptyContent,
  );
  return { links, next };
}

test('every kind has a shape that is kept', () => {
  expect(Object.keys(shapes).sort()).toEqual(registry.kinds.map(({ name }) => name).sort());
});

describe.each(registry.kinds.map((kind) => [kind.name, kind] as const))('%s', (name, kind) => {
  const shape = shapes[name];
  if (!shape) return;

  test('is found under the ref, address and regime that it always had', () => {
    expect([kind.prefix, kind.collection, kind.regime]).toEqual([shape.ref, shape.collection, shape.regime]);
  });

  test('keeps every field with its type', () => {
    for (const [type, names] of Object.entries(shape.fields))
      for (const field of words(names)) {
        const declared = kind.fields[field];
        expect(declared && typeOf(declared), field).toBe(type);
      }
  });

  test('keeps every column of its rows', () => {
    for (const [field, columns] of Object.entries(shape.rows)) {
      const declared = kind.fields[field];
      const types = declared?.type === 'rows' ? declared.columns : {};
      for (const column of words(columns)) {
        const [cell = '', type] = column.split(':');
        expect(types[cell]?.type, `${field}.${cell}`).toBe(type);
      }
    }
  });

  test('keeps every relation, its type, and whatever may stand at the other end', () => {
    for (const [relation, text] of Object.entries(shape.relations)) {
      const [type, many, ...to] = words(text);
      const declared = kind.relations[relation];
      expect(declared?.type, relation).toBe(type);
      // A relation to many may not become one to one: records would hold more than it takes.
      if (many === 'many') expect(declared?.many, relation).toBe(true);
      expect(declared?.to, relation).toEqual(expect.arrayContaining(to));
    }
  });

  test('slots are appended to and never moved: the position is the column of the database', () => {
    expect(kind.index.slice(0, words(shape.slots).length)).toEqual(words(shape.slots));
  });

  test('asks for no more than it did when records were made: they could not be edited any more', () => {
    const required = [
      ...Object.entries(kind.fields).flatMap(([field, one]) => (one.required ? [field] : [])),
      ...Object.entries(kind.relations).flatMap(([relation, one]) => (one.required ? [relation] : [])),
    ];
    expect(required).toEqual(words(shape.required));
  });

  test('works out the same fields, and takes none of them from outside', () => {
    const derived = Object.entries(kind.fields).flatMap(([field, one]) => (one.derived ? [field] : []));
    expect(derived).toEqual(words(shape.derived));
    const { next } = whole(kind);
    for (const field of derived) {
      const declared = kind.fields[field];
      const other = declared && 'options' in declared ? declared.options.at(-1)?.id : 77;
      if (next.fields[field] === other) continue;
      expect(() => decideEdit(kind, next, { fields: { [field]: other } }, new Map()), field).toThrow();
    }
  });

  test('what makes an approval fall is what was agreed, part by part', () => {
    expect([...kind.material].sort()).toEqual(words(shape.material).sort());
    const { next, links } = whole(kind);
    for (const part of Object.keys(next.fields)) {
      const field = kind.fields[part];
      if (!field || field.required || field.derived) continue;
      let edit: ReturnType<typeof decideEdit>;
      try {
        edit = decideEdit(kind, next, { fields: { [part]: null } }, targetsFor(kind, links));
      } catch {
        // Without this part the record says two things at once: other tests hold that.
        continue;
      }
      // The first day that was named comes back by itself.
      if (!edit.changed.includes(part)) continue;
      expect(edit.material.includes(part), part).toBe(words(shape.material).includes(part));
    }
  });

  test('what makes an approval stale, and who may approve, is what was agreed', () => {
    expect([...kind.drawsOn].sort()).toEqual(words(shape.drawsOn).sort());
    expect([...(kind.approvable?.by ?? [])].sort()).toEqual(words(shape.approvers).sort());
    for (const relation of kind.drawsOn) expect(kind.relations, relation).toHaveProperty(relation);
  });

  test('a field that is filled and emptied again leaves nothing behind but the first day that was named', () => {
    const links = sampleLinks(kind, 'required');
    const targets = targetsFor(kind, links);
    const least = decideEdit(
      kind,
      emptyContent,
      { fields: minimalFields(kind), links: linkPatch(links) },
      targets,
    ).next;
    for (const [part, value] of Object.entries(fullFields(kind))) {
      const field = kind.fields[part];
      if (!field || field.required) continue;
      let filled: typeof least;
      try {
        filled = decideEdit(kind, least, { fields: { [part]: value } }, targets).next;
      } catch {
        // It stands only beside others.
        continue;
      }
      const empty = () => decideEdit(kind, filled, { fields: { [part]: null } }, targets);
      if (promised.includes(`${name}.${part}`)) {
        expect(empty, part).toThrow();
        continue;
      }
      const { next } = empty();
      const byHand = Object.entries(next.fields).filter(([field]) => !kind.fields[field]?.derived);
      const kept = firstNamed[`${name}.${part}`]?.(value) ?? {};
      expect(Object.fromEntries(byHand), part).toEqual({ ...least.fields, ...kept });
      expect(next.links, part).toEqual(least.links);
    }
  });
});

describe('options that records hold', () => {
  const optionsOf = (path: string) => {
    const [kind = '', field = '', cell] = path.split('.');
    const declared = registry.get(kind).fields[field];
    return cell !== undefined && declared?.type === 'rows' ? declared.columns[cell] : declared;
  };

  test.each(keptOptions.flatMap(({ ids, of }) => of.map((path) => [path, ids] as const)))(
    '%s still takes each of them',
    (path, ids) => {
      const field = optionsOf(path);
      expect(field).toBeDefined();
      for (const id of words(ids))
        expect(field && readValue(field, field.type === 'choices' ? [id] : id), id).toEqual({
          value: field?.type === 'choices' ? [id] : id,
        });
    },
  );

  test('every field with options is among them', () => {
    const kept = new Set(keptOptions.flatMap(({ of }) => of));
    const missing = registry.kinds.flatMap((kind) =>
      Object.entries(kind.fields).flatMap(([name, field]) => {
        const parts =
          field.type === 'rows'
            ? Object.entries(field.columns).map(([cell, one]) => [`${name}.${cell}`, one] as const)
            : [[name, field] as const];
        return parts.flatMap(([part, one]) =>
          'options' in one && !kept.has(`${kind.name}.${part}`) ? [`${kind.name}.${part}`] : [],
        );
      }),
    );
    expect(missing).toEqual([]);
  });
});
