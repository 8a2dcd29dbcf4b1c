import { useQuery } from '@tanstack/react-query';
import type { RecordWire } from '@throughline/domain/wire.ts';
import type { SoaRowWire, SoaWire } from '@throughline/domain/wire-soa.ts';
import { get } from '../../api/client.ts';
import { Problem } from '../../api/problem.ts';
import { recordQuery } from '../../api/records.ts';

export type Plan = {
  readonly plan: RecordWire | undefined;
  /** The 38 controls of Annex A with what the Statement of Applicability says of them. */
  readonly rows: readonly SoaRowWire[] | undefined;
  readonly error: Error | null;
  readonly missing: boolean;
  readonly again: () => void;
};

/** A treatment plan beside the Statement of Applicability as it stands. */
export const usePlan = (ref: string): Plan => {
  const plan = useQuery(recordQuery('treatments', ref, undefined));
  const soa = useQuery({
    queryKey: ['soa', 'comparison'],
    queryFn: ({ signal }) => get<SoaWire>('/api/v1/soa', { signal }),
  });
  return {
    plan: plan.data,
    rows: soa.data?.rows.filter(({ topic }) => topic !== null),
    error: plan.error ?? soa.error,
    missing: plan.error instanceof Problem && plan.error.code === 'not-found',
    again: () => {
      void plan.refetch();
      void soa.refetch();
    },
  };
};
