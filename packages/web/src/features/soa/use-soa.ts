import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  SoaComparisonWire,
  SoaEvidencesWire,
  SoaVersionsWire,
  SoaWire,
} from '@throughline/domain/wire-soa.ts';
import { get, post } from '../../api/client.ts';
import { announce } from '../../ui/live-region.tsx';
import { w } from './words.ts';

/** Kinds whose changes turn the statement: an event that names one of them makes it old. */
export const kinds = [
  'control',
  'applicability',
  'treatment',
  'impact-assessment',
  'obligation',
  'classification',
].concat(['gate', 'implementation', 'control-test', 'risk']);

export const useSoa = (asOf: string | undefined) =>
  useQuery({
    // What stood is settled: only the statement of now turns with what changes.
    queryKey: asOf === undefined ? ['soa', kinds] : ['soa-as-of', asOf],
    queryFn: ({ signal }) =>
      get<SoaWire>(`/api/v1/soa${asOf === undefined ? '' : `?asOf=${encodeURIComponent(asOf)}`}`, { signal }),
  });

/** What evidence says of each control: asked for by itself, since every piece is looked at. */
export const useSoaEvidence = (asOf: string | undefined) =>
  useQuery({
    queryKey: asOf === undefined ? ['soa-evidence', [...kinds, 'evidence']] : ['soa-evidence-as-of', asOf],
    queryFn: ({ signal }) =>
      get<SoaEvidencesWire>(
        `/api/v1/soa/evidence${asOf === undefined ? '' : `?asOf=${encodeURIComponent(asOf)}`}`,
        { signal },
      ),
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

export const useVersions = () =>
  useQuery({
    queryKey: ['soa-versions', 'document'],
    queryFn: ({ signal }) => get<SoaVersionsWire>('/api/v1/soa/versions', { signal }),
  });

/** Publishes the statement as it stands. */
export const usePublish = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => post<SoaVersionsWire>('/api/v1/soa/versions', {}),
    onSuccess: (kept) => {
      client.setQueryData(['soa-versions', 'document'], kept);
      announce(w('soa.publish-done', { n: kept.versions[0]?.version ?? 1 }));
    },
  });
};

export type Compared = { readonly from: number; readonly to: number | null };

/** What differs between two versions, or one and the statement now. */
export const useComparison = (asked: Compared) =>
  useQuery({
    queryKey: ['soa-compare', asked.from, asked.to, ...(asked.to === null ? kinds : [])],
    queryFn: ({ signal }) =>
      get<SoaComparisonWire>(
        `/api/v1/soa/compare?from=${asked.from}${asked.to === null ? '' : `&to=${asked.to}`}`,
        { signal },
      ),
  });
