import type { CatalogueField } from '@throughline/domain/kinds/fields.ts';
import { useCatalogue } from '../api/catalogue.ts';
import { catalogueWords } from './catalogue-words.ts';
import css from './kinds.module.css';

export type CatalogueValueProps = { field: CatalogueField; ids: readonly string[]; short: boolean };

/** Ids of the catalogue with their titles; in a cell, where several have no room, the titles stand on hover. */
export const CatalogueValue = ({ field, ids, short }: CatalogueValueProps) => {
  const { items } = useCatalogue(field.of);
  const words = ids.map((id) => catalogueWords(items, id));
  if (short) return <span title={words.join('\n')}>{ids.length > 1 ? ids.join(', ') : words[0]}</span>;
  if (ids.length === 1) return <span className={css.prose}>{words[0]}</span>;
  return (
    <ul className={css.list}>
      {ids.map((id, index) => (
        <li key={id}>{words[index]}</li>
      ))}
    </ul>
  );
};
