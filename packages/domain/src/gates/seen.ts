/** What a gate is decided on, by the line as it stands: written by the server with the criteria, and sent by nobody. */
import { type CriterionRow, cellWords, criteriaRows } from '../kinds/gate-rows.ts';
import type { Content } from '../kinds/kind.ts';
import type { SystemInputs, TraceRecord } from '../trace/inputs.ts';
import { byName } from '../trace/order.ts';
import type { OrganisationFacts } from '../trace/organisation-facts.ts';
import { linksOf } from '../trace/read.ts';
import { isRowOf } from './answers.ts';
import type { Criterion } from './derive.ts';

type Find = (id: string) => TraceRecord | undefined;
export type Seen = {
  /** Ids of the records that what is met rests on: the gate falls with them. */
  readonly links: readonly string[];
  /** Records behind one criterion with their versions: what was seen stays readable when they go on. */
  readonly cell: (criterion: Criterion) => string;
};

/** Records of a system, those that it uses and those of the organisation, by id. */
export function finderIn({ own, shared }: SystemInputs, organisation: Pick<OrganisationFacts, 'byId'>): Find {
  const byId = new Map([...shared, ...own].map((record) => [record.id, record]));
  return (id) => byId.get(id) ?? organisation.byId.get(id);
}

/** @param gate id of the gate itself, which is nothing that it is decided on */
export function seenBy(criteria: readonly Criterion[], find: Find, gate: string): Seen {
  const ids = criteria.flatMap(({ finding, records }) => (finding === 'met' ? records : []));
  return {
    links: [...new Set(ids)].filter((id) => id !== gate && isSeen(find(id))).sort(),
    cell: ({ records }) => cellOf(records.flatMap((id) => find(id) ?? [])),
  };
}

/** A record of the system or of the whole organisation; the system itself and tasks are nothing that is decided on. */
const isSeen = (record: TraceRecord | undefined): boolean =>
  record !== undefined && !record.archived && !['system', 'task'].includes(record.kind);

/** A cell holds 400 characters. In the order of names: what was seen is not other records because they were read in another order. */
function cellOf(records: readonly TraceRecord[]): string {
  const text = records
    .toSorted((a, b) => byName(a.ref, b.ref))
    .map(({ ref, inForce, version }) => `${ref} v${inForce?.version ?? version}`)
    .join(', ');
  return text.length > 400 ? `${text.slice(0, text.lastIndexOf(', ', 380))} and more` : text;
}

/** Whether the rows and links of a gate say what was seen as the line has it now. */
export function isSeenNow(content: Content, criteria: readonly Criterion[], seen: Seen): boolean {
  const rows = criteriaRows(content.fields);
  const same = (row: CriterionRow | undefined, one: Criterion): boolean =>
    row === undefined || cellWords(row, 'seen') === seen.cell(one);
  return (
    criteria.every((one) => same(rows.find(isRowOf(one)), one)) &&
    [...linksOf(content, 'seen')].sort().join() === seen.links.join()
  );
}

/** Why a gate is not passed on what its rows say was seen; nothing where that is what the line says. */
export const seenObstacles = (content: Content, criteria: readonly Criterion[], seen: Seen): string[] =>
  isSeenNow(content, criteria, seen)
    ? []
    : [
        'It would stand on other records, or other versions of them, than it was taken with. Take the criteria from the line again.',
      ];
