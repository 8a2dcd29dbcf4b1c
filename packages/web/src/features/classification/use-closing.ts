import { useQueryClient } from '@tanstack/react-query';
import { notKnown } from '@throughline/domain/classification/answer-text.ts';
import type { AnswerWire, ClassifiedWire } from '@throughline/domain/wire-classification.ts';
import { useRef, useState } from 'react';
import { post } from '../../api/client.ts';
import { answered, closedBy, type Sheet } from './interview-state.ts';

/** An answer that waits to be confirmed, for others would decide nothing after it. */
export type Closing = {
  readonly fact: string;
  readonly answer: AnswerWire | null;
  readonly closes: readonly string[];
};
type Undo = { readonly sheet: Sheet; readonly closed: number; readonly fact: string };

/**
 * Answers with a look ahead: where changing one that was given leaves later ones without effect, that is said first, and
 * nothing changes until it is confirmed. Nothing is dropped then either, and it can be undone.
 */
export const useClosing = ({
  sheet,
  result,
  setSheet,
}: {
  sheet: Sheet;
  result: ClassifiedWire;
  setSheet: (sheet: Sheet) => void;
}) => {
  const client = useQueryClient();
  const [closing, setClosing] = useState<Closing | null>(null);
  const [undoes, setUndoes] = useState<Undo | null>(null);
  const asked = useRef(0);

  const put = (next: Sheet): void => {
    setClosing(null);
    setUndoes(null);
    setSheet(next);
  };
  const answer = async (fact: string, said: AnswerWire | null): Promise<void> => {
    asked.current += 1;
    const turn = asked.current;
    const next = answered(sheet, fact, said);
    const before = sheet.answers[fact];
    const isTyped = typeof said === 'number' || typeof before === 'number';
    if (before === undefined || before === notKnown || isTyped) return put(next);
    const after = await client
      .fetchQuery({
        queryKey: ['evaluate', next.answers],
        queryFn: ({ signal }) =>
          post<ClassifiedWire>('/api/v1/classification/evaluate', { answers: next.answers }, { signal }),
        staleTime: 60_000,
      })
      .then(
        (ahead) =>
          closedBy(fact, { answers: sheet.answers, result }, { answers: next.answers, result: ahead }),
        // What cannot be looked at ahead is answered: the page says by itself what the server has against it.
        () => [],
      );
    if (turn !== asked.current) return;
    if (after.length === 0) put(next);
    else setClosing({ fact, answer: said, closes: after });
  };
  const confirm = (): void => {
    if (closing === null) return;
    setSheet(answered(sheet, closing.fact, closing.answer));
    setUndoes({ sheet, closed: closing.closes.length, fact: closing.fact });
    setClosing(null);
  };
  const undo = (): void => {
    if (undoes !== null) put(undoes.sheet);
  };
  return { answer, closing, confirm, leave: () => setClosing(null), undoes, undo };
};
