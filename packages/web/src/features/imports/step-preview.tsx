import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { FitNotice } from './fit-notice.tsx';
import css from './imports.module.css';
import { CellTable, MissingTable, RowTable } from './preview-tables.tsx';
import { RejectedLink } from './rejected-link.tsx';
import { StepFoot } from './step-foot.tsx';
import type { StepProps } from './step-props.ts';
import { previewQuery } from './use-import.ts';
import { fixedWords } from './wizard-state.ts';
import { w } from './words.ts';

const parts = ['added', 'changed', 'missing', 'coerced', 'rejected'] as const;
type Part = (typeof parts)[number];

/** An import that was applied has no preview any more; its report stands at the last step. */
export const StepPreview = (props: StepProps) =>
  props.found.state === 'analysed' ? (
    <Preview {...props} />
  ) : (
    <>
      <h1 className={css.stepTitle}>{w('import.step.preview')}</h1>
      <p className={css.small}>{fixedWords(props.found.state)}</p>
      <StepFoot onBack={() => props.onStep('columns')}>
        <Button look="primary" size="form" onClick={() => props.onStep('apply')}>
          {w('import.preview.next')}
        </Button>
      </StepFoot>
    </>
  );

/** What applying would do, row by row, by the same code; nothing is written. */
const Preview = ({ found, kind, onStep }: StepProps) => {
  const [part, setPart] = useState<Part>('added');
  const { data, error, refetch } = useQuery(previewQuery(found.id));
  const problem = troubleOf(error);
  if (data === undefined) {
    return (
      <>
        <h1 className={css.stepTitle}>{w('import.step.preview')}</h1>
        {problem === null ? (
          <>
            <p className={css.small}>{w('import.preview.working')}</p>
            <Skeleton height={28} lines={8} />
          </>
        ) : (
          <ProblemBox problem={problem} onRetry={() => void refetch()} />
        )}
        <StepFoot onBack={() => onStep('columns')} />
      </>
    );
  }
  const { counts } = data;
  const panels = {
    added: () => <RowTable rows={data.added} kind={kind} part="added" total={counts.added} />,
    changed: () => <RowTable rows={data.changed} kind={kind} part="changed" total={counts.changed} />,
    missing: () => <MissingTable records={data.missing} total={counts.missing} />,
    coerced: () => <CellTable cells={data.coerced} part="coerced" total={counts.coerced} />,
    rejected: () => (
      <>
        {counts.rejected === 0 ? null : <RejectedLink id={found.id} />}
        <CellTable cells={data.rejected} part="rejected" total={counts.rejected} />
      </>
    ),
  };
  return (
    <>
      <h1 className={css.stepTitle}>{w('import.preview.sentence', counts)}</h1>
      <FitNotice found={found} step="preview" />
      {data.own === null ? null : (
        <p className={css.small}>{w('import.preview.own', { records: data.own.records, n: data.own.of })}</p>
      )}
      {data.equalRows.length === 0 ? null : (
        <p className={css.small}>{w('import.preview.equal', { n: data.equalRows.length })}</p>
      )}
      <Tabs
        label={w('import.step.preview')}
        value={part}
        onChange={setPart}
        tabs={parts.map((value) => ({
          value,
          label: w(`import.preview.${value}`),
          count: counts[value],
          panel: value === part ? panels[value]() : null,
        }))}
      />
      <StepFoot onBack={() => onStep('columns')}>
        <Button look="primary" size="form" onClick={() => onStep('apply')}>
          {w('import.preview.next')}
        </Button>
      </StepFoot>
    </>
  );
};
