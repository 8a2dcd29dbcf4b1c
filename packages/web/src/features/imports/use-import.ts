import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ListWire } from '@throughline/domain/wire.ts';
import type { ImportPreviewWire, ImportWire } from '@throughline/domain/wire-import.ts';
import type { ImportProfileWire, ImportSummaryWire } from '@throughline/domain/wire-pages.ts';
import { get, patch, post } from '../../api/client.ts';
import { holdFile } from './held-file.ts';

const path = '/api/v1/imports';

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: ({ signal }) => get<ImportWire>(`${path}/${id}`, { signal }),
  });

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: async ({ signal }) => (await get<ListWire<ImportSummaryWire>>(path, { signal })).items,
});

export const profilesQuery = queryOptions({
  queryKey: ['import-profiles'],
  queryFn: async ({ signal }) =>
    (await get<ListWire<ImportProfileWire>>('/api/v1/import-profiles', { signal })).items,
});

/** The dry run: asked again whenever the places of the columns have changed. */
export const previewQuery = (id: string) =>
  queryOptions({
    queryKey: ['import-preview', id],
    queryFn: ({ signal }) => post<ImportPreviewWire>(`${path}/${id}/preview`, {}, { signal }),
    staleTime: 60_000,
  });

/** How a file is to be read; what is left out, the server finds by itself. */
export type Reading = {
  kind: string;
  profile?: string;
  encoding?: string;
  delimiter?: string;
  sheet?: string;
  headerRow?: number;
};

/** Uploads a file and answers with what was found in it. The browser keeps the file, so that it can be read in another way. */
export const useUpload = (onDone: (id: string) => void) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, reading }: { file: File; reading: Reading }) => {
      const form = new FormData();
      form.append('file', file);
      return post<ImportWire>(path, form, { query: reading });
    },
    onSuccess: (found, { file }) => {
      holdFile(found.id, file);
      client.setQueryData(importQuery(found.id).queryKey, found);
      void client.invalidateQueries({ queryKey: importsQuery.queryKey });
      onDone(found.id);
    },
  });
};

export type MappingPatch = {
  profile?: string | null;
  source?: string;
  columns?: readonly {
    index: number;
    target?: string | null;
    dateOrder?: 'month-first' | 'day-first' | null;
  }[];
  saveAs?: string;
};

/** Changes where columns go. The answer replaces what is on the page, and the preview is old. */
export const useMapping = (id: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: MappingPatch) => patch<ImportWire>(`${path}/${id}`, change),
    onSuccess: (found, change) => {
      client.setQueryData(importQuery(id).queryKey, found);
      client.removeQueries({ queryKey: previewQuery(id).queryKey });
      if (change.saveAs !== undefined) void client.invalidateQueries({ queryKey: profilesQuery.queryKey });
    },
  });
};
