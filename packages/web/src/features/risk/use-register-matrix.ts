import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RiskMatrixWire, RiskTrendWire } from '@throughline/domain/wire-risk.ts';
import { get } from '../../api/client.ts';
import type { Bearer, Point } from './rating-state.ts';

export type Asked = { readonly point: Point; readonly bearer: Bearer; readonly criteria: string | undefined };

export const useRegisterMatrix = ({ point, bearer, criteria }: Asked) =>
  useQuery({
    queryKey: ['risks', 'matrix', point, bearer, criteria ?? ''],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ point, bearer, ...(criteria === undefined ? {} : { criteria }) });
      return get<RiskMatrixWire>(`/api/v1/risks/matrix?${query}`, { signal });
    },
    placeholderData: keepPreviousData,
  });

export const useLevelTrend = (point: Point, bearer: Bearer, days: number) =>
  useQuery({
    queryKey: ['risks', 'trend', point, bearer, days],
    queryFn: ({ signal }) =>
      get<RiskTrendWire>(
        `/api/v1/risks/trend?${new URLSearchParams({ point, bearer, days: String(days) })}`,
        {
          signal,
        },
      ),
    placeholderData: keepPreviousData,
  });
