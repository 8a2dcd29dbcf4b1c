import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ListWire } from '@throughline/domain/wire.ts';
import type { ImportPreviewWire, ImportWire } from '@throughline/domain/wire-import.ts';
import type { ImportProfileWire, ImportSummaryWire } from '@throughline/domain/wire-pages.ts';
import { useRef, useState } from 'react';
import { del, get, patch, post } from '../../api/client.ts';
import { forThisOrganisation } from '../../api/organisation.ts';
import { Problem } from '../../api/problem.ts';
import { type Sent, upload } from '../../api/upload.ts';
import { holdFile } from './held-file.ts';
import { sizeText } from './wizard-state.ts';
import { w } from './words.ts';

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
  kind?: string;
  profile?: string;
  encoding?: string;
  delimiter?: string;
  sheet?: string;
  headerRow?: number;
};

/** The server takes no larger file; sending one first would only cost time. */
const mostBytes = 100 * 1024 * 1024;

const tooLarge = (file: File): Problem =>
  new Problem({
    status: 413,
    code: 'too-large',
    title: w('import.too-large', { name: file.name, size: sizeText(file.size) }),
    errors: [],
  });

/**
 * Uploads a file and answers with what was found in it. The browser keeps the file, so that it can be read in another
 * way. While it goes, `under` says how far it is; `cancel` stops it, and then nothing is kept.
 */
export const useUpload = (onDone: (id: string) => void) => {
  const client = useQueryClient();
  const [sent, setSent] = useState<Sent | null>(null);
  const stop = useRef<AbortController>(undefined);
  const mutation = useMutation({
    mutationFn: ({ file, reading }: { file: File; reading: Reading }) => {
      if (file.size > mostBytes) throw tooLarge(file);
      stop.current = new AbortController();
      setSent({ sent: 0, total: file.size });
      return upload<ImportWire>(path, file, {
        query: reading,
        signal: stop.current.signal,
        onSent: setSent,
      });
    },
    onSuccess: (found, { file }) => {
      holdFile(found.id, file);
      client.setQueryData(importQuery(found.id).queryKey, found);
      void client.invalidateQueries({ queryKey: importsQuery.queryKey });
      onDone(found.id);
    },
  });
  const cancel = (): void => {
    stop.current?.abort();
    mutation.reset();
  };
  const under = mutation.isPending && sent !== null ? { name: mutation.variables.file.name, ...sent } : null;
  return { ...mutation, under, cancel };
};

/** Takes away a file that was read and is not to be applied. */
export const useDiscard = (id: string, onDone: () => void) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => del(`${path}/${id}`),
    onSuccess: async () => {
      onDone();
      await client.invalidateQueries({ queryKey: importsQuery.queryKey });
    },
  });
};

/** Where the rows that are not taken whole are downloaded. */
export const rejectedHref = (id: string): string => forThisOrganisation(`${path}/${id}/rejected`);

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
