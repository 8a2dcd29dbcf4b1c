import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Json } from '@throughline/domain/json.ts';
import type { RecordWire } from '@throughline/domain/wire.ts';
import type { SuggestionsWire, SuggestionWire } from '@throughline/domain/wire-risk.ts';
import { get, newIdempotencyKey, patch, post } from '../../api/client.ts';
import { etagOf } from '../../api/records.ts';
import { announce } from '../../ui/live-region.tsx';
import { w } from './words.ts';

const pathOf = (ref: string): string => `/api/v1/risk-assessments/${encodeURIComponent(ref)}`;

export const useSuggestions = (ref: string) =>
  useQuery({
    queryKey: ['suggestions', ref],
    queryFn: ({ signal }) => get<SuggestionsWire>(`${pathOf(ref)}/suggestions`, { signal }),
  });

/** What becomes of suggestions: put on the run's list, left with a reason, or made a risk. */
export type Answer =
  | { readonly do: 'list'; readonly of: readonly SuggestionWire[] }
  | { readonly do: 'no-risk'; readonly of: readonly SuggestionWire[]; readonly reason: string }
  | { readonly do: 'risk'; readonly of: readonly SuggestionWire[] };

type Row = Readonly<Record<string, Json>>;
const isRow = (value: Json): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The rows of a run with an answer for these suggestions: the row that names one is answered, else a new one is. */
function answered(now: readonly Json[], { of, ...how }: Answer): Json[] {
  const cells = (one: SuggestionWire): Row => {
    const row = { finding: one.title.slice(0, 300), from: one.id };
    if (how.do === 'no-risk') return { ...row, answer: 'no-risk', reason: how.reason };
    return how.do === 'risk' ? { ...row, answer: 'risk' } : row;
  };
  const named = new Set(of.map(({ id }) => id));
  const kept = now.filter((row) => !(isRow(row) && typeof row.from === 'string' && named.has(row.from)));
  return [...kept, ...of.map(cells)];
}

/** A risk that is made of a suggestion, with what the suggestion knows. */
async function risksOf(run: RecordWire, of: readonly SuggestionWire[]): Promise<string[]> {
  const made: string[] = [];
  for (const { id, from, title, words, sources, objectives } of of) {
    const [assessment = '', number = ''] = id.split('/');
    const threat = from !== 'annex-c' && from !== 'impact' ? { threats: [id] } : {};
    const fields = {
      name: title.slice(0, 200),
      ...(from === 'impact' ? { carriedEffects: [number] } : { event: words }),
      ...(sources.length > 0 ? { sources } : {}),
      ...(objectives.length > 0 ? { objectives } : {}),
      ...threat,
    };
    const links = {
      ...(run.home ? { system: { set: [run.home.id] } } : {}),
      ...(from === 'impact' ? { carries: { set: [assessment] } } : {}),
    };
    const key = newIdempotencyKey();
    const answer = await post<{ record: RecordWire }>(
      '/api/v1/risks',
      { fields, links },
      { idempotencyKey: key },
    );
    made.push(answer.record.id);
  }
  return made;
}

/** Answers suggestions as an edit of the run as it stands now; somebody else's edit meanwhile is refused by the server. */
export const useAnswer = (ref: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (answer: Answer) => {
      const run = await get<RecordWire>(pathOf(ref));
      const now = Array.isArray(run.fields.considered) ? run.fields.considered : [];
      const risks = answer.do === 'risk' ? await risksOf(run, answer.of) : [];
      const body = {
        fields: { considered: answered(now, answer) },
        ...(risks.length > 0 ? { links: { risks: { add: risks } } } : {}),
      };
      await patch(pathOf(ref), body, { ifMatch: etagOf(run.version) });
    },
    onSuccess: async (_nothing, answer) => {
      announce(w(`findings.done.${answer.do}`));
      await client.invalidateQueries();
    },
    onError: () => client.invalidateQueries({ queryKey: ['suggestions', ref] }),
  });
};
