import type { TraceRecord } from './inputs.ts';
import { unverifiable } from './judge.ts';
import { listed, say } from './say.ts';
import type { Judgement } from './types.ts';

/**
 * A rule that holds on a word which an import brought in does not hold: that a case is closed, an audit reported or a
 * role accepted was said elsewhere, by nobody whom this organisation could ask (10.2, 9.2.2, 5.3). It says so instead.
 */
export function onImported(
  judgement: Judgement,
  find: (id: string) => TraceRecord | undefined | null,
): Judgement {
  if (judgement.verdict !== 'holds') return judgement;
  const imported = judgement.records.flatMap((id) => {
    const record = find(id);
    return record?.imported ? [record] : [];
  });
  return imported.length === 0 ? judgement : unverifiable(say('imported', listed(imported)), imported);
}
