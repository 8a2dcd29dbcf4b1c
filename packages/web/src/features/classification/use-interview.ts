import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ClassifiedWire, InterviewWire } from '@throughline/domain/wire-classification.ts';
import { useState } from 'react';
import { get, post, put } from '../../api/client.ts';
import { Problem } from '../../api/problem.ts';
import { etagOf } from '../../api/records.ts';
import { t } from '../../text/t.ts';
import { announce } from '../../ui/live-region.tsx';
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
export const useSheet = (interview: InterviewWire) => {
  const client = useQueryClient();
  const [base, setBase] = useState(interview);
  const [sheet, setSheet] = useState(sheetOf(interview));
  /** How many answers somebody else changed while this page was open. */
  const [met, setMet] = useState(0);
  const changed = changedFacts(sheetOf(base), sheet);
  const result = useResult(base, sheet, changed.length > 0);
  const ref = base.classification.ref;

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
    mutationFn: () => put<InterviewWire>(pathOf(ref), sheet, { ifMatch: etagOf(base.version) }),
    onSuccess: async (kept) => {
      setMet(0);
      setSheet(sheetOf(kept));
      take(kept);
      announce(t('classification.kept'));
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'interview' });
    },
    onError: (error) => (error instanceof Problem && error.code === 'changed' ? meet() : undefined),
  });
  const lost = keep.error instanceof Problem && keep.error.code === 'changed';
  return { base, sheet, setSheet, changed, result, keep, met, problem: lost ? null : keep.error };
};
