import type { Registry } from '@throughline/domain/registry.ts';
import { differencesOf } from '@throughline/domain/risk/opinions.ts';
import type { Point } from '@throughline/domain/risk/rate.ts';
import type { OpinionWire, RiskOpinionsWire, RoundWire } from '@throughline/domain/wire-risk.ts';
import type { OpinionsView, Round } from '../../features/risk/opinions.ts';
import type { StoredOpinion } from '../../store/risk-opinions.ts';
import { namedMember } from './actor.ts';
import { refWire } from './ref.ts';
import { criteriaWire } from './risk.ts';

type Names = OpinionsView['names'];

/** What people rated a risk apart, as far as whoever asks may read it. */
export function riskOpinionsWire(registry: Registry, view: OpinionsView): RiskOpinionsWire {
  const { risk, criteria, names } = view;
  const rounds = new Map(view.rounds.map((round) => [round.point, round]));
  const round = (point: Point): RoundWire => {
    const found = rounds.get(point);
    if (!found) throw new Error(`Nothing was read of the point ${point}`);
    return roundWire(found, names);
  };
  return {
    risk: refWire(registry, { ...risk, archived: risk.archivedAt !== null }),
    version: risk.version,
    criteria: criteria && criteriaWire(registry, criteria),
    rounds: {
      inherent: round('inherent'),
      current: round('current'),
      residual: round('residual'),
      target: round('target'),
    },
    settled: view.settled.flatMap(({ version, by, at, reason, opinions }) => {
      const [first] = opinions;
      if (!first) return [];
      return [
        {
          point: first.point,
          version,
          by: namedMember(by, names),
          at: at.toISOString(),
          reason,
          opinions: opinions.map((one) => opinionWire(one, names)),
          differences: differencesOf(opinions),
        },
      ];
    }),
  };
}

const roundWire = ({ open, raters, readable, own, obstacle }: Round, names: Names): RoundWire => ({
  open,
  raters: raters.map((member) => namedMember(member, names)),
  opinions: readable.map((one) => opinionWire(one, names)),
  own,
  differences: open ? differencesOf(readable) : null,
  obstacle: obstacle ?? null,
});

const opinionWire = (
  { id, member, at, criteria, rating, levels, reason }: StoredOpinion,
  names: Names,
): OpinionWire => ({
  id,
  by: namedMember(member, names),
  at: at.toISOString(),
  criteria,
  likelihood: rating.likelihood,
  consequences: rating.consequences,
  levels,
  reason,
});
