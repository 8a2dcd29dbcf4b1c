import { approvedOf, type Context } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { earliest } from './judge.ts';

/** An approval is stale since the first of its inputs changed; `null` where that input is gone. */
export function staleSince(c: Context, record: TraceRecord): string | null {
  const inputs = approvedOf(c, record)?.stale ?? [];
  return earliest(
    inputs.map((id) => {
      const input = c.system.find(id);
      return input ? c.organisation.zone.dayOf(input.materialAt) : null;
    }),
  );
}
