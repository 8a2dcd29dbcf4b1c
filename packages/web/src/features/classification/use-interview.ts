import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ClassifiedWire, InterviewWire } from '@throughline/domain/wire-classification.ts';
import { useEffect, useState } from 'react';
import { get, post, put } from '../../api/client.ts';
import { Problem } from '../../api/problem.ts';
import { etagOf } from '../../api/records.ts';
import { t } from '../../text/t.ts';
import { announce } from '../../ui/live-region.tsx';
import { type DraftOf, holdDraft, readDraft, resumed } from './draft.ts';
import { changedFacts, rebased, type Sheet } from './interview-state.ts';

const pathOf = (ref: string): string => `/api/v1/classifications/${encodeURIComponent(ref)}/interview`;
const sheetOf = ({ answers, notes }: InterviewWire): Sheet => ({ answers, notes });

export const useInterview = (ref: string) =>
  useQuery({
    queryKey: ['interview', ref],
    queryFn: ({ signal }) => get<InterviewWire>(pathOf(ref), { signal }),
  });

/** What the rules make of the answers on the page, kept or not; the last result stays while a new one is on its way. */
const useResult = (interview: InterviewWire, { answers }: Sheet, changed: boolean): ClassifiedWire => {
  const { data } = useQuery({
    queryKey: ['evaluate', answers],
    queryFn: ({ signal }) => post<ClassifiedWire>('/api/v1/classification/evaluate', { answers }, { signal }),
    enabled: changed,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return changed ? (data ?? interview.result) : interview.result;
};

/** The sheet of answers that a person fills in, on top of what is kept. */
export const useSheet = (interview: InterviewWire, member: string) => {
  const client = useQueryClient();
  const [base, setBase] = useState(interview);
  const of: DraftOf = { member, record: interview.classification.id };
  const [draft] = useState(() => resumed(sheetOf(interview), readDraft(of)));
  const [sheet, setSheet] = useState(draft.sheet);
  /** How many answers came back from before the page was closed. */
  const [back, setBack] = useState(draft.answers);
  /** The day on which it was classified, where it is not today. */
  const [on, setOn] = useState<string | null>(null);
  /** How many answers somebody else changed while this page was open. */
  const [met, setMet] = useState(0);
  const changed = changedFacts(sheetOf(base), sheet);
  const result = useResult(base, sheet, changed.length > 0);
  const ref = base.classification.ref;
  const { record } = of;
  const isChanged = changed.length > 0;
  useEffect(() => {
    holdDraft({ member, record }, isChanged ? { mine: sheet, before: sheetOf(base) } : null);
  }, [member, record, isChanged, sheet, base]);

  const take = (kept: InterviewWire): void => {
    setBase(kept);
    client.setQueryData(['interview', ref], kept);
  };
  const meet = async (): Promise<void> => {
    const theirs = await get<InterviewWire>(pathOf(ref));
    setMet(changedFacts(sheetOf(base), sheetOf(theirs)).length);
    setSheet(rebased(sheet, sheetOf(base), sheetOf(theirs)));
    take(theirs);
  };
  const keep = useMutation({
    mutationFn: () =>
      put<InterviewWire>(
        pathOf(ref),
        { ...sheet, ...(on === null ? {} : { on }) },
        { ifMatch: etagOf(base.version) },
      ),
    onSuccess: async (kept) => {
      setMet(0);
      setBack(0);
      setOn(null);
      setSheet(sheetOf(kept));
      take(kept);
      announce(t('classification.kept'));
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'interview' });
    },
    onError: (error) => (error instanceof Problem && error.code === 'changed' ? meet() : undefined),
  });
  const lost = keep.error instanceof Problem && keep.error.code === 'changed';
  const drop = (): void => {
    setBack(0);
    setSheet(sheetOf(base));
  };
  return {
    base,
    sheet,
    setSheet,
    on,
    setOn,
    changed,
    result,
    keep,
    met,
    back,
    drop,
    problem: lost ? null : keep.error,
  };
};
