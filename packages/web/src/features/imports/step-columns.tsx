import { useMemo, useState } from 'react';
import { troubleOf } from '../../api/trouble.ts';
import { formatNumber } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import plain from '../../ui/plain.module.css';
import { ProblemBox } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { notify } from '../../ui/toast.tsx';
import { ColumnRow } from './column-row.tsx';
import css from './imports.module.css';
import { StepFoot } from './step-foot.tsx';
import type { StepProps } from './step-props.ts';
import { useMapping } from './use-import.ts';
import { fixedWords, needsLook, orderColumns } from './wizard-state.ts';
import { w } from './words.ts';

const SaveProfile = ({ id }: { id: string }) => {
  const mapping = useMapping(id);
  const [name, setName] = useState('');
  const problem = troubleOf(mapping.error);
  const save = (): void =>
    mapping.mutate(
      { saveAs: name.trim() },
      {
        onSuccess: () => {
          notify({ text: w('import.columns.saved', { name: name.trim() }) });
          setName('');
        },
      },
    );
  return (
    <details className={css.save}>
      <summary>{w('import.columns.save-as')}</summary>
      <div className={css.saveRow}>
        <TextField label={w('import.columns.save-name')} value={name} maxLength={120} onChange={setName} />
        <Button
          size="form"
          busy={mapping.isPending}
          reason={name.trim() === '' ? w('import.columns.save-needs-name') : undefined}
          onClick={save}
        >
          {w('import.columns.save')}
        </Button>
      </div>
      {problem === null ? null : <ProblemBox problem={problem} />}
    </details>
  );
};

/** Where each column goes, what needs a look first. The order holds while the step is open, so that no row jumps away. */
export const StepColumns = ({ found, kind, onStep }: StepProps) => {
  const mapping = useMapping(found.id);
  const [order] = useState(() => orderColumns(found.columns).map(({ index }) => index));
  const columns = useMemo(() => {
    const byIndex = new Map(found.columns.map((column) => [column.index, column]));
    const shown = order.flatMap((index) => byIndex.get(index) ?? []);
    return shown.length === found.columns.length ? shown : orderColumns(found.columns);
  }, [found.columns, order]);
  const placed = found.columns.filter(({ target }) => target !== null).length;
  const unsure = found.columns.filter(needsLook).length;
  const problem = troubleOf(mapping.error);
  const locked = fixedWords(found.state);
  return (
    <>
      <h1 className={css.stepTitle}>
        {w('import.columns.sentence', { n: found.columns.length, placed: formatNumber(placed) })}{' '}
        {unsure === 0 ? '' : w('import.columns.unsure', { n: unsure })}
      </h1>
      {locked === undefined ? null : <p className={css.small}>{locked}</p>}
      {problem === null ? null : <ProblemBox problem={problem} />}
      <ScrollBox label={w('import.step.columns')}>
        <table className={`${plain.table} ${css.columns}`} aria-label={w('import.step.columns')}>
          <thead>
            <tr>
              <th scope="col">{w('import.columns.column')}</th>
              <th scope="col">{w('import.columns.samples')}</th>
              <th scope="col">{w('import.columns.target')}</th>
              <th scope="col">{w('import.columns.how')}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <ColumnRow
                key={column.index}
                column={column}
                kind={kind}
                rows={found.file.rows}
                locked={locked !== undefined}
                onChange={(change) => mapping.mutate({ columns: [{ index: column.index, ...change }] })}
              />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {locked === undefined ? <SaveProfile id={found.id} /> : null}
      <StepFoot onBack={() => onStep('kind')}>
        <Button look="primary" size="form" busy={mapping.isPending} onClick={() => onStep('preview')}>
          {w('import.columns.next', { n: found.file.rows })}
        </Button>
      </StepFoot>
    </>
  );
};
