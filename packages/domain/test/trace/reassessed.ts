/** An assessment that was approved a second time: the good world in which its first effect is judged otherwise since. */
import type { Json } from '../../src/json.ts';
import { act } from './kit.ts';
import { changed, goodWorld } from './world.ts';
import { effects } from './world-records.ts';

type Made = ReturnType<typeof goodWorld>;

export const reassessedAt = '2026-07-01T09:00:00Z';
const [first = {}, ...others] = effects;

/** `ia-1` with a second approved version; `null` takes its first effect away. */
export function reassessed(effect: Record<string, Json> | null, world: Made = goodWorld()): Made {
  const now = effect === null ? others : [{ ...first, ...effect }, ...others];
  return changed(
    'ia-1',
    {
      version: 2,
      approvals: [act('approve'), act('approve', { version: 2, at: reassessedAt })],
      fields: { effects: now },
      earlier: [{ version: 1, fields: { effects } }],
    },
    world,
  );
}
