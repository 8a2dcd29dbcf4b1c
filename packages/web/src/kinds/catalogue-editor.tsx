import type { Json } from '@throughline/domain/json.ts';
import type { CatalogueField } from '@throughline/domain/kinds/fields.ts';
import { useCatalogue } from '../api/catalogue.ts';
import { t } from '../text/t.ts';
import { ChoiceField } from '../ui/fields/choice-field.tsx';
import { ChoicesField } from '../ui/fields/choices-field.tsx';
import type { EditorProps } from '../ui/fields/field.tsx';
import { catalogueChoices } from './catalogue-words.ts';
import { isMany } from './parts.ts';

const idsOf = (value: Json): readonly string[] =>
  isMany(value)
    ? value.filter((entry) => typeof entry === 'string')
    : typeof value === 'string' && value !== ''
      ? [value]
      : [];

type CatalogueEditorProps = EditorProps<Json> & {
  field: CatalogueField;
  /** What the change brings about, below the items. */
  note?: string;
};

/** Chooses from the catalogue by id or words of the title. An id of elsewhere that is there already can stay. */
export const CatalogueEditor = ({ field, note, ...props }: CatalogueEditorProps) => {
  const { items, loading } = useCatalogue(field.of);
  const chosen = idsOf(props.value);
  const common = {
    options: catalogueChoices(items, chosen),
    loading,
    placeholder: t('value.find-catalogue'),
  };
  if (field.many === true)
    return (
      <ChoicesField
        {...props}
        {...common}
        value={chosen}
        onChange={(ids) => props.onChange(ids.length === 0 ? null : ids)}
      />
    );
  return (
    <ChoiceField
      {...props}
      {...common}
      optional={field.required !== true}
      value={chosen[0] ?? null}
      {...(note === undefined ? {} : { note })}
    />
  );
};
