import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RiskRatingWire } from '@throughline/domain/wire-risk.ts';
import { useState } from 'react';
import { get, put } from '../../api/client.ts';
import { Problem } from '../../api/problem.ts';
import { etagOf } from '../../api/records.ts';
import { announce } from '../../ui/live-region.tsx';
import type { Choice, Point } from './rating-state.ts';
import { w } from './words.ts';

const pathOf = (ref: string): string => `/api/v1/risks/${encodeURIComponent(ref)}/rating`;

export const useRating = (ref: string) =>
  useQuery({
    queryKey: ['rating', ref],
    queryFn: ({ signal }) => get<RiskRatingWire>(pathOf(ref), { signal }),
  });

/** The same as it stands for one version of the risk: what its page says beside the record. */
export const useGround = (ref: string, version: number) =>
  useQuery({
    queryKey: ['risk-ground', ref, version],
    queryFn: ({ signal }) => get<RiskRatingWire>(pathOf(ref), { signal }),
  });

type Kept = {
  point: Point;
  choice: Choice;
  /** Why it is lower than somebody decided on. */
  because?: string;
};

/** Keeps a rating on the version that the page shows; where somebody was faster, theirs is read and it is said. */
export const useKeep = (rating: RiskRatingWire) => {
  const client = useQueryClient();
  const [met, setMet] = useState(false);
  const { ref } = rating.risk;
  const keep = useMutation({
    mutationFn: ({ choice, ...said }: Kept) =>
      put<RiskRatingWire>(pathOf(ref), { ...said, ...choice }, { ifMatch: etagOf(rating.version) }),
    onSuccess: async (kept) => {
      setMet(false);
      client.setQueryData(['rating', ref], kept);
      announce(w('risk.kept'));
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'rating' });
    },
    onError: async (error) => {
      if (!(error instanceof Problem && error.code === 'changed')) return;
      setMet(true);
      await client.invalidateQueries({ queryKey: ['rating', ref] });
    },
  });
  const lost = keep.error instanceof Problem && keep.error.code === 'changed';
  return { keep, met, problem: lost ? null : keep.error };
};
