import { clause, control, station } from '@throughline/catalogue/lookup.ts';
import type { QuestionResult, StationResult } from '@throughline/domain/trace/types.ts';
import type { Fall } from '@throughline/domain/trace/withdrawal.ts';
import type { FallWire, WithdrawalWire } from '@throughline/domain/wire-withdrawal.ts';
import type { Withdrawal } from '../../features/line/preview-withdrawal.ts';
import { type Names, sentenceWire } from './sentence.ts';

/** `GET /{collection}/{ref}/withdrawal`. Systems that the caller may not see are counted, never named. */
export function withdrawalWire(names: Names, found: Withdrawal): WithdrawalWire {
  const { catalogue } = names;
  return {
    version: found.version,
    systems: found.systems.flatMap(({ system, falls }) => {
      const ref = names.refs.get(system);
      return ref
        ? [
            {
              system: ref,
              falls: falls.map((fall) => fallWire(names, station(catalogue, fall.after.id).name, fall)),
            },
          ]
        : [];
    }),
    fallen: found.systems.length,
    looked: found.looked,
    of: found.of,
    organisation: found.organisation.map((fall) => fallWire(names, titleOf(names, fall.after), fall)),
  };
}

const titleOf = ({ catalogue }: Names, { id, type }: QuestionResult): string =>
  (type === 'clause' ? clause : control)(catalogue, id)?.title ?? id;

const fallWire = (
  names: Names,
  name: string,
  { before, after, gaps }: Fall<StationResult> | Fall<QuestionResult>,
): FallWire => ({
  id: after.id,
  name,
  before: before.verdict,
  after: after.verdict,
  gaps: gaps.map(({ sentence }) => sentenceWire(names, sentence)),
});
