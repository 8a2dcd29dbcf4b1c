import type { FileField } from '@throughline/domain/kinds/fields.ts';
import { useEffect, useId, useRef, useState } from 'react';
import { t } from '../text/t.ts';
import { Button } from '../ui/button.tsx';
import { type EditorProps, Legend } from '../ui/fields/field.tsx';
import { LongTextField } from '../ui/fields/text-field.tsx';
import { Link } from '../ui/link.tsx';
import { announce } from '../ui/live-region.tsx';
import { ErrorLine, type Trouble } from '../ui/problem.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { blobHref, countWords, problemOf, uploadBlob } from './blobs.ts';
import { useBlobText } from './file-value.tsx';
import css from './kinds.module.css';

export type FileEditorProps = EditorProps<string | null> & { field: FileField };

type Sending = { name: string; share: number };

const useUpload = (onChange: (id: string) => void) => {
  const [sending, setSending] = useState<Sending | null>(null);
  const [problem, setProblem] = useState<Trouble | null>(null);
  const ended = useRef<AbortController | null>(null);
  useEffect(() => () => ended.current?.abort(), []);
  const send = async (file: File): Promise<boolean> => {
    ended.current?.abort();
    const controller = new AbortController();
    ended.current = controller;
    setProblem(null);
    setSending({ name: file.name, share: 0 });
    try {
      const blob = await uploadBlob(
        file,
        (share) => setSending({ name: file.name, share }),
        controller.signal,
      );
      onChange(blob.id);
      announce(t('value.uploaded', { name: file.name }));
      return true;
    } catch (error) {
      if (!controller.signal.aborted) setProblem(problemOf(error));
      return false;
    } finally {
      if (!controller.signal.aborted) setSending(null);
    }
  };
  return { sending, problem, send };
};

const Progress = ({ sending }: { sending: Sending }) => {
  const percent = Math.round(sending.share * 100);
  return (
    <span className={css.file}>
      <progress className={css.progress} value={percent} max={100} aria-label={sending.name} />
      <span className={css.help}>{t('value.uploading', { name: sending.name, percent })}</span>
    </span>
  );
};

const Picker = ({ value, onChange, id, label }: EditorProps<string | null>) => {
  const own = useId();
  const input = useRef<HTMLInputElement>(null);
  const upload = useUpload(onChange);
  return (
    <div className={css.cells}>
      <div className={css.file}>
        <Button id={id ?? own} size="form" onClick={() => input.current?.click()}>
          {value === null ? t('value.upload') : t('value.replace')}
        </Button>
        <input
          ref={input}
          type="file"
          className={css.hidden}
          tabIndex={-1}
          aria-label={label}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file !== undefined) void upload.send(file);
          }}
        />
        {value === null ? null : (
          <>
            <Link href={blobHref(value)} download="">
              {t('value.download')}
            </Link>
            <Button look="ghost" onClick={() => onChange(null)}>
              {t('value.remove-file')}
            </Button>
          </>
        )}
        {upload.sending === null ? null : <Progress sending={upload.sending} />}
      </div>
      {upload.problem === null ? null : <ErrorLine problem={upload.problem} />}
    </div>
  );
};

/** Plain text, kept as a file of its own on "Keep this text": the field then holds the id of the new file. */
const Writer = ({ value, onChange, id, label }: EditorProps<string | null>) => {
  const kept = useBlobText(value);
  const [draft, setDraft] = useState<string | null>(null);
  const [mode, setMode] = useState<'write' | 'preview'>('write');
  const upload = useUpload(onChange);
  if (value !== null && kept.data === undefined && kept.error === null)
    return <Skeleton height={20} lines={6} />;
  const text = draft ?? kept.data ?? '';
  const words = countWords(text);
  const keep = async (): Promise<void> => {
    const file = new File([text], 'text.txt', { type: 'text/plain;charset=utf-8' });
    if (await upload.send(file)) announce(t('value.text-kept', { n: words }));
  };
  return (
    <div className={css.cells}>
      <div className={css.bar}>
        <Segmented
          label={label}
          value={mode}
          onChange={setMode}
          options={[
            { value: 'write', label: t('value.write') },
            { value: 'preview', label: t('value.preview') },
          ]}
        />
        <span>{t('value.words', { n: words })}</span>
      </div>
      {mode === 'write' ? (
        <LongTextField
          {...(id === undefined ? {} : { id })}
          label={t('value.text-label')}
          rows={18}
          value={text}
          onChange={setDraft}
        />
      ) : (
        <div className={css.paper}>{text}</div>
      )}
      {kept.error === null ? null : <ErrorLine problem={problemOf(kept.error)} />}
      {upload.problem === null ? null : <ErrorLine problem={upload.problem} onRetry={() => void keep()} />}
      <div className={css.file}>
        <Button size="form" busy={upload.sending !== null} onClick={() => void keep()}>
          {t('value.save-text')}
        </Button>
        {upload.sending === null ? null : <Progress sending={upload.sending} />}
      </div>
    </div>
  );
};

/** A file of this organisation: chosen from the device, or written here where the field says `as: 'text'`. */
export const FileEditor = (props: FileEditorProps) => (
  <fieldset className={css.fieldset}>
    {props.bare === true ? null : <Legend {...props} />}
    {props.field.as === 'text' ? <Writer {...props} /> : <Picker {...props} />}
    {props.help === undefined ? null : <p className={css.help}>{props.help}</p>}
    {props.error === undefined ? null : <p className={css.error}>{props.error}</p>}
  </fieldset>
);
