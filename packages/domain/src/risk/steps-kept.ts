/** Levels that were read from steps of the criteria, held against those steps (6.1.2, 8.2). Pure. */
import type { Content } from '../kinds/kind.ts';
import { cellText, type Row, rowsOf } from '../trace/read.ts';
import { type Bearer, bearers, bearerWords, criteriaOf, levelOf } from './criteria.ts';
import { levelField, type Point, points, ratedRowBy } from './rate.ts';

type Fields = Content['fields'];

const stepsOf = (fields: Fields, point: Point, bearer: Bearer): Row | undefined =>
  rowsOf({ fields, links: {} }, 'rated').find(
    (row) => cellText(row, 'point') === point && cellText(row, 'bearer') === bearer,
  );

const stepWords = (row: Row): string =>
  ['likelihood', 'consequence'].flatMap((column) => cellText(row, column) ?? []).join(' with ');

/**
 * Levels that were typed over what the criteria gave, by field. A level and its steps are written together by a rating:
 * where the steps stay and the level moves, nobody rated it.
 */
export function typedOver(before: Fields, next: Fields): Record<string, string> {
  if (before.criteriaVersion !== next.criteriaVersion) return {};
  const found: Record<string, string> = {};
  for (const point of points)
    for (const bearer of bearers) {
      const field = levelField(point, bearer);
      const [was, is] = [stepsOf(before, point, bearer), stepsOf(next, point, bearer)];
      if (was === undefined || is === undefined || stepWords(was) !== stepWords(is)) continue;
      if (before[field] !== next[field])
        found[field] = `This level was read from the criteria (${stepWords(is)}). Rate the risk anew.`;
    }
  return found;
}

/**
 * Why a rating by steps is no ground to decide on: a level at these points is not what the version of criteria that its
 * steps were read by gives for them, or stands beside no steps at all. Nothing where the risk was never rated by steps.
 * @param ratedBy what approved versions of criteria say, by the names that ratings have for them
 */
export function unlikeCriteria(
  fields: Fields,
  ratedBy: ReadonlyMap<string, Fields>,
  at: readonly Point[],
): string | undefined {
  if (rowsOf({ fields, links: {} }, 'rated').length === 0) return undefined;
  for (const point of at)
    for (const bearer of bearers) {
      const level = fields[levelField(point, bearer)];
      const row = stepsOf(fields, point, bearer);
      if (level === undefined && row === undefined) continue;
      const its = `Its ${point} level for ${bearerWords[bearer]}`;
      // Points of one risk may have been read by different versions.
      const said = row && ratedBy.get(ratedRowBy(fields, row) ?? '');
      if (row && !said)
        return 'The approved criteria that its steps were read by are not on record: rate it anew.';
      const given =
        row &&
        said &&
        levelOf(criteriaOf(said), bearer, {
          likelihood: cellText(row, 'likelihood') ?? '',
          consequence: cellText(row, 'consequence') ?? '',
        });
      if (!given) return `${its} was read from no steps of the criteria: rate it anew.`;
      if (given !== level)
        return `${its} is ${level ?? 'blank'}, and its criteria give ${given} for ${stepWords(row)}: rate it anew.`;
    }
  return undefined;
}
