import type { KindWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { t } from '../../text/t.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { AscendingIcon, ColumnsIcon, DescendingIcon } from '../../ui/icons.ts';
import { Popover } from '../../ui/popover.tsx';
import css from './register.module.css';
import { columnChoices, writeColumns } from './register-columns.ts';

type ColumnChooserProps = {
  kind: KindWire;
  shown: readonly string[];
  onChange: (cols: string | undefined) => void;
};

const moved = (shown: readonly string[], id: string, by: number): readonly string[] => {
  const from = shown.indexOf(id);
  const to = from + by;
  if (from === -1 || to < 0 || to >= shown.length) return shown;
  const rest = shown.filter((other) => other !== id);
  return [...rest.slice(0, to), id, ...rest.slice(to)];
};

/** Which columns, and in which order; the order changes by buttons (WCAG 2.5.7). */
export const ColumnChooser = ({ kind, shown, onChange }: ColumnChooserProps) => {
  const [opened, setOpened] = useState(false);
  const [find, setFind] = useState('');
  const choices = columnChoices(kind, shown).filter((column) =>
    column.label.toLowerCase().includes(find.trim().toLowerCase()),
  );
  const put = (next: readonly string[]): void => onChange(writeColumns(kind, next));
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      label={t('register.columns')}
      align="end"
      width={288}
      trigger={
        <IconButton
          label={t('register.columns')}
          icon={<ColumnsIcon />}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        />
      }
    >
      <TextField
        bare
        label={t('register.columns.search')}
        placeholder={t('register.columns.search')}
        value={find}
        onChange={setFind}
      />
      <div className={css.columns}>
        {choices.map((column) => (
          <div key={column.id} className={css.column}>
            <Checkbox
              label={column.label}
              checked={column.shown}
              onChange={(on) => put(on ? [...shown, column.id] : shown.filter((id) => id !== column.id))}
            />
            {column.shown ? (
              <span className={css.buttons}>
                <IconButton
                  small
                  label={t('ui.move-up', { what: column.label })}
                  icon={<AscendingIcon size={14} />}
                  onClick={() => put(moved(shown, column.id, -1))}
                />
                <IconButton
                  small
                  label={t('ui.move-down', { what: column.label })}
                  icon={<DescendingIcon size={14} />}
                  onClick={() => put(moved(shown, column.id, 1))}
                />
              </span>
            ) : null}
          </div>
        ))}
      </div>
      <Button look="ghost" onClick={() => onChange(undefined)}>
        {t('register.columns.usual')}
      </Button>
    </Popover>
  );
};
