import type { ActionWire } from '@throughline/domain/wire.ts';
import type { GateCriterionWire } from '@throughline/domain/wire-gates.ts';
import { type ReactNode, useState } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { CellInput } from '../../kinds/cell-input.tsx';
import { refusal } from '../../kinds/roles.ts';
import { Sentence, sentenceText } from '../../standing/sentence.tsx';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { DayField } from '../../ui/fields/day-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { RefLink } from '../../ui/link.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { answersFor, begunWith, type Draft, isByPerson } from './gate-state.ts';
import css from './gates.module.css';
import { w } from './words.ts';

/** Where a criterion comes from: a rule of the line, the catalogue's own list, or a document of the organisation. */
const From = ({ criterion: { key, from } }: { criterion: GateCriterionWire }) => {
  const kinds = useKinds();
  const { type, refs, document } = from;
  if (type === 'organisation')
    return document === null ? (
      key
    ) : (
      <>
        <RefLink refText={document.ref} href={kinds.href(document)} title={document.title} /> {document.title}
      </>
    );
  return (
    <>
      {type === 'line' ? w('gates.from.line', { rule: key }) : w('gates.from.catalogue')}
      {refs.map(({ id, title }) => (
        <span key={id} title={title}>
          , {id}
        </span>
      ))}
    </>
  );
};

/** What a criterion asks, what the records say of it, and the one action that mends a miss. */
export const Criterion = ({
  criterion,
  onAction,
  children,
}: {
  criterion: GateCriterionWire;
  onAction: (action: ActionWire) => void;
  children?: ReactNode;
}) => {
  const { finding, action } = criterion;
  return (
    <li className={css.criterion} data-finding={finding}>
      <div className={css.line}>
        <span className={css.finding}>{w(`gates.finding.${finding}`)}</span>
        <div className={css.words}>
          <p className={css.text}>{criterion.text}</p>
          <p className={css.meta}>
            {t(`line.source.${criterion.source}`)} <From criterion={criterion} />
          </p>
          {finding === 'met' ? null : (
            <ul className={css.says}>
              {criterion.says.map((parts) => (
                <li key={sentenceText(parts)}>
                  <Sentence parts={parts} />
                </li>
              ))}
            </ul>
          )}
          {criterion.row?.seen ? (
            <p className={css.meta}>{w('gates.seen', { seen: criterion.row.seen })}</p>
          ) : null}
          {children}
        </div>
        {action === null || finding === 'met' ? null : (
          <Button reason={refusal(action.ability)} onClick={() => onAction(action)}>
            {action.label}
          </Button>
        )}
      </div>
    </li>
  );
};

/** What was answered, where nothing can be answered any more. */
export const Answered = ({ criterion: { row } }: { criterion: GateCriterionWire }) =>
  row?.answer ? (
    <p className={css.answered}>
      {w('gates.answered', { answer: w(`gates.answer.${row.answer}`) })}{' '}
      {row.checked === null ? null : w('gates.answered-checked', { checked: row.checked })}{' '}
      {row.answerToMiss === null ? null : w('gates.answered-miss', { miss: row.answerToMiss })}
    </p>
  ) : null;

/** The answer to one criterion, kept by its own button: two people answer different ones side by side. */
export const AnswerForm = ({
  criterion,
  reason,
  busy,
  onKeep,
}: {
  criterion: GateCriterionWire;
  reason: string | undefined;
  busy: boolean;
  onKeep: (draft: Draft) => void;
}) => {
  const [draft, setDraft] = useState<Draft>(() => begunWith(criterion));
  const { answer, checked, answerToMiss, missOwner, missBy } = draft;
  return (
    <div className={css.form}>
      <Segmented
        label={w('gates.answer')}
        value={answer ?? ''}
        onChange={(value) => {
          const next = answersFor(criterion).find((one) => one === value);
          if (next) setDraft({ ...draft, answer: next });
        }}
        options={answersFor(criterion).map((value) => ({ value, label: w(`gates.answer.${value}`) }))}
      />
      {isByPerson(criterion) || (checked ?? '') !== '' ? (
        <TextField
          label={w('gates.checked')}
          value={checked ?? ''}
          maxLength={400}
          onChange={(value) => setDraft({ ...draft, checked: value })}
        />
      ) : null}
      {answer === 'not-met' ? (
        <TextField
          label={w('gates.miss')}
          value={answerToMiss ?? ''}
          maxLength={400}
          onChange={(value) => setDraft({ ...draft, answerToMiss: value })}
        />
      ) : null}
      {answer === 'not-met' ? (
        <>
          <CellInput
            field={{ type: 'member', label: w('gates.miss-owner') }}
            label={w('gates.miss-owner')}
            value={missOwner}
            onChange={(value) => setDraft({ ...draft, missOwner: typeof value === 'string' ? value : null })}
          />
          <DayField
            label={w('gates.miss-by')}
            value={missBy}
            onChange={(value) => setDraft({ ...draft, missBy: value })}
          />
        </>
      ) : null}
      <Button reason={reason} busy={busy} onClick={() => onKeep(draft)}>
        {w('gates.keep')}
      </Button>
    </div>
  );
};
