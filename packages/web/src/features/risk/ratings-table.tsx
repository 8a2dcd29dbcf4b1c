import type { RecordWire } from '@throughline/domain/wire.ts';
import { useKinds } from '../../api/kinds.ts';
import { classNames } from '../../ui/class-names.ts';
import { Link } from '../../ui/link.tsx';
import ratings from '../../ui/matrix.module.css';
import { type Property, PropertyValue } from '../../ui/property-list.tsx';
import { type Levels, useLevels } from './levels.ts';
import { ratingParts, ratingPoints } from './rating-fields.ts';
import css from './ratings-table.module.css';
import { w } from './words.ts';

type Fields = RecordWire['fields'];
type Point = (typeof ratingPoints)[number];

/** Whether a level of today or after treatment lies above its target; before controls it is meant to. */
export function isAboveTarget(fields: Fields, point: Point, rank: Levels['rank']): boolean {
  if (point !== 'current' && point !== 'residual') return false;
  return ratingParts.slice(1).some((part) => {
    const [level, target] = [fields[`${point}${part}`], fields[`target${part}`]];
    return typeof level === 'string' && typeof target === 'string' && rank(level) > rank(target);
  });
}

/** The likelihood that a point was rated with, where the criteria have steps of their own that no field knows. */
export function ownLikelihood(fields: Fields, point: Point): string | null {
  if (typeof fields[`${point}Likelihood`] === 'string' || !Array.isArray(fields.rated)) return null;
  const steps = fields.rated.flatMap((row) =>
    typeof row === 'object' && row.point === point && typeof row.likelihood === 'string'
      ? [row.likelihood]
      : [],
  );
  return steps.length === 0 ? null : [...new Set(steps)].join(', ');
}

/** The version of the criteria that the levels were read from, leading to the criteria. */
const RatedBy = ({ record }: { record: RecordWire }) => {
  const kinds = useKinds();
  const { criteriaVersion } = record.fields;
  const [criteria] = record.links.criteria ?? [];
  if (typeof criteriaVersion !== 'string') return <p className={css.by}>{w('ratings.by-nothing')}</p>;
  const named = criteria !== undefined && criteriaVersion.startsWith(`${criteria.ref} `);
  return (
    <p className={css.by} data-property="criteriaVersion">
      {w('ratings.by')} {named ? <Link href={kinds.href(criteria)}>{criteriaVersion}</Link> : criteriaVersion}
    </p>
  );
};

type RatingsTableProps = {
  record: RecordWire;
  property: (name: string) => Property;
};

/** How a risk is rated before controls, today, after treatment and at its target: for each of those who bear it. */
export const RatingsTable = ({ record, property }: RatingsTableProps) => {
  const { rank } = useLevels();
  const { fields } = record;
  const rated = (point: Point) => ratingParts.some((part) => typeof fields[`${point}${part}`] === 'string');
  return (
    <>
      <RatedBy record={record} />
      <table className={classNames(ratings.matrix, css.table)} aria-labelledby="section-together">
        <thead>
          <tr>
            <th scope="col">{w('ratings.point')}</th>
            {ratingParts.map((part) => (
              <th key={part} scope="col">
                {w(`ratings.part.${part}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ratingPoints.map((point) => (
            <tr key={point}>
              <th scope="row">
                {w(`ratings.point.${point}`)}
                {point === 'target' ? null : <span className={css.small}>{w(`risk.point.${point}`)}</span>}
              </th>
              {ratingParts.map((part) => {
                const name = `${point}${part}`;
                const level = part === 'Likelihood' ? undefined : fields[name];
                const own = part === 'Likelihood' ? ownLikelihood(fields, point) : null;
                const { note, ...shown } = property(name);
                return (
                  <td
                    key={part}
                    data-column={w(`ratings.part.${part}`)}
                    data-rank={typeof level === 'string' ? rank(level) : undefined}
                    data-worst={part === 'Level' || undefined}
                    data-property={name}
                  >
                    {own ?? <PropertyValue property={shown} />}
                    {part === 'Level' && isAboveTarget(fields, point, rank) ? (
                      <span className={css.above}>{w('ratings.above')}</span>
                    ) : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {rated('current') ? null : (
        <p className={css.by}>
          {w('ratings.none')} <Link href={`/risks/${record.ref}/rating`}>{w('ratings.rate')}</Link>
        </p>
      )}
    </>
  );
};
