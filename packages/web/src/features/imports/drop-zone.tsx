import { type DragEvent, useId, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ImportIcon } from '../../ui/icons.ts';
import { Progress } from '../../ui/progress.tsx';
import css from './imports.module.css';
import { sizeText } from './wizard-state.ts';
import { w } from './words.ts';

/** A file on its way: bytes that have left, of how many. */
export type Under = { name: string; sent: number; total: number };

type DropZoneProps = { onFile: (file: File) => void; under: Under | null; onCancel: () => void };

const Choose = ({ onFile }: Pick<DropZoneProps, 'onFile'>) => {
  const id = useId();
  return (
    <>
      <p className={css.dropTitle}>{w('import.drop')}</p>
      <p className={css.small}>{w('import.drop-text')}</p>
      <label htmlFor={id} className={css.choose}>
        {w('import.choose')}
        <input
          id={id}
          type="file"
          accept=".csv,.tsv,.txt,.xlsx"
          onChange={(event) => {
            const { files } = event.target;
            const file = files?.[0];
            if (file !== undefined) onFile(file);
            // The same file can be chosen once more, after it was mended or refused.
            event.target.value = '';
          }}
        />
      </label>
    </>
  );
};

/** Once the last byte has left, the server reads: how long that takes nobody knows beforehand. */
export const UploadProgress = ({ under, onCancel }: { under: Under; onCancel: () => void }) => {
  const whole = under.sent >= under.total;
  return (
    <div className={css.upload}>
      <p role="status">{w(whole ? 'import.reading' : 'import.sending', { name: under.name })}</p>
      <Progress
        label={w('import.sent', { sent: sizeText(under.sent), total: sizeText(under.total) })}
        done={whole ? 100 : Math.floor((under.sent / under.total) * 100)}
        total={whole ? null : 100}
        words={whole ? '' : w('import.percent', { n: Math.floor((under.sent / under.total) * 100) })}
      />
      <div>
        <Button onClick={onCancel}>{w('import.cancel')}</Button>
      </div>
    </div>
  );
};

/** Where a file is dropped, or chosen by its button twin (UX g). While one is under way, how far it is. */
export const DropZone = ({ onFile, under, onCancel }: DropZoneProps) => {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined && under === null) onFile(file);
  };
  return (
    <div
      role="group"
      aria-label={w('import.drop')}
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
      {under === null ? <Choose onFile={onFile} /> : <UploadProgress under={under} onCancel={onCancel} />}
    </div>
  );
};
