import type { MouseEvent, ReactNode } from 'react';
import { t } from '../text/t.ts';
import { IconButton } from './button.tsx';
import { CommentIcon, HistoryIcon, PencilIcon } from './icons.ts';
import css from './property-list.module.css';
import { VisuallyHidden } from './visually-hidden.tsx';

export type Property = {
  id: string;
  label: string;
  /** Undefined or null where nothing is recorded. */
  value: ReactNode;
  /** Second line in small print: a role under a law, the day of a sign-off. */
  note?: ReactNode;
  /** Shown on hover: the raw cell of an import. */
  title?: string;
  /** Begins editing; an empty one then offers "Add". */
  onEdit?: () => void;
  /** The value holds something to press, so that a button beside it begins editing, never one around it. */
  pressable?: boolean;
  /** With Alt held, or by the button that shows beside the value: its history. */
  onHistory?: () => void;
  /** Begins a comment about this value. */
  onComment?: () => void;
  /** The editor in place of the value, while it is being edited. */
  editor?: ReactNode;
};

const isEmpty = (value: ReactNode): boolean => value === undefined || value === null || value === '';

const Value = ({ property }: { property: Property }) => {
  const { label, value, onEdit, onHistory, title } = property;
  const empty = isEmpty(value);
  if (onEdit === undefined || (property.pressable && !empty))
    return <span title={title}>{empty ? <span className={css.none}>{t('ui.none')}</span> : value}</span>;
  const press = (event: MouseEvent): void => {
    if (event.altKey && onHistory !== undefined) onHistory();
    else onEdit();
  };
  return (
    <button type="button" className={empty ? css.add : css.edit} title={title} onClick={press}>
      {empty ? t('ui.add') : value}
      <VisuallyHidden> {empty ? label : t('ui.edit-cell', { what: label })}</VisuallyHidden>
    </button>
  );
};

/** What a value offers beside being edited: shown where the pointer or the focus is. */
const Tools = ({ property }: { property: Property }) => {
  const { label, value, onHistory, onComment } = property;
  const onEdit = property.pressable && !isEmpty(value) ? property.onEdit : undefined;
  if (onEdit === undefined && onHistory === undefined && onComment === undefined) return null;
  return (
    <span className={css.tools}>
      {onEdit === undefined ? null : (
        <IconButton
          small
          label={t('ui.edit-cell', { what: label })}
          icon={<PencilIcon size={14} />}
          onClick={onEdit}
        />
      )}
      {onHistory === undefined ? null : (
        <IconButton
          small
          label={t('ui.history-of', { what: label })}
          icon={<HistoryIcon size={14} />}
          onClick={onHistory}
        />
      )}
      {onComment === undefined ? null : (
        <IconButton
          small
          label={t('ui.comment-on', { what: label })}
          icon={<CommentIcon size={14} />}
          onClick={onComment}
        />
      )}
    </span>
  );
};

/** One value with all that it offers, for a cell of a table whose heads name it. */
export const PropertyValue = ({ property }: { property: Property }) => (
  <div className={css.cell}>
    <Value property={property} />
    <Tools property={property} />
  </div>
);

/** Facts of a record: label 104 px, value beside it; a click edits in place (UX d). */
export const PropertyList = ({ properties }: { properties: readonly Property[] }) => (
  <dl className={css.list}>
    {properties.map((property) => (
      <div key={property.id} className={css.row} data-property={property.id}>
        <dt className={css.label}>{property.label}</dt>
        <dd className={css.value}>
          {property.editor ?? <Value property={property} />}
          {property.editor === undefined ? <Tools property={property} /> : null}
          {property.note === undefined ? null : <span className={css.note}>{property.note}</span>}
        </dd>
      </div>
    ))}
  </dl>
);
