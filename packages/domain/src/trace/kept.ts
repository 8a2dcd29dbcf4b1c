import { boundWords } from '../kinds/binding.ts';
import { approvedOf, type Context, found } from './context.ts';
import { unanswered } from './fallen-classes.ts';
import type { TraceRecord } from './inputs.ts';
import { linksOf } from './read.ts';

type Obstacle = (c: Context, record: TraceRecord) => string | undefined;

/** Kinds that the line still speaks of where archiving one would only put it out of sight, and why one is not archived. */
const kept: Readonly<Record<string, Obstacle>> = {
  classification: keptClass,
};

/** Whether archiving a record of the kind is asked of its line. */
export const isKept = (kind: string): boolean => Object.hasOwn(kept, kind);

/** Why a record is not taken out of the register, by what its line says of it; nothing where it may be. */
export const keptObstacle: Obstacle = (c, record) => kept[record.kind]?.(c, record);

/** A class that stands, and one that was taken back while nothing answers it (EU AI Act 5): see CL4 and IM10. */
function keptClass(c: Context, record: TraceRecord): string | undefined {
  if (approvedOf(c, record) !== null && record.state !== 'withdrawn') return boundWords;
  const uses = found(c, linksOf(record, 'useCase'));
  return uses.some((use) => unanswered(c, use).some((one) => one.record.id === record.id))
    ? 'It was signed off and taken back, and no class of the use was signed off since. It stays on record until one is.'
    : undefined;
}
