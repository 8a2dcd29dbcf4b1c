import { addDays, dayIn } from '@throughline/domain/day.ts';
import { unprocessable } from '@throughline/domain/errors.ts';
import type { Bearer, Criteria } from '@throughline/domain/risk/criteria.ts';
import { canRate, criteriaOf } from '@throughline/domain/risk/criteria.ts';
import { type Point, points, versionName } from '@throughline/domain/risk/rate.ts';
import { type RatedFor, ratedField } from '@throughline/domain/risk/rated-filter.ts';
import {
  type LevelDay,
  levelTrend,
  matrixOf,
  type RegisterMatrix,
} from '@throughline/domain/risk/register-matrix.ts';
import { ensureMay, loadReadable } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { revisionAt } from '../../store/history.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { levelCounts, levelMoves, ratedCounts } from '../../store/risk-register.ts';
import { type CriteriaNamed, criteriaInForce, keptUpCriteria } from './rating.ts';

export type MatrixAsked = Asker & {
  readonly point: Point;
  readonly bearer: Bearer;
  /** `RCR-1 v3`; those in force where none is named. */
  readonly criteria: string | undefined;
  /** Ref or id of a system. */
  readonly system: string | undefined;
};

export type MatrixView = {
  readonly criteria: CriteriaNamed | null;
  /** Those in force today are named, so that a page says which it does not show. */
  readonly inForce: string | null;
  readonly matrix: RegisterMatrix | null;
  /** By point: open risks at each level for this bearer; `null` is no level. */
  readonly levels: ReadonlyMap<Point, ReadonlyMap<string | null, number>>;
};

/** Open risks on the matrix of one version of the criteria, and how many stand at each level. */
export async function readMatrix(services: Services, asked: MatrixAsked): Promise<MatrixView> {
  const kind = services.registry.get('risk');
  ensureMay(asked.actor, kind, 'read');
  const candidates = await keptUpCriteria(services, asked);
  return services.store.read(asked, async (reader) => {
    const now = await criteriaInForce(services, reader, candidates);
    const criteria = asked.criteria === undefined ? now : await namedCriteria(services, reader, asked);
    const system = await systemOf(services, reader, asked);
    const counts = criteria ? await ratedCounts(reader, asked.point, asked.bearer, system) : [];
    const fields = new Map(points.map((point) => [ratedField(point, asked.bearer), point]));
    const levels = new Map(points.map((point) => [point, new Map<string | null, number>()]));
    for (const { field, level, risks } of await levelCounts(reader, [...fields.keys()], system)) {
      const point = fields.get(field);
      if (point) levels.get(point)?.set(level, risks);
    }
    return {
      criteria,
      inForce: now && nameOf(now),
      matrix: criteria && matrixOf(criteria.criteria, asked.bearer, nameOf(criteria), counts),
      levels,
    };
  });
}

const nameOf = ({ ref, version }: CriteriaNamed): string => versionName(ref, version);

/** A version of criteria by the name that risks give it. Throws `unprocessable` where there is no whole one of that name. */
async function namedCriteria(
  services: Services,
  reader: Reader,
  { actor, criteria: name = '' }: MatrixAsked,
): Promise<CriteriaNamed> {
  const kind = services.registry.get('risk-criteria');
  const read = /^(\S+) v([1-9]\d{0,8})$/.exec(name);
  const unknown = unprocessable([
    { at: 'criteria', message: 'Criteria as risks name them, such as RCR-1 v3.' },
  ]);
  if (!read?.[1]) throw unknown;
  const record = await loadReadable(reader, actor, kind, read[1]);
  const version = Number(read[2]);
  const fields = (await revisionAt(reader, record.id, version))?.fields;
  const criteria: Criteria | null = fields ? criteriaOf(fields) : null;
  if (!fields || !criteria || !canRate(criteria)) throw unknown;
  return { ref: `${kind.prefix}-${record.number}`, number: record.number, version, fields, record, criteria };
}

async function systemOf(
  services: Services,
  reader: Reader,
  { actor, system }: Pick<MatrixAsked, 'actor' | 'system'>,
): Promise<string | null> {
  if (system === undefined) return null;
  const kind = services.registry.get('system');
  ensureMay(actor, kind, 'read');
  return (await loadReadable(reader, actor, kind, system)).id;
}

export type TrendAsked = Asker & {
  readonly point: Point;
  readonly bearer: RatedFor;
  readonly days: number;
  readonly system: string | undefined;
};

/** Open risks at each level at the end of each of the last days, today included: from their versions, whenever they were made. */
export async function readLevelTrend(services: Services, asked: TrendAsked): Promise<LevelDay[]> {
  const kind = services.registry.get('risk');
  ensureMay(asked.actor, kind, 'read');
  return services.store.read(asked, async (reader) => {
    const { timeZone } = await organisationSettings(reader);
    const today = dayIn(services.clock(), timeZone);
    const days = Array.from({ length: asked.days }, (_, at) => addDays(today, at + 1 - asked.days));
    const system = await systemOf(services, reader, asked);
    const moves = await levelMoves(reader, ratedField(asked.point, asked.bearer), timeZone, system);
    return levelTrend(moves, days);
  });
}
