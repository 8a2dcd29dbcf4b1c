import { rank } from '../authority.ts';
import { addMonths, lastDay, parseDay } from '../day.ts';
import type { Json } from '../json.ts';
import { unlikeCriteria } from '../risk/steps-kept.ts';
import { type Content, type Lack, lackIn } from './kind.ts';

type Fields = Content['fields'];
const bearers = { Organisation: 'the organisation', Individuals: 'individuals', Society: 'society' } as const;
type Bearer = keyof typeof bearers;
const everyBearer: readonly Bearer[] = ['Organisation', 'Individuals', 'Society'];

const isRated = (level: Json | undefined): level is string => typeof level === 'string' && level !== '';

/**
 * What a risk still lacks before anybody bears it, in words (6.1.3, 8.3): what remains is accepted for good on what is
 * rated for each of the three, while treatment runs on what there is today and until a day, and never on a level that its criteria do not give.
 * `today` is a calendar day, `ratedBy` what the versions of criteria say that rated it, by name.
 */
export function acceptanceLack(
  fields: Fields,
  today: string,
  ratedBy: ReadonlyMap<string, Fields>,
): Lack | undefined {
  // Levels are worked out of a rating, which is given on its own page.
  const rating =
    nothingRated(fields) ??
    halfRated(fields) ??
    worseAfter(fields) ??
    unlikeCriteria(fields, ratedBy, pointsBorne(fields));
  return lackIn([], rating) ?? lackIn(['acceptanceUntil'], withoutEnd(fields, today));
}

const pointsBorne = ({ acceptanceType }: Fields): ('current' | 'residual')[] =>
  acceptanceType === 'interim' ? ['current'] : ['current', 'residual'];

/** Nobody bears what nobody rated. */
function nothingRated({ acceptanceType, residualLevel, currentLevel }: Fields): string | undefined {
  if (acceptanceType === 'interim')
    return currentLevel === undefined
      ? 'Its current level is not rated, so there is nothing to accept while treatment runs.'
      : undefined;
  return residualLevel === undefined
    ? 'Its residual level is not rated, so there is nothing to accept.'
    : undefined;
}

/** Who is rated at one point is rated at each that the acceptance stands on. */
function halfRated(fields: Fields): string | undefined {
  const points = pointsBorne(fields);
  const touched = everyBearer.filter((bearer) =>
    ['inherent', 'current', 'residual'].some((point) => isRated(fields[point + bearer])),
  );
  for (const point of points) {
    const open = touched.filter((bearer) => !isRated(fields[point + bearer]));
    if (open.length > 0)
      return `Its ${point} level is not rated for ${open.map((bearer) => bearers[bearer]).join(' and ')}.`;
  }
  return undefined;
}

/** Treatment leaves nobody worse off than today: one of the two ratings is wrong, or the plan makes a risk of its own. */
function worseAfter(fields: Fields): string | undefined {
  const reversed = everyBearer.find((bearer) => {
    const [now, after] = [fields[`current${bearer}`], fields[`residual${bearer}`]];
    return isRated(now) && isRated(after) && rank(after) > rank(now);
  });
  return (
    reversed &&
    `Its residual level for ${bearers[reversed]} lies above the current one: rate one of the two anew.`
  );
}

function withoutEnd({ acceptanceType, acceptanceUntil }: Fields, today: string): string | undefined {
  const until = parseDay(acceptanceUntil);
  if (!('value' in until))
    return acceptanceType === 'interim'
      ? 'It is to be borne while treatment runs, and “Acceptance until” names no day.'
      : undefined;
  if (lastDay(until.value) < today)
    return `“Acceptance until” is ${until.value}, which is over: name a day to come.`;
  return acceptanceType === 'interim' && lastDay(until.value) > addMonths(today, 12)
    ? `It is to be borne while treatment runs, and “Acceptance until” is ${until.value}: a year is the most.`
    : undefined;
}
