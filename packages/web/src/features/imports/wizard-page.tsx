import { useQuery } from '@tanstack/react-query';

import { useKinds } from '../../api/kinds.ts';
import { troubleOf } from '../../api/trouble.ts';
import { BreadcrumbBar } from '../../ui/breadcrumbs.tsx';
import { CheckIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/link.tsx';
import { useNavigate, usePageTitle, useRouteParam, useSearchState } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import css from './imports.module.css';
import { StepApply } from './step-apply.tsx';
import { StepColumns } from './step-columns.tsx';
import { StepFile } from './step-file.tsx';
import { StepKind } from './step-kind.tsx';
import { StepPreview } from './step-preview.tsx';
import type { StepProps } from './step-props.ts';
import { importQuery } from './use-import.ts';
import { type Step, stepOf, steps } from './wizard-state.ts';
import { w } from './words.ts';

/** The five steps; each can be entered again, and the address keeps where one is. */
const Stepper = ({ id, current, applied }: { id: string; current: Step; applied: boolean }) => {
  const at = steps.indexOf(current);
  return (
    <nav className={css.stepper} aria-label={w('import.steps')}>
      <ol>
        {steps.map((step, index) => {
          const done = index < at || applied;
          return (
            <li key={step}>
              <Link
                href={`/import/${id}?step=${step}`}
                look="plain"
                className={css.step}
                aria-current={step === current ? 'step' : undefined}
              >
                <span className={css.stepMark} data-done={done || undefined} aria-hidden="true">
                  {done ? <CheckIcon size={12} /> : index + 1}
                </span>
                {w(`import.step.${step}`)}
                {done ? <VisuallyHidden>, {w('import.step-done')}</VisuallyHidden> : null}
              </Link>
            </li>
          );
        })}
      </ol>
    </nav>
  );
};

const content = (step: Step, props: StepProps) => {
  switch (step) {
    case 'file':
      return <StepFile {...props} />;
    case 'kind':
      return <StepKind {...props} />;
    case 'columns':
      return <StepColumns {...props} />;
    case 'preview':
      return <StepPreview {...props} />;
    case 'apply':
      return <StepApply {...props} />;
  }
};

/** `/import/:id?step=`: one file on its way into a register. */
export const Page = () => {
  const id = useRouteParam('id');
  const kinds = useKinds();
  const navigate = useNavigate();
  const [search] = useSearchState();
  const { data: found, error, refetch } = useQuery(importQuery(id));
  usePageTitle(found?.file.name ?? w('import.title'));
  const kind = found === undefined ? undefined : kinds.byName(found.kind);
  const problem = troubleOf(error);
  const step = stepOf(search.step, found?.state ?? 'analysed');
  return (
    <>
      <BreadcrumbBar
        crumbs={[{ label: w('import.title'), href: '/import' }, { label: found?.file.name ?? id }]}
      />
      <div className={css.wizard}>
        <Stepper id={id} current={step} applied={found !== undefined && found.state !== 'analysed'} />
        <div className={css.content}>
          {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
          {found === undefined || kind === undefined ? (
            problem === null ? (
              <Skeleton height={28} lines={8} />
            ) : null
          ) : (
            content(step, { found, kind, onStep: (next) => navigate(`/import/${id}?step=${next}`) })
          )}
        </div>
      </div>
    </>
  );
};
