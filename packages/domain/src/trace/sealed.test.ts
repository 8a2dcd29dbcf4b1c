import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { expect, test } from 'vitest';
import { concernOf } from '../../test/trace/breaks.ts';
import { sealedFindings } from './sealed.ts';
import type { StationResult } from './types.ts';

const station = (id: StationResult['id'], given: Partial<StationResult>): StationResult => ({
  ...{ id, verdict: 'gap', statement: [], holdsUntil: null, soon: false, gaps: [], holding: [] },
  ...{ unverifiable: [], notApplicable: [], later: [], partly: [], records: [] },
  ...given,
});
const gap = (rule: string, records: readonly string[]) => ({
  ...{ rule, records, sentence: [], since: null, causedBy: null, action: null },
});
const { id } = concernOf({});

test('what is added are the gaps that name a sealed record, at their station, and nothing of any other', () => {
  const judged = {
    stations: [
      station('scope', { gaps: [gap('SC4', ['sys-1'])] }),
      station('assurance', { gaps: [gap('AS4', ['inc-1', id]), gap('AS6', ['fin-1'])] }),
      station('information', {
        unverifiable: [
          { rule: 'IN5', why: [{ record: id }, ' waits'] },
          { rule: 'IN6', why: ['Nothing is named.'] },
        ],
      }),
    ],
  };
  const found = sealedFindings(judged, new Set([id]));
  expect([...found.keys()]).toEqual(['assurance', 'information']);
  expect(found.get('assurance')).toEqual({ gaps: [gap('AS4', ['inc-1', id])], unverifiable: [] });
  expect(found.get('information')?.unverifiable.map(({ rule }) => rule)).toEqual(['IN5']);
  expect(sealedFindings(judged, new Set(['con-2'])).size).toBe(0);
  expect(sealedFindings({ stations: [] }, new Set([id])).size).toBe(0);
});

test('the catalogue speaks of concerns in the rules that read them, and in no other', () => {
  const speaking = loadCatalogue()
    .stations.stations.flatMap(({ rules }) => rules)
    .filter(({ text }) => /\bconcerns?\b/.test(text) || /cases are answered/.test(text))
    .map((rule) => rule.id);
  expect(speaking.sort()).toEqual(['AS4', 'IN5', 'SC2']);
});
