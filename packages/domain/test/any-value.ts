/** Values that fields of each type may hold, as properties draw them. */
import fc from 'fast-check';
import { answers, type CellField, type Field } from '../src/kinds/fields.ts';

/** What is drawn where the declaration leaves it open. */
export type Source = {
  readonly words: fc.Arbitrary<unknown>;
  readonly url: fc.Arbitrary<unknown>;
  readonly day: fc.Arbitrary<unknown>;
  readonly moment: fc.Arbitrary<unknown>;
  readonly member: fc.Arbitrary<unknown>;
  readonly file: fc.Arbitrary<unknown>;
  /** Ids of the catalogue, known or not. */
  readonly catalogue: readonly string[];
};

/** A value of a field of any type. */
export function drawnValue(field: Field, source: Source): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'choices':
      return fc.subarray(field.options.map((option) => option.id));
    case 'list':
      return fc.array(source.words, { maxLength: 4 });
    case 'catalogue':
      return field.many ? fc.subarray([...source.catalogue]) : fc.constantFrom(...source.catalogue);
    case 'file':
      return source.file;
    case 'moment':
      return source.moment;
    case 'rows':
      return fc.array(
        fc.record(
          mapped(field.columns, (column) => cellOf(column, source)),
          { requiredKeys: [] },
        ),
        { maxLength: 3 },
      );
    default:
      return cellOf(field, source);
  }
}

function cellOf(field: CellField, source: Source): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'line':
    case 'text':
      return source.words;
    case 'url':
      return source.url;
    case 'choice':
      return fc.constantFrom(...field.options.map((option) => option.id));
    case 'answer':
      return fc.constantFrom(...answers);
    case 'day':
      return source.day;
    case 'number':
      return fc.integer({ min: Math.ceil(field.min ?? -5), max: Math.floor(field.max ?? 50) });
    case 'member':
      return source.member;
  }
}

/** The same names, each with what is made of its value. */
export function mapped<A, B>(from: Readonly<Record<string, A>>, to: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, to(value)]));
}
