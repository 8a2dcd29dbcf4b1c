import type { StationId } from '@throughline/catalogue/vocabulary.ts';
import type { Sentence, StationResult, Trace } from './types.ts';

/** What the rules of one station say of sealed records, for the one reader who is their party. */
export type SealedFindings = Pick<StationResult, 'gaps' | 'unverifiable'>;

/**
 * What sealed records add to a line. Verdicts, counts and words of the line itself are the same for everybody, so that
 * nobody learns of them by what another one says of a system.
 * @param judged the same line, judged with the sealed records among its inputs
 */
export function sealedFindings(
  judged: Pick<Trace, 'stations'>,
  sealed: ReadonlySet<string>,
): ReadonlyMap<StationId, SealedFindings> {
  const speaks = (sentence: Sentence): boolean =>
    sentence.some((part) => typeof part !== 'string' && 'record' in part && sealed.has(part.record));
  const found = judged.stations.map(({ id, gaps, unverifiable }) => {
    const own: SealedFindings = {
      gaps: gaps.filter(({ records }) => records.some((record) => sealed.has(record))),
      unverifiable: unverifiable.filter(({ why }) => speaks(why)),
    };
    return [id, own] as const;
  });
  return new Map(found.filter(([, { gaps, unverifiable }]) => gaps.length + unverifiable.length > 0));
}
