import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Json } from '@throughline/domain/json.ts';
import type { RecordWire, RefWire } from '@throughline/domain/wire.ts';
import type { SuggestionsWire, SuggestionWire } from '@throughline/domain/wire-risk.ts';
import { get, newIdempotencyKey, patch, post } from '../../api/client.ts';
import { etagOf } from '../../api/records.ts';
import { announce } from '../../ui/live-region.tsx';
import { type Answer, afterAnswer } from './findings-state.ts';
import { w } from './words.ts';

const pathOf = (ref: string): string => `/api/v1/risk-assessments/${encodeURIComponent(ref)}`;

export const useSuggestions = (ref: string) =>
  useQuery({
    queryKey: ['suggestions', ref],
    queryFn: ({ signal }) => get<SuggestionsWire>(`${pathOf(ref)}/suggestions`, { signal }),
  });

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
async function risksOf(run: RecordWire, of: readonly SuggestionWire[]): Promise<RefWire[]> {
  const made: RefWire[] = [];
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
    const { record } = answer;
    made.push({
      id: record.id,
      ref: record.ref,
      kind: record.kind,
      title: record.title,
      state: record.state,
    });
  }
  return made;
}

/** Answers suggestions as an edit of the run as it stands now; somebody else's edit meanwhile is refused by the server. */
export const useAnswer = (ref: string) => {
  const client = useQueryClient();
  return useMutation({
    // One after the other: two answers at once would meet as if two people had written.
    scope: { id: `findings ${ref}` },
    mutationFn: async (answer: Answer) => {
      const run = await get<RecordWire>(pathOf(ref));
      const now = Array.isArray(run.fields.considered) ? run.fields.considered : [];
      const risks = answer.do === 'risk' ? await risksOf(run, answer.of) : [];
      const body = {
        fields: { considered: answered(now, answer) },
        ...(risks.length > 0 ? { links: { risks: { add: risks.map(({ id }) => id) } } } : {}),
      };
      await patch(pathOf(ref), body, { ifMatch: etagOf(run.version) });
      return risks;
    },
    onSuccess: (risks, answer) => {
      announce([w(`findings.done.${answer.do}`), ...risks.map((risk) => risk.ref)].join(' '));
      // What was written stands there at once; what else it moves is asked for without holding the page.
      client.setQueryData<SuggestionsWire>(['suggestions', ref], (found) =>
        found === undefined ? found : afterAnswer(found, answer, risks),
      );
      void client.invalidateQueries();
    },
    onError: () => client.invalidateQueries({ queryKey: ['suggestions', ref] }),
  });
};
