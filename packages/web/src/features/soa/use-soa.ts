import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SoaWire } from '@throughline/domain/wire-soa.ts';
import { get, post } from '../../api/client.ts';
import { announce } from '../../ui/live-region.tsx';
import { w } from './words.ts';

/** Kinds whose changes turn the statement: an event that names one of them makes it old. */
const kinds = [
  'control',
  'applicability',
  'treatment',
  'impact-assessment',
  'obligation',
  'classification',
].concat(['gate', 'implementation', 'control-test', 'risk']);

export const useSoa = () =>
  useQuery({
    queryKey: ['soa', kinds],
    queryFn: ({ signal }) => get<SoaWire>('/api/v1/soa', { signal }),
  });

/** Adopts what has no record yet. */
export const useAdopt = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => post<{ adopted: number }>('/api/v1/soa/controls', {}),
    onSuccess: async ({ adopted }) => {
      announce(w('soa.adopted', { n: adopted }));
      await client.invalidateQueries();
    },
  });
};
