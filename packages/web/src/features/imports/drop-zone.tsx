import { type DragEvent, useId, useState } from 'react';
import { t } from '../../text/t.ts';
import { ImportIcon } from '../../ui/icons.ts';
import css from './imports.module.css';

/** Where a file is dropped, or chosen by its button twin (UX g). */
export const DropZone = ({ onFile, busy }: { onFile: (file: File) => void; busy: string | null }) => {
  const id = useId();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined && busy === null) onFile(file);
  };
  return (
    <div
      role="group"
      aria-label={t('import.drop')}
      className={css.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <ImportIcon size={20} />
      <p className={css.dropTitle} role="status">
        {busy === null ? t('import.drop') : t('import.reading', { name: busy })}
      </p>
      <p className={css.small}>{t('import.drop-text')}</p>
      <label htmlFor={id} className={css.choose}>
        {t('import.choose')}
        <input
          id={id}
          type="file"
          accept=".csv,.tsv,.txt,.xlsx"
          disabled={busy !== null}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file !== undefined) onFile(file);
          }}
        />
      </label>
    </div>
  );
};
