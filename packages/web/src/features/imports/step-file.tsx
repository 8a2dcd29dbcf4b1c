import { useState } from 'react';
import { troubleOf } from '../../api/trouble.ts';
import { formatNumber } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { NumberField } from '../../ui/fields/number-field.tsx';
import { useNavigate } from '../../ui/navigate.ts';
import { ProblemBox } from '../../ui/problem.tsx';
import { DropZone } from './drop-zone.tsx';
import { FileFacts } from './file-facts.tsx';
import { heldFile } from './held-file.ts';
import css from './imports.module.css';
import { StepFoot } from './step-foot.tsx';
import type { StepProps } from './step-props.ts';
import { type Reading, useDiscard, useUpload } from './use-import.ts';
import { sizeText } from './wizard-state.ts';
import { w } from './words.ts';

const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'iso-8859-15',
  'macroman',
  'shift_jis',
  'gb18030',
];
const delimiters = [
  { value: ',', label: w('import.file.delimiter.comma') },
  { value: ';', label: w('import.file.delimiter.semicolon') },
  { value: '\t', label: w('import.file.delimiter.tab') },
  { value: '|', label: w('import.file.delimiter.pipe') },
];
const withOwn = (own: string | null, known: readonly string[]) =>
  [...new Set([...(own === null ? [] : [own]), ...known])].map((value) => ({ value, label: value }));

type Chosen = Pick<Reading, 'encoding' | 'delimiter' | 'sheet' | 'headerRow'>;

/** What was found about the file. Each finding can be changed; then the file is read again. */
export const StepFile = ({ found, onStep }: StepProps) => {
  const { file, notes } = found;
  const navigate = useNavigate();
  const upload = useUpload((id) => navigate(`/import/${id}?step=file`, { replace: true }));
  const [chosen, setChosen] = useState<Chosen>({});
  const held = heldFile(found.id);
  const changed = Object.keys(chosen).length > 0;
  const discard = useDiscard(found.id, () => navigate('/import'));
  const problem = troubleOf(upload.error ?? discard.error);
  const set = (change: Chosen) => setChosen((now) => ({ ...now, ...change }));
  const read = (bytes: File): void =>
    upload.mutate({ file: bytes, reading: { kind: found.kind, ...chosen } });
  return (
    <>
      <h1 className={css.stepTitle}>{w('import.file.sentence', { rows: file.rows, name: file.name })}</h1>
      <div className={css.fields}>
        {held === undefined ? (
          <FileFacts file={file} />
        ) : (
          <>
            {file.encoding === null ? null : (
              <ChoiceField
                label={w('import.file.encoding')}
                help={w('import.file.encoding-help')}
                value={chosen.encoding ?? file.encoding}
                options={withOwn(file.encoding, encodings)}
                onChange={(encoding) => set(encoding === null ? {} : { encoding })}
              />
            )}
            {file.delimiter === null ? null : (
              <ChoiceField
                label={w('import.file.delimiter')}
                value={chosen.delimiter ?? file.delimiter}
                options={
                  delimiters.some(({ value }) => value === file.delimiter)
                    ? delimiters
                    : [...delimiters, { value: file.delimiter, label: file.delimiter }]
                }
                onChange={(delimiter) => set(delimiter === null ? {} : { delimiter })}
              />
            )}
            {file.sheets.length === 0 ? null : (
              <ChoiceField
                label={w('import.file.sheet')}
                value={chosen.sheet ?? file.sheet}
                options={file.sheets.map(({ name, rows }) => ({
                  value: name,
                  label: w('import.file.sheet-option', { name, rows }),
                }))}
                onChange={(sheet) => set(sheet === null ? {} : { sheet })}
              />
            )}
            <NumberField
              label={w('import.file.header-row')}
              value={chosen.headerRow ?? file.headerRow}
              min={1}
              whole
              onChange={(headerRow) => set(headerRow === null ? {} : { headerRow })}
            />
          </>
        )}
        <p className={css.small}>
          {w('import.file.size')}: {sizeText(file.size)}. {w('import.file.rows')}: {formatNumber(file.rows)}.
        </p>
      </div>
      {notes.length === 0 ? null : (
        <>
          <h2 className={css.heading}>{w('import.file.notes')}</h2>
          <ul className={css.notes}>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )}
      {held === undefined && found.state === 'analysed' ? (
        <>
          <p>{w('import.file.lost')}</p>
          <DropZone under={upload.under} onFile={read} onCancel={upload.cancel} />
        </>
      ) : null}
      {problem === null ? null : <ProblemBox problem={problem} />}
      <StepFoot
        start={
          found.state === 'analysed' ? (
            <Button look="ghost" size="form" busy={discard.isPending} onClick={() => discard.mutate()}>
              {w('import.discard')}
            </Button>
          ) : null
        }
      >
        {held !== undefined && changed ? (
          <Button look="primary" size="form" busy={upload.isPending} onClick={() => read(held)}>
            {w('import.file.reread')}
          </Button>
        ) : (
          <Button look="primary" size="form" onClick={() => onStep('kind')}>
            {w('import.file.next')}
          </Button>
        )}
      </StepFoot>
    </>
  );
};
