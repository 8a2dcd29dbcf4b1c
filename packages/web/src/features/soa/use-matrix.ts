import { useQuery } from '@tanstack/react-query';
import type { MatrixCellWire, MatrixWire } from '@throughline/domain/wire-soa.ts';
import { get } from '../../api/client.ts';
import { kinds } from './use-soa.ts';

/** Controls by systems: one answer, filtered here. Systems are columns of it, so that their changes turn it too. */
export const useMatrix = () =>
  useQuery({
    queryKey: ['soa-matrix', [...kinds, 'system']],
    queryFn: ({ signal }) => get<MatrixWire>('/api/v1/soa/matrix', { signal }),
  });

export type CellName = { readonly control: string; readonly system: string };

/** One cell with the implementations behind it. */
export const useCell = ({ control, system }: CellName) =>
  useQuery({
    queryKey: ['soa-matrix-cell', control, system, kinds],
    queryFn: ({ signal }) => get<MatrixCellWire>(`/api/v1/soa/matrix/${control}/${system}`, { signal }),
  });
