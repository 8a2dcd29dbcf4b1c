import { useId } from 'react';
import { t } from '../../text/t.ts';
import { Button, IconButton } from '../button.tsx';
import { AscendingIcon, CloseIcon, DescendingIcon, PlusIcon } from '../icons.ts';
import css from './field.module.css';
import { type EditorProps, Legend } from './field.tsx';

export type ListFieldProps = EditorProps<readonly string[]> & {
  /** One entry in words: "market". */
  item: string;
  /** Offers to change the order. */
  ordered?: boolean;
};

const swap = (values: readonly string[], from: number, to: number): readonly string[] => {
  const next = [...values];
  const [moved] = next.splice(from, 1);
  if (moved !== undefined) next.splice(to, 0, moved);
  return next;
};

/** Several short texts, one line each. Order changes with buttons, so that no dragging is needed (WCAG 2.5.7). */
export const ListField = ({
  label,
  value,
  onChange,
  id,
  help,
  error,
  optional = false,
  mark,
  item,
  ordered = false,
  reason,
}: ListFieldProps) => {
  const own = useId();
  const base = id ?? own;
  const locked = reason !== undefined;
  // An empty list begins with a line to type in: a button alone would let the first words go nowhere.
  const first = value.length === 0 && !locked;
  const lines = first ? [''] : value;
  const change = (index: number, text: string): void =>
    onChange(lines.map((entry, at) => (at === index ? text : entry)));
  return (
    <fieldset
      className={css.group}
      id={base}
      tabIndex={-1}
      aria-describedby={error === undefined ? undefined : `${base}-error`}
    >
      <Legend label={label} optional={optional} mark={mark} />
      <ol className={css.rows}>
        {lines.map((entry, index) => {
          const name = `${item} ${index + 1}`;
          return (
            <li key={name} className={css.row}>
              <input
                className={css.control}
                aria-label={name}
                value={entry}
                readOnly={locked}
                onChange={(event) => change(index, event.target.value)}
              />
              {ordered && !locked && !first ? (
                <>
                  <IconButton
                    small
                    label={t('ui.move-up', { what: name })}
                    icon={<AscendingIcon size={14} />}
                    onClick={() => onChange(swap(value, index, Math.max(0, index - 1)))}
                  />
                  <IconButton
                    small
                    label={t('ui.move-down', { what: name })}
                    icon={<DescendingIcon size={14} />}
                    onClick={() => onChange(swap(value, index, index + 1))}
                  />
                </>
              ) : null}
              {locked || first ? null : (
                <IconButton
                  small
                  label={t('ui.remove', { what: name })}
                  icon={<CloseIcon size={14} />}
                  onClick={() => onChange(value.filter((_entry, at) => at !== index))}
                />
              )}
            </li>
          );
        })}
      </ol>
      {locked ? null : (
        <div>
          <Button look="ghost" flush icon={<PlusIcon size={14} />} onClick={() => onChange([...lines, ''])}>
            {t('ui.add-item', { what: item })}
          </Button>
        </div>
      )}
      {help === undefined && reason === undefined ? null : <p className={css.help}>{reason ?? help}</p>}
      {error === undefined ? null : (
        <p id={`${base}-error`} className={css.error}>
          {error}
        </p>
      )}
    </fieldset>
  );
};
