import { judgedRule } from '@throughline/catalogue/lookup.ts';
import { compareIds } from '@throughline/catalogue/order.ts';
import type { Actor } from '@throughline/domain/actor.ts';
import { namesBelow, type Structure } from '@throughline/domain/organisation-structure.ts';
import type { TrendWire } from '@throughline/domain/wire-readiness.ts';
import { ensureMay } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { organisationSettings } from '../../store/organisations.ts';
import {
  type CoverageRow,
  coverageByRef,
  coverageBySystem,
  type GapRow,
  gapCount,
  gapPage,
  trendRows,
} from '../../store/readiness.ts';
import { memberNames, type RefRow, refsById } from '../../store/records.ts';

type Asked = { readonly organisation: string; readonly actor: Actor };

/** Gaps by what their rules serve, or by who answers for the systems. Counts carry their denominators. */
export async function readCoverage(
  services: Services,
  asked: Asked & { readonly by: 'clause' | 'control' | 'unit' | 'owner' },
): Promise<{ rows: UnitCoverage[]; members: ReadonlyMap<string, string> }> {
  ensureMay(asked.actor, services.registry.get('system'), 'read');
  return services.store.read(asked, async (reader) => {
    if (asked.by === 'unit' || asked.by === 'owner') {
      const rows = await coverageBySystem(reader, asked.by);
      if (asked.by === 'unit') {
        const { structure } = await organisationSettings(reader);
        return { rows: withBelow(rows, structure), members: new Map() };
      }
      const owners = asked.by === 'owner' ? rows.map((row) => row.key).filter((key) => key !== '') : [];
      return { rows, members: await memberNames(reader, owners) };
    }
    const wanted = asked.by === 'clause' ? /^\d/ : /^A\.\d/;
    const rows = (await coverageByRef(reader)).filter((row) => wanted.test(row.key));
    return { rows: rows.sort((a, b) => compareIds(a.key, b.key)), members: new Map() };
  });
}

/** A unit's counts with those of every unit below it; the names of those stand beside them. */
export function withBelow(rows: readonly CoverageRow[], structure: Structure): UnitCoverage[] {
  const known = new Map(rows.map((row) => [row.key, row]));
  const registered = structure.units
    .map(({ name }) => name)
    .filter((name) => !known.has(name) && namesBelow(structure, name).some((one) => known.has(one)));
  const none = { systems: 0, gaps: 0, organisation_gaps: 0, systems_with_gaps: 0 };
  const all = [...rows, ...registered.map((key) => ({ key, ...none }))];
  return all.map((row) => {
    const below = namesBelow(structure, row.key);
    if (row.key === '' || below.length === 0) return row;
    const parts = [row, ...below.flatMap((name) => known.get(name) ?? [])];
    const sum = (of: keyof typeof none) => parts.reduce((total, part) => total + part[of], 0);
    return {
      key: row.key,
      below,
      systems: sum('systems'),
      gaps: sum('gaps'),
      organisation_gaps: sum('organisation_gaps'),
      systems_with_gaps: sum('systems_with_gaps'),
    };
  });
}

export type UnitCoverage = CoverageRow & { readonly below?: readonly string[] };

export type GapsAsked = Asked & {
  readonly station?: string | undefined;
  readonly rule?: string | undefined;
  readonly source?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/** A page of gaps over the register with the words of their rules. */
export async function readGaps(
  services: Services,
  asked: GapsAsked,
): Promise<{
  rows: (GapRow & { text: string })[];
  refs: ReadonlyMap<string, RefRow>;
  members: ReadonlyMap<string, string>;
  next: string | null;
  /** All gaps under the same filters; counted with the first page alone. */
  total: number | null;
}> {
  ensureMay(asked.actor, services.registry.get('system'), 'read');
  return services.store.read(asked, async (reader) => {
    const { station = null, rule = null, source = null, cursor: after = null, limit } = asked;
    const found = await gapPage(reader, { station, rule, source, after, limit: limit + 1 });
    const page = found.slice(0, limit);
    return {
      rows: page.map((row) => ({ ...row, text: judgedRule(services.catalogue, row.rule)?.text ?? row.rule })),
      refs: await refsById(
        reader,
        page.map((row) => row.system).filter((id) => id !== null),
      ),
      members: await memberNames(
        reader,
        page.map((row) => row.owner).filter((id) => id !== null),
      ),
      total: after === null ? await gapCount(reader, { station, rule, source }) : null,
      next: found.length > limit ? (page.at(-1)?.place ?? null) : null,
    };
  });
}

/** One row a day: systems, gaps and verdicts over all stations. */
export async function readTrend(
  services: Services,
  asked: Asked & { readonly days: number },
): Promise<TrendWire['days']> {
  ensureMay(asked.actor, services.registry.get('system'), 'read');
  const rows = await services.store.read(asked, (reader) => trendRows(reader, asked.days));
  return rows.map((row) => ({
    day: row.day,
    systems: row.systems,
    withGaps: row.with_gaps,
    gaps: row.gaps,
    holds: row.verdicts.holds ?? 0,
    accepted: row.verdicts.accepted ?? 0,
    unverifiable: row.verdicts.unverifiable ?? 0,
    notStarted: row.verdicts['not-started'] ?? 0,
  }));
}
