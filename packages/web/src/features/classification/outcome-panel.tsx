import type {
  ClassifiedWire,
  ListedObligationWire,
  QuestionWire,
} from '@throughline/domain/wire-classification.ts';
import { useKinds } from '../../api/kinds.ts';
import { formatDay } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import { Link } from '../../ui/link.tsx';
import { Tag } from '../../ui/tag.tsx';
import css from './interview.module.css';
import { type Answers, progressOf, type Sheet } from './interview-state.ts';
import { answerWords, questionId } from './question.tsx';

const Outcomes = ({ of, title }: { of: ClassifiedWire['outcomes']; title: string }) =>
  of.length === 0 ? null : (
    <>
      <h3>{title}</h3>
      <ul className={css.outcomes}>
        {of.map(({ id, label }) => (
          <li key={id}>{label}</li>
        ))}
      </ul>
    </>
  );

type PanelProps = { result: ClassifiedWire; questions: readonly QuestionWire[]; sheet: Sheet };

/** The questions between which a contradiction lies, each with its answer and a way there. */
const Places = ({
  facts,
  questions,
  answers,
}: {
  facts: readonly string[];
  questions: readonly QuestionWire[];
  answers: Answers;
}) => (
  <ul className={css.places}>
    {questions
      .filter(({ fact }) => facts.includes(fact))
      .map((question) => {
        const answer = answers[question.fact];
        return (
          <li key={question.fact}>
            <a href={`#${questionId(question.fact)}`}>{question.ask}</a>{' '}
            {answer === undefined ? null : <b>{answerWords(question, answer)}</b>}
          </li>
        );
      })}
  </ul>
);

/** How much is said and how much is left; apart from it what nobody knows yet, so that somebody can find out. */
const Progress = ({ result, questions, sheet }: PanelProps) => {
  const { answered, unknown, left } = progressOf(sheet.answers, result);
  const whole = result.status === 'final';
  return (
    <>
      <p className={css.left} aria-live="polite">
        {[
          t('classification.answered', { n: answered }),
          ...(whole
            ? []
            : [t('classification.unknown', { n: unknown.length }), t('classification.left', { n: left })]),
        ].join(', ')}
      </p>
      {whole || left + unknown.length > 0 ? (
        <p className={css.small}>{t(whole ? 'classification.left-none' : 'classification.left-more')}</p>
      ) : null}
      {unknown.length === 0 ? null : (
        <section aria-labelledby="interview-unknown">
          <h3 id="interview-unknown">{t('classification.not-known')}</h3>
          <p className={css.small}>{t('classification.find-out')}</p>
          <ul className={css.places}>
            {questions
              .filter(({ fact }) => unknown.includes(fact))
              .map(({ fact, ask }) => (
                <li key={fact}>
                  <a href={`#${questionId(fact)}`}>{ask}</a>
                  {sheet.notes[fact] === undefined ? null : (
                    <div className={css.small}>{sheet.notes[fact]}</div>
                  )}
                </li>
              ))}
          </ul>
        </section>
      )}
    </>
  );
};

/** What the rules make of the answers so far, beside the questions. */
export const OutcomePanel = ({ result, questions, sheet }: PanelProps) => {
  return (
    <section className={css.outcome} aria-labelledby="interview-outcome">
      <h2 id="interview-outcome">{t('classification.outcome')}</h2>
      <ul className={css.class} data-status={result.status}>
        {result.outcomes.map(({ id, label }) => (
          <li key={id}>{label}</li>
        ))}
      </ul>
      {result.prohibitedFrom === null ? null : (
        <p>{t('classification.prohibited-from', { day: formatDay(result.prohibitedFrom) })}</p>
      )}
      {result.contradictions.length === 0 ? null : (
        <div role="alert" className={css.contradiction}>
          <h3>{t('classification.contradiction')}</h3>
          <ul>
            {result.contradictions.map(({ id, says, facts }) => (
              <li key={id}>
                {says}
                <Places facts={facts} questions={questions} answers={sheet.answers} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <Outcomes of={result.status === 'final' ? [] : result.atLeast} title={t('classification.at-least')} />
      <Outcomes of={result.alerts} title={t('classification.alerts')} />
      {result.status === 'contradiction' ? null : (
        <Progress result={result} questions={questions} sheet={sheet} />
      )}
      <p className={css.small}>
        {t('classification.not-advice', { ruleSet: result.ruleSet, day: formatDay(result.on) })}{' '}
        <Link href="/classifications/rules">{t('classification.rules')}</Link>
      </p>
    </section>
  );
};

const statusWords = ({ status, from }: ListedObligationWire): string => {
  if (status === 'applies' || status === 'upcoming')
    return t(`classification.obligation.${status}`, { day: from === null ? '' : formatDay(from) });
  return t(`classification.obligation.${status}`);
};

const Obligation = ({ obligation }: { obligation: ListedObligationWire }) => {
  const kinds = useKinds();
  const { article, title, summary, because, carveOut, formalFrom, dischargedBy } = obligation;
  const labels = dischargedBy.map((name) => kinds.byName(name)?.label ?? name.replaceAll('-', ' '));
  return (
    <li className={css.obligation}>
      <div className={css.ask}>
        <h3>{title}</h3>
        <span className={css.article}>{t('classification.article', { article })}</span>
        <Tag>{statusWords(obligation)}</Tag>
      </div>
      <p>{summary}</p>
      {[
        because,
        carveOut,
        formalFrom && t('classification.obligation.formal', { day: formatDay(formalFrom) }),
      ]
        .filter((line) => line !== null)
        .map((line) => (
          <p key={line} className={css.small}>
            {line}
          </p>
        ))}
      <p className={css.small}>{t('classification.obligation.discharged', { kinds: labels.join(', ') })}</p>
    </li>
  );
};

/** What follows from the class, with the day of each and the records that show it. */
export const Obligations = ({ result }: { result: ClassifiedWire }) => {
  const listed = result.obligations.filter(({ status }) => status !== 'open');
  const open = result.obligations.length - listed.length;
  return (
    <section className={css.part} aria-labelledby="interview-obligations">
      <h2 id="interview-obligations">{t('classification.obligations')}</h2>
      {listed.length === 0 && open === 0 ? <p>{t('classification.obligations-none')}</p> : null}
      <ul className={css.list}>
        {listed.map((one) => (
          <Obligation key={one.id} obligation={one} />
        ))}
      </ul>
      {open === 0 ? null : <p className={css.small}>{t('classification.open-obligations', { n: open })}</p>}
    </section>
  );
};

/** The rules that were true, in their order, with what each set. */
export const Path = ({ result }: { result: ClassifiedWire }) => {
  const taken = result.path.filter(({ truth }) => truth === true);
  return taken.length === 0 ? null : (
    <details className={css.part}>
      <summary>{t('classification.path')}</summary>
      <ol className={css.list}>
        {taken.map(({ rule, article, set, note }) => (
          <li key={rule}>
            <b>{t('classification.rule', { rule, article })}</b> {set.join(', ')}
            {note === null ? null : <span className={css.small}> {note}</span>}
          </li>
        ))}
      </ol>
    </details>
  );
};
