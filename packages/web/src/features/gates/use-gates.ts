import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { GateCriterionWire, GateSheetWire, SystemGatesWire } from '@throughline/domain/wire-gates.ts';
import { useState } from 'react';
import { get, patch, put } from '../../api/client.ts';
import { Problem } from '../../api/problem.ts';
import { etagOf } from '../../api/records.ts';
import { announce } from '../../ui/live-region.tsx';
import type { Draft } from './gate-state.ts';
import { w } from './words.ts';

const pathOf = (ref: string): string => `/api/v1/gates/${encodeURIComponent(ref)}/criteria`;

export const useGateSheet = (ref: string) =>
  useQuery({
    queryKey: ['gate-sheet', ref],
    queryFn: ({ signal }) => get<GateSheetWire>(pathOf(ref), { signal }),
  });

export const useSystemGates = (ref: string) =>
  useQuery({
    queryKey: ['system-gates', ref],
    queryFn: ({ signal }) =>
      get<SystemGatesWire>(`/api/v1/systems/${encodeURIComponent(ref)}/gates`, { signal }),
  });

type Change = { readonly criterion: GateCriterionWire; readonly draft: Draft } | 'take';

/** Takes criteria, or keeps one answer, on the version that the page shows; where somebody was faster, it is said. */
export const useChange = (sheet: GateSheetWire) => {
  const client = useQueryClient();
  const [met, setMet] = useState(false);
  const { ref } = sheet.gate;
  const ifMatch = etagOf(sheet.version);
  const change = useMutation({
    mutationFn: (what: Change) => {
      if (what === 'take') return put<GateSheetWire>(pathOf(ref), undefined, { ifMatch });
      const { criterion, draft } = what;
      const answer = { key: criterion.key, criterion: criterion.text.slice(0, 400), ...draft };
      return patch<GateSheetWire>(pathOf(ref), { answers: [answer] }, { ifMatch });
    },
    onSuccess: async (kept, what) => {
      setMet(false);
      client.setQueryData(['gate-sheet', ref], kept);
      announce(w(what === 'take' ? 'gates.taken' : 'gates.kept'));
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'gate-sheet' });
    },
    onError: async (error) => {
      if (!(error instanceof Problem && error.code === 'changed')) return;
      setMet(true);
      await client.invalidateQueries({ queryKey: ['gate-sheet', ref] });
    },
  });
  const lost = change.error instanceof Problem && change.error.code === 'changed';
  return { change, met, problem: lost ? null : change.error };
};
