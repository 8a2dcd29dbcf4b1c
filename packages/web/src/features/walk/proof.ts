import type { Json } from '@throughline/domain/json.ts';
import type { FileField } from '@throughline/domain/kinds/fields.ts';
import type { KindWire, RefWire } from '@throughline/domain/wire.ts';

type Values = Readonly<Record<string, Json>>;

const numberOf = (ref: string): number => Number(/\d+$/.exec(ref)?.[0] ?? 0);

/** What to show of a station's records: the newest evidence, for numbers rise; where there is none, its first record. */
export const proofOf = <R extends Pick<RefWire, 'ref' | 'kind'>>(records: readonly R[]): R | undefined =>
  records
    .filter(({ kind }) => kind === 'evidence')
    .sort((a, b) => numberOf(b.ref) - numberOf(a.ref))
    .at(0) ?? records[0];

const longest = 400;
const most = 2;

/** The first paragraphs of a record. Ids of people and files, dates and codes are no words and are left out. */
export const excerptsOf = (
  kind: Pick<KindWire, 'fields'>,
  values: Values,
): readonly { name: string; label: string; text: string }[] =>
  Object.entries(kind.fields)
    .flatMap(([name, { type, label }]) => {
      const value = values[name];
      if (type !== 'text' || typeof value !== 'string') return [];
      return [{ name, label, text: value.length > longest ? `${value.slice(0, longest)} …` : value }];
    })
    .slice(0, most);

/** The files that a record keeps. */
export const filesOf = (
  kind: Pick<KindWire, 'fields'>,
  values: Values,
): readonly { name: string; label: string; field: FileField; id: string }[] =>
  Object.entries(kind.fields).flatMap(([name, field]) => {
    const value = values[name];
    return field.type === 'file' && typeof value === 'string'
      ? [{ name, label: field.label, field, id: value }]
      : [];
  });
