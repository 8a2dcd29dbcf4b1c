import { formatNumber, t } from '../../text/t.ts';
import css from './imports.module.css';
import type { StepProps } from './step-props.ts';

/** How the file was read, where it cannot be read in another way: facts and not fields, so that the reason is said once. */
export const FileFacts = ({ file }: { file: StepProps['found']['file'] }) => {
  const facts = [
    [t('import.file.encoding'), file.encoding],
    [t('import.file.delimiter'), file.delimiter === '\t' ? t('import.file.delimiter.tab') : file.delimiter],
    [t('import.file.sheet'), file.sheets.length === 0 ? null : file.sheet],
    [t('import.file.header-row'), formatNumber(file.headerRow)],
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
