import { stationIds } from '@throughline/catalogue/vocabulary.ts';
import { formatNumber, type PlainTextKey, t } from '../text/t.ts';
import { verdictOf } from '../ui/marks/verdict.ts';
import { stationName } from './stations.ts';

type Told = { number: number; name: string };

const at = (stations: readonly Told[]): string =>
  stations.map(({ number, name }) => `${number} ${name.toLowerCase()}`).join(', ');

const clauses = {
  gap: 'line.say.gap',
  accepted: 'line.say.accepted',
  unverifiable: 'line.say.unverifiable',
  'not-started': 'line.say.not-started',
  'not-applicable': 'line.say.not-applicable',
} as const satisfies Readonly<Record<string, string>>;

/** A line as one sentence, for those who hear it: "10 of 14 hold; gaps at 6 impact assessment; 11 information not started" (UX g). */
export const lineSentence = (strip: string): string => {
  const stations = [...strip].map((letter, index) => ({
    verdict: verdictOf(letter),
    number: index + 1,
    name: stationName(stationIds[index] ?? ''),
  }));
  const of = (verdict: string) => stations.filter((station) => station.verdict === verdict);
  const applies = stations.length - of('not-applicable').length;
  const parts = [
    t('line.say.holds', { n: formatNumber(of('holds').length), of: formatNumber(applies) }),
    ...Object.entries(clauses).flatMap(([verdict, key]) => {
      const found = of(verdict);
      return found.length === 0 ? [] : [t(key, { stations: at(found) })];
    }),
  ];
  return parts.join('; ');
};

/** The verdict of an approval in one word. */
export const approvalWord = (status: string): string => {
  const keys: Readonly<Record<string, PlainTextKey>> = {
    none: 'approval.none',
    submitted: 'approval.submitted',
    approved: 'approval.approved',
    stale: 'approval.stale',
    rejected: 'approval.rejected',
    withdrawn: 'approval.withdrawn',
    void: 'approval.void',
  };
  const key = keys[status];
  return key === undefined ? status : t(key);
};
