import { notKnown } from '@throughline/domain/classification/answer-text.ts';
import type { AnswerWire, InterviewWire, QuestionWire } from '@throughline/domain/wire-classification.ts';
import { type ReactNode, useState } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { formatDay } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { DayField } from '../../ui/fields/day-field.tsx';
import { NumberField } from '../../ui/fields/number-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { RefLink } from '../../ui/link.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import css from './interview.module.css';
import { toggled } from './interview-state.ts';
import { helpWords, valueWords } from './value-words.ts';

type Known = InterviewWire['known'][number];

export type QuestionProps = {
  question: QuestionWire;
  answer: AnswerWire | undefined;
  note: string | undefined;
  known: Known | undefined;
  /** What another classification says to it, where that is not what is answered here. */
  elsewhere: Known | undefined;
  editable: boolean;
  onAnswer: (answer: AnswerWire | null) => void;
  onNote: (note: string) => void;
  /** What is said of the answer itself, below its control. */
  below?: ReactNode;
};

/** Where a question stands on the page, so that what names it leads to it. */
export const questionId = (fact: string): string => `question-${fact}`;

/** An answer in words, as it is read. */
export const answerWords = (question: QuestionWire, answer: AnswerWire): string => {
  if (answer === notKnown) return t('classification.not-known');
  if (typeof answer === 'boolean') return t(answer ? 'classification.yes' : 'classification.no');
  if (typeof answer === 'object') return answer.map((value) => valueWords(question, value)).join('; ');
  if (typeof answer === 'string')
    return question.values.some(({ id }) => id === answer) ? valueWords(question, answer) : formatDay(answer);
  return String(answer);
};

const YesNo = ({ question, answer, onAnswer }: QuestionProps) => (
  <Segmented
    label={question.ask}
    value={answer === true ? 'yes' : answer === false ? 'no' : answer === notKnown ? notKnown : ''}
    options={[
      { value: 'yes', label: t('classification.yes') },
      { value: 'no', label: t('classification.no') },
      { value: notKnown, label: t('classification.not-known') },
    ]}
    onChange={(value) => onAnswer(value === notKnown ? notKnown : value === 'yes')}
  />
);

/** A long choice that was made before shows what was chosen; the rest is one press away. */
const fewValues = 8;

const Several = ({ question, answer, onAnswer }: QuestionProps) => {
  const [whole, setWhole] = useState(answer === undefined || question.values.length <= fewValues);
  const chosen = typeof answer === 'object' ? answer : [];
  const shown = whole ? question.values : question.values.filter(({ id }) => chosen.includes(id));
  return (
    <fieldset className={css.several} aria-label={question.ask}>
      {shown.map(({ id }) => (
        <Checkbox
          key={id}
          label={valueWords(question, id)}
          checked={chosen.includes(id)}
          onChange={(on) => onAnswer(toggled(answer, id, on))}
        />
      ))}
      {whole ? null : (
        <Button look="ghost" className={css.flush} onClick={() => setWhole(true)}>
          {t('classification.all-values', { n: question.values.length })}
        </Button>
      )}
    </fieldset>
  );
};

/** A day, or one of the words that stand for none. */
const OnDay = ({ question, answer, onAnswer }: QuestionProps) => {
  const special = question.values.find(({ id }) => id === answer);
  return (
    <div className={css.day}>
      {special === undefined ? (
        <DayField
          bare
          label={question.ask}
          value={typeof answer === 'string' ? answer : null}
          onChange={onAnswer}
        />
      ) : null}
      {question.values.map(({ id }) => (
        <Checkbox
          key={id}
          label={valueWords(question, id)}
          checked={answer === id}
          onChange={(on) => onAnswer(on ? id : null)}
        />
      ))}
    </div>
  );
};

/** The third answer, beside a control that has no room for it among its own. */
const NotKnown = ({ answer, onAnswer }: QuestionProps) => (
  <Checkbox
    label={t('classification.not-known')}
    checked={answer === notKnown}
    onChange={(on) => onAnswer(on ? notKnown : null)}
  />
);

const Control = (props: QuestionProps) => {
  const { question, answer } = props;
  const inside = question.type === 'bool';
  return (
    <>
      <Given {...props} answer={answer === notKnown && !inside ? undefined : answer} />
      {inside ? null : <NotKnown {...props} />}
    </>
  );
};

const Given = (props: QuestionProps) => {
  const { question, answer, onAnswer } = props;
  switch (question.type) {
    case 'bool':
      return <YesNo {...props} />;
    case 'multi':
      return <Several {...props} />;
    case 'date':
      return <OnDay {...props} />;
    case 'number':
      return (
        <NumberField
          bare
          label={question.ask}
          min={0}
          value={typeof answer === 'number' ? answer : null}
          onChange={onAnswer}
        />
      );
    case 'enum':
      return (
        <ChoiceField
          bare
          clears
          label={question.ask}
          options={question.values.map(({ id }) => ({ value: id, label: valueWords(question, id) }))}
          value={typeof answer === 'string' ? answer : null}
          onChange={onAnswer}
        />
      );
  }
};

const Suggestion = ({ question, known, onAnswer }: QuestionProps & { known: Known }) => {
  const kinds = useKinds();
  return (
    <p className={css.known}>
      {t('classification.known', { answer: answerWords(question, known.answer) })}{' '}
      <RefLink refText={known.from.ref} href={kinds.href(known.from)} />
      <Button onClick={() => onAnswer(known.answer)}>{t('classification.take-over')}</Button>
    </p>
  );
};

const Elsewhere = ({ question, answer, elsewhere }: QuestionProps & { elsewhere: Known }) => {
  const kinds = useKinds();
  // Once the answer here was made the same, nothing is left to say.
  if (answer === undefined || answer === notKnown || String(answer) === String(elsewhere.answer)) return null;
  return (
    <p className={css.elsewhere}>
      <RefLink refText={elsewhere.from.ref} href={kinds.href(elsewhere.from)} />{' '}
      {t('classification.elsewhere', { answer: answerWords(question, elsewhere.answer) })}
    </p>
  );
};

/** One question of the interview with its article, its control, and what is known elsewhere. */
export const Question = (props: QuestionProps) => {
  const { question, answer, note, known, elsewhere, editable, onAnswer, onNote } = props;
  const [noting, setNoting] = useState(false);
  const said = answer !== undefined;
  const open = !said || answer === notKnown;
  return (
    <li id={questionId(question.fact)} className={css.question} data-open={open}>
      <div className={css.ask}>
        <h3>{question.ask}</h3>
        {question.article === null ? null : (
          <span className={css.article}>{t('classification.article', { article: question.article })}</span>
        )}
      </div>
      {question.help === null ? null : <p className={css.help}>{helpWords(question)}</p>}
      {question.example === null ? null : (
        <p className={css.help}>{t('classification.example', { text: question.example })}</p>
      )}
      {editable ? (
        <Control {...props} />
      ) : (
        <p>{answer === undefined ? t('classification.unanswered') : answerWords(question, answer)}</p>
      )}
      {props.below}
      {editable && open && known !== undefined ? <Suggestion {...props} known={known} /> : null}
      {elsewhere === undefined ? null : <Elsewhere {...props} elsewhere={elsewhere} />}
      {note === undefined && !noting ? null : editable ? (
        <TextField
          label={t(answer === notKnown ? 'classification.who-finds-out' : 'classification.note')}
          optional
          maxLength={300}
          value={note ?? ''}
          onChange={onNote}
        />
      ) : (
        <p className={css.help}>{note}</p>
      )}
      {editable && said ? (
        <div className={css.tools}>
          {note === undefined && !noting ? (
            <Button look="ghost" onClick={() => setNoting(true)}>
              {t('classification.add-note')}
            </Button>
          ) : null}
          <Button look="ghost" onClick={() => onAnswer(null)}>
            {t('classification.clear')}
          </Button>
        </div>
      ) : null}
    </li>
  );
};
