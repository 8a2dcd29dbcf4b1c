import type { InterviewWire } from '@throughline/domain/wire-classification.ts';
import type { ReactNode } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { Problem } from '../../api/problem.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { useEditRefusal } from '../../kinds/use-edit-refusal.ts';
import { formatDay } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import { BreadcrumbBar, type Crumb } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { DayField } from '../../ui/fields/day-field.tsx';
import { Link, RefLink } from '../../ui/link.tsx';
import { usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './interview.module.css';
import { asked, grouped, isIdle, noted } from './interview-state.ts';
import { Obligations, OutcomePanel, Path } from './outcome-panel.tsx';
import { answerWords, Question } from './question.tsx';
import { RegisterPanel } from './register-panel.tsx';
import { type Closing, useClosing } from './use-closing.ts';
import { useInterview, useSheet } from './use-interview.ts';
import { groupWords } from './value-words.ts';

type Sheet = ReturnType<typeof useSheet>;

const Head = ({ interview }: { interview: InterviewWire }) => {
  const kinds = useKinds();
  const { classification, useCase } = interview;
  return (
    <header className={css.head}>
      <h1>{classification.title}</h1>
      {useCase === null ? null : (
        <p>
          {t('classification.use-case')} <RefLink refText={useCase.ref} href={kinds.href(useCase)} />{' '}
          {useCase.title}
        </p>
      )}
      <p className={css.sentence}>{t('classification.sentence')}</p>
    </header>
  );
};

/** What stands in the way of reading the outcome as it is kept. */
const Notices = ({ interview, sheet }: { interview: InterviewWire; sheet: Sheet }) => {
  const { keptRuleSet, result, differs, unread } = interview;
  const lines = [
    sheet.met === 0 ? null : t('classification.met', { n: sheet.met }),
    differs ? t('classification.differs') : null,
    keptRuleSet !== null && keptRuleSet !== result.ruleSet
      ? t('classification.older-rules', { kept: keptRuleSet, now: result.ruleSet })
      : null,
  ].filter((line) => line !== null);
  return (
    <>
      {sheet.back === 0 ? null : (
        <p role="status" className={css.notice}>
          {t('classification.back', { n: sheet.back })}{' '}
          <Button look="ghost" onClick={sheet.drop}>
            {t('classification.drop')}
          </Button>
        </p>
      )}
      {lines.map((line) => (
        <p key={line} role="status" className={css.notice}>
          {line}
        </p>
      ))}
      {unread.length === 0 ? null : (
        <section className={css.notice} aria-labelledby="interview-unread">
          <h2 id="interview-unread">{t('classification.unread')}</h2>
          <p>{t('classification.unread-help')}</p>
          <ul>
            {unread.map(({ fact, text }) => (
              <li key={`${fact} ${text}`}>
                {fact}: {text}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
};

/** Answers that another answer made pointless: in sight, so that nothing vanishes, and out of the way. */
const Idle = ({ interview, sheet }: { interview: InterviewWire; sheet: Sheet }) => {
  const { result, sheet: said } = sheet;
  const idle = interview.questions.filter(
    ({ fact }) => said.answers[fact] !== undefined && isIdle(fact, said.answers, result),
  );
  return idle.length === 0 ? null : (
    <details className={css.part}>
      <summary>{t('classification.idle', { n: idle.length })}</summary>
      <ul className={css.list}>
        {idle.map((question) => {
          const answer = said.answers[question.fact];
          return answer === undefined ? null : (
            <li key={question.fact}>
              {question.ask} <b>{answerWords(question, answer)}</b>
            </li>
          );
        })}
      </ul>
    </details>
  );
};

/** What a change would close, said before it happens; and afterwards the way back. */
const ClosingAt = ({
  fact,
  interview,
  ahead,
}: {
  fact: string;
  interview: InterviewWire;
  ahead: ReturnType<typeof useClosing>;
}) => {
  const { closing, undoes, confirm, leave, undo } = ahead;
  if (closing?.fact === fact)
    return <Closes closing={closing} questions={interview.questions} onYes={confirm} onNo={leave} />;
  return undoes?.fact === fact ? (
    <p role="status" className={css.closing}>
      {t('classification.closed', { n: undoes.closed })}{' '}
      <Button onClick={undo}>{t('classification.undo')}</Button>
    </p>
  ) : null;
};

const Closes = ({
  closing,
  questions,
  onYes,
  onNo,
}: {
  closing: Closing;
  questions: InterviewWire['questions'];
  onYes: () => void;
  onNo: () => void;
}) => {
  const { answer, closes, fact } = closing;
  const question = questions.find((one) => one.fact === fact);
  return (
    <div role="alert" className={css.closing}>
      <p>{t('classification.closes', { n: closes.length })}</p>
      <ul className={css.places}>
        {questions
          .filter((one) => closes.includes(one.fact))
          .map((one) => (
            <li key={one.fact}>{one.ask}</li>
          ))}
      </ul>
      <p className={css.small}>{t('classification.closes-kept')}</p>
      <p className={css.ask}>
        <Button onClick={onYes}>
          {answer === null || question === undefined
            ? t('classification.closes-clear')
            : t('classification.closes-yes', { answer: answerWords(question, answer) })}
        </Button>
        <Button look="ghost" onClick={onNo}>
          {t('classification.closes-no')}
        </Button>
      </p>
    </div>
  );
};

/** The day stands there from the start: a class is made final with the day on which it was found (4.1). */
const ClassifiedOn = ({ sheet, reason }: { sheet: Sheet; reason: string | undefined }) => {
  const { base, on, setOn, result } = sheet;
  const shown = on ?? result.on;
  const { classifiedOn } = base;
  if (reason !== undefined)
    return classifiedOn === null ? null : (
      <p className={css.small}>{t('classification.day-kept', { day: formatDay(classifiedOn) })}</p>
    );
  const stands = classifiedOn !== null && classifiedOn !== shown;
  return (
    <DayField
      label={t('classification.day')}
      help={
        stands
          ? t('classification.day-stands', { day: formatDay(classifiedOn) })
          : t('classification.day-help')
      }
      value={shown}
      onChange={setOn}
    />
  );
};

const Foot = ({ sheet, reason }: { sheet: Sheet; reason: string | undefined }) => {
  const { base, changed, keep, on, result } = sheet;
  const { classification } = base;
  const kinds = useKinds();
  const whole = changed.length === 0 && on === null && result.status === 'final' && !base.differs;
  return (
    <>
      <ClassifiedOn sheet={sheet} reason={reason} />
      <div className={css.foot}>
        <Button
          look={whole ? 'default' : 'primary'}
          reason={
            reason ?? (result.status === 'contradiction' ? t('classification.contradiction') : undefined)
          }
          busy={keep.isPending}
          onClick={() => keep.mutate()}
        >
          {t('classification.keep')}
        </Button>
        <span className={css.small} aria-live="polite">
          {changed.length === 0
            ? t('classification.unchanged')
            : t('classification.changed', { n: changed.length })}
        </span>
      </div>
      {whole && classification.state === 'open' ? (
        <p className={css.small}>
          <Link href={kinds.href(classification)}>
            {t('classification.make-final', { ref: classification.ref })}
          </Link>
        </p>
      ) : null}
    </>
  );
};

const Interview = ({ interview, member }: { interview: InterviewWire; member: string }) => {
  const sheet = useSheet(interview, member);
  const reason = useEditRefusal('classifications', interview.classification.ref);
  const { base, result, sheet: said, setSheet } = sheet;
  const ahead = useClosing({ sheet: said, result, setSheet });
  const known = new Map(base.known.map((one) => [one.fact, one]));
  const elsewhere = new Map(base.elsewhere.map((one) => [one.fact, one]));
  const problem = troubleOf(sheet.problem);
  return (
    <div className={css.page}>
      <Head interview={base} />
      <Notices interview={base} sheet={sheet} />
      <div className={css.columns}>
        <div>
          {grouped(asked(base.questions, said.answers, result)).map(([group, questions]) => (
            <section key={group} className={css.part} aria-labelledby={`interview-${group}`}>
              <h2 id={`interview-${group}`}>{groupWords(group)}</h2>
              <ol className={css.list}>
                {questions.map((question) => (
                  <Question
                    key={question.fact}
                    question={question}
                    answer={said.answers[question.fact]}
                    note={said.notes[question.fact]}
                    known={known.get(question.fact)}
                    elsewhere={elsewhere.get(question.fact)}
                    editable={reason === undefined}
                    onAnswer={(answer) => void ahead.answer(question.fact, answer)}
                    onNote={(note) => setSheet(noted(said, question.fact, note))}
                    below={<ClosingAt fact={question.fact} interview={base} ahead={ahead} />}
                  />
                ))}
              </ol>
            </section>
          ))}
          <Idle interview={base} sheet={sheet} />
        </div>
        <aside className={css.aside}>
          <OutcomePanel result={result} questions={base.questions} sheet={said} />
          {problem === null ? null : <ProblemBox problem={problem} />}
          <Foot sheet={sheet} reason={reason} />
        </aside>
      </div>
      <Obligations result={result} />
      <RegisterPanel recordRef={base.classification.ref} reason={reason} />
      <Path result={result} />
    </div>
  );
};

export type InterviewPageProps = { recordRef: string; crumbs: readonly Crumb[]; absent: ReactNode };

/** The interview of a classification: questions on the left, what they lead to on the right, what follows below. */
export const InterviewPage = ({ recordRef, crumbs, absent }: InterviewPageProps) => {
  usePageTitle(t('classification.title', { ref: recordRef }));
  const { data, error, refetch } = useInterview(recordRef);
  const me = useSession();
  if (error instanceof Problem && error.code === 'not-found') return absent;
  const problem = troubleOf(error);
  return (
    <>
      <BreadcrumbBar crumbs={crumbs} />
      {data === undefined || me === undefined ? (
        problem === null ? (
          <Skeleton height={28} lines={8} />
        ) : (
          <ErrorLine problem={problem} onRetry={() => void refetch()} />
        )
      ) : (
        <Interview key={data.classification.id} interview={data} member={me.member?.id ?? ''} />
      )}
    </>
  );
};
