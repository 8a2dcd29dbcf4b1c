import { formatNumber } from '../../text/t.ts';
import css from './imports.module.css';
import type { StepProps } from './step-props.ts';
import { w } from './words.ts';

/** How the file was read, where it cannot be read in another way: facts and not fields, so that the reason is said once. */
export const FileFacts = ({ file }: { file: StepProps['found']['file'] }) => {
  const facts = [
    [w('import.file.encoding'), file.encoding],
    [w('import.file.delimiter'), file.delimiter === '\t' ? w('import.file.delimiter.tab') : file.delimiter],
    [w('import.file.sheet'), file.sheets.length === 0 ? null : file.sheet],
    [w('import.file.header-row'), formatNumber(file.headerRow)],
  ] as const;
  return (
    <dl className={css.facts}>
      {facts.map(([label, value]) =>
        value === null ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
};
