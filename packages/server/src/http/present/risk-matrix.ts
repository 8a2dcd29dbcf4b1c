import { levels } from '@throughline/domain/kinds/vocabulary/scales.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { Bearer } from '@throughline/domain/risk/criteria.ts';
import type { Point } from '@throughline/domain/risk/rate.ts';
import type { LevelCountsWire, RiskMatrixWire } from '@throughline/domain/wire-risk.ts';
import type { MatrixView } from '../../features/risk/register-matrix.ts';
import { criteriaWire } from './risk.ts';

/** `GET /risks/matrix`. */
export function riskMatrixWire(
  registry: Registry,
  { point, bearer }: { readonly point: Point; readonly bearer: Bearer },
  view: MatrixView,
): RiskMatrixWire {
  const { cells = [], unplaced = 0, others = [], unrated = 0, total = 0 } = view.matrix ?? {};
  return {
    point,
    bearer,
    criteria: view.criteria && criteriaWire(registry, view.criteria),
    inForce: view.inForce,
    ...{ cells, unplaced, others, unrated, total },
    levels: {
      inherent: countsWire(view.levels.get('inherent')),
      current: countsWire(view.levels.get('current')),
      residual: countsWire(view.levels.get('residual')),
      target: countsWire(view.levels.get('target')),
    },
  };
}

function countsWire(counts: ReadonlyMap<string | null, number> | undefined): LevelCountsWire {
  const of = (level: string | null): number => counts?.get(level) ?? 0;
  return { ...Object.fromEntries(levels.map(({ id }) => [id, of(id)])), none: of(null) };
}
