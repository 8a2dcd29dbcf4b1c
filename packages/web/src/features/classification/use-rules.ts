import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { WaitsWire } from '@throughline/domain/wire-proposals.ts';
import type { ComparisonWire, RulesWire } from '@throughline/domain/wire-rules.ts';
import { get, post, postForFile, put, saveFile } from '../../api/client.ts';
import { isWaiting } from '../../api/proposals.ts';
import { rules as words } from '../../text/en/rules.ts';
import { wordsOf } from '../../text/t.ts';
import { announce } from '../../ui/live-region.tsx';

const t = wordsOf(words);

const path = '/api/v1/classification/rules';
const key = ['classification-rules'];

/** The text of a rule set with the name of its file; `null` stands for the rules of this release. */
export type Candidate = { readonly name: string; readonly text: string } | null;
const sent = (candidate: Candidate) => (candidate === null ? {} : { rules: candidate.text });

export const useRules = () =>
  useQuery({ queryKey: key, queryFn: ({ signal }) => get<RulesWire>(path, { signal }) });

/** Compares first, then proposes what was compared: the version that was seen goes along. */
export const useComparison = (candidate: Candidate) => {
  const client = useQueryClient();
  const compare = useMutation({
    mutationFn: () => post<ComparisonWire>(`${path}/compare`, sent(candidate)),
    onSuccess: ({ changed }) => announce(t('rules.compared', { n: changed.length })),
  });
  const adopt = useMutation({
    mutationFn: (o: { version: string; follow: boolean; reason?: string }) =>
      put<RulesWire | WaitsWire>(path, { ...(o.follow ? {} : sent(candidate)), ...o }),
    onSuccess: async (answer, { version }) => {
      if (!isWaiting(answer)) client.setQueryData(key, answer);
      compare.reset();
      announce(t(isWaiting(answer) ? 'rules.waits' : 'rules.adopted-now', { version }));
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== key[0] });
    },
  });
  const save = useMutation({
    mutationFn: async (format: 'csv' | 'xlsx') =>
      saveFile(
        await postForFile(`${path}/compare/export?format=${format}`, sent(candidate)),
        `rules-${compare.data?.candidate ?? ''}.${format}`,
      ),
  });
  return { compare, adopt, save };
};
