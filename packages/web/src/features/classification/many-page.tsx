import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ManyClassifiedWire } from '@throughline/domain/wire-classification.ts';
import { useState } from 'react';
import { newIdempotencyKey, post } from '../../api/client.ts';
import { useKinds } from '../../api/kinds.ts';
import { troubleOf } from '../../api/trouble.ts';
import { chosenIn } from '../../kinds/chosen-records.ts';
import { t } from '../../text/t.ts';
import { BreadcrumbBar } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { Link, RefLink } from '../../ui/link.tsx';
import { announce } from '../../ui/live-region.tsx';
import { usePageTitle, useSearchState } from '../../ui/navigate.ts';
import plain from '../../ui/plain.module.css';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './interview.module.css';
import { answered, asked, grouped, noted, type Sheet } from './interview-state.ts';
import { OutcomePanel } from './outcome-panel.tsx';
import { Question } from './question.tsx';
import { groupWords } from './value-words.ts';
import { w } from './words.ts';

const path = '/api/v1/classification/many';

/** What each use comes to, with what stands in the way of keeping it. */
const Uses = ({ many }: { many: ManyClassifiedWire }) => {
  const kinds = useKinds();
  const asks = new Map(many.questions.map(({ fact, ask }) => [fact, ask]));
  return (
    <ScrollBox label={w('many.uses')}>
      <table className={plain.table}>
        <thead>
          <tr>
            <th scope="col">{w('many.use')}</th>
            <th scope="col">{w('many.class')}</th>
            <th scope="col">{w('many.outcome')}</th>
            <th scope="col">{w('many.remark')}</th>
          </tr>
        </thead>
        <tbody>
          {many.rows.map(({ useCase, classification, outcomes, left, otherwise, why }) => (
            <tr key={useCase.id}>
              <th scope="row">
                <RefLink refText={useCase.ref} href={kinds.href(useCase)} /> {useCase.title}
              </th>
              <td className={plain.tight}>
                {classification === null ? (
                  w('many.new')
                ) : (
                  <Link href={`/classifications/${classification.ref}/interview`}>{classification.ref}</Link>
                )}
              </td>
              <td>{why === null ? outcomes.map(({ label }) => label).join('; ') : w('many.left-alone')}</td>
              <td>
                {why}
                {why === null && left > 0 ? w('many.left', { n: left }) : null}
                {otherwise.length === 0
                  ? null
                  : ` ${w('many.otherwise', { asks: otherwise.map((fact) => asks.get(fact) ?? fact).join(' ') })}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
};

type ManyProps = {
  many: ManyClassifiedWire;
  sheet: Sheet;
  onSheet: (sheet: Sheet) => void;
  keep: { run: () => void; busy: boolean; error: Error | null; done: boolean };
};

const Many = ({ many, sheet, onSheet, keep }: ManyProps) => {
  const { shared, questions } = many;
  const taken = many.rows.filter(({ why }) => why === null).length;
  const problem = troubleOf(keep.error);
  const reason =
    Object.keys(sheet.answers).length === 0
      ? w('many.nothing')
      : shared.status === 'contradiction'
        ? t('classification.contradiction')
        : taken === 0
          ? w('many.none')
          : undefined;
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{w('many.title')}</h1>
        <p className={css.sentence}>{w('many.sentence', { n: many.rows.length })}</p>
      </header>
      <div className={css.columns}>
        <div>
          {grouped(asked(questions, sheet.answers, shared)).map(([group, listed]) => (
            <section key={group} className={css.part} aria-labelledby={`many-${group}`}>
              <h2 id={`many-${group}`}>{groupWords(group)}</h2>
              <ol className={css.list}>
                {listed.map((question) => (
                  <Question
                    key={question.fact}
                    question={question}
                    answer={sheet.answers[question.fact]}
                    note={sheet.notes[question.fact]}
                    known={undefined}
                    elsewhere={undefined}
                    editable
                    onAnswer={(answer) => onSheet(answered(sheet, question.fact, answer))}
                    onNote={(note) => onSheet(noted(sheet, question.fact, note))}
                  />
                ))}
              </ol>
            </section>
          ))}
        </div>
        <aside className={css.aside}>
          <OutcomePanel result={shared} questions={questions} sheet={sheet} />
          {problem === null ? null : <ProblemBox problem={problem} />}
          <div className={css.foot}>
            <Button look="primary" reason={reason} reasonShown busy={keep.busy} onClick={keep.run}>
              {w('many.keep', { n: taken })}
            </Button>
            <span className={css.small} aria-live="polite">
              {keep.done ? w('many.kept') : w('many.sign-off')}
            </span>
          </div>
        </aside>
      </div>
      <section className={css.part} aria-labelledby="many-uses">
        <h2 id="many-uses">{w('many.uses')}</h2>
        <Uses many={many} />
      </section>
    </div>
  );
};

/** `/classifications/many`: what uses share is answered once; each gets its own class, which is signed off by itself. */
export const Page = () => {
  usePageTitle(w('many.title'));
  const register = useKinds().byCollection('use-cases');
  const [search] = useSearchState();
  const client = useQueryClient();
  const [sheet, setSheet] = useState<Sheet>({ answers: {}, notes: {} });
  const uses = chosenIn(search);
  const body = { ...uses, ...sheet };
  const { data, error, refetch } = useQuery({
    queryKey: ['classify-many', uses, sheet.answers],
    queryFn: ({ signal }) => post<ManyClassifiedWire>(`${path}?dryRun=true`, body, { signal }),
    placeholderData: keepPreviousData,
    enabled: uses !== null,
  });
  const keep = useMutation({
    mutationFn: () => post<ManyClassifiedWire>(path, body, { idempotencyKey: newIdempotencyKey() }),
    onSuccess: async () => {
      announce(w('many.kept'));
      await client.invalidateQueries();
    },
  });
  const problem = troubleOf(error);
  return (
    <>
      <BreadcrumbBar
        crumbs={[{ label: register?.plural ?? '', href: '/use-cases' }, { label: w('many.title') }]}
      />
      {uses === null ? (
        <div className={css.page}>
          <p>
            {w('many.choose')} <Link href="/use-cases">{register?.plural ?? ''}</Link>
          </p>
        </div>
      ) : data !== undefined ? (
        <Many
          many={data}
          sheet={sheet}
          onSheet={setSheet}
          keep={{ run: () => keep.mutate(), busy: keep.isPending, error: keep.error, done: keep.isSuccess }}
        />
      ) : problem === null ? (
        <Skeleton height={28} lines={8} />
      ) : (
        <ErrorLine problem={problem} onRetry={() => void refetch()} />
      )}
    </>
  );
};
