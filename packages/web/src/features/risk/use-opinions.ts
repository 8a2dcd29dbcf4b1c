import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RiskOpinionsWire } from '@throughline/domain/wire-risk.ts';
import { del, get, newIdempotencyKey, post, put } from '../../api/client.ts';
import { etagOf } from '../../api/records.ts';
import { announce } from '../../ui/live-region.tsx';
import type { Choice, Point } from './rating-state.ts';
import { w } from './words.ts';

const pathOf = (ref: string): string => `/api/v1/risks/${encodeURIComponent(ref)}/opinions`;

export const useOpinions = (ref: string) =>
  useQuery({
    queryKey: ['opinions', ref],
    queryFn: ({ signal }) => get<RiskOpinionsWire>(pathOf(ref), { signal }),
  });

export type OpinionAct =
  | {
      readonly do: 'give' | 'settle';
      readonly point: Point;
      readonly choice: Choice;
      readonly reason: string;
    }
  | { readonly do: 'take-back'; readonly id: string };

/** Rates apart, takes that back, or settles; what the server answers is what the page shows from then on. */
export const useOpinionAct = (ref: string, version: number) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: OpinionAct) => {
      if (act.do === 'take-back') return del<RiskOpinionsWire>(`${pathOf(ref)}/${act.id}`);
      const body = { point: act.point, ...act.choice, reason: act.reason.trim() };
      return act.do === 'give'
        ? post<RiskOpinionsWire>(pathOf(ref), body, { idempotencyKey: newIdempotencyKey() })
        : put<RiskOpinionsWire>(pathOf(ref), body, { ifMatch: etagOf(version) });
    },
    onSuccess: async (now, act) => {
      client.setQueryData(['opinions', ref], now);
      announce(w(`opinion.done.${act.do}`));
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'opinions' });
    },
    onError: () => client.invalidateQueries({ queryKey: ['opinions', ref] }),
  });
};
