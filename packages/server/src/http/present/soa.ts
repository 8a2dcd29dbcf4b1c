import { organisationRoleOptions } from '@throughline/domain/kinds/vocabulary/roles.ts';
import type { SoaRow, Statement } from '@throughline/domain/soa/types.ts';
import type { SoaRowWire, SoaWire } from '@throughline/domain/wire-soa.ts';
import type { StatementView } from '../../features/soa/read-statement.ts';
import { abilityOf, actionWire, type Names, namedInAction, refsWire, sentenceWire } from './sentence.ts';
import { namedIn } from './trace.ts';

/** Every record and member that a statement names, to be read in one go. */
export function namedInStatement({ rows }: Statement): { records: string[]; members: string[] } {
  const faults = rows.flatMap((row) => row.faults.map(({ sentence }) => sentence));
  const named = namedIn(faults.map((statement) => ({ statement, gaps: [], unverifiable: [], records: [] })));
  const records = rows.flatMap((row) => [
    ...(row.control ? [row.control.id] : []),
    ...(row.line ? [row.line.id] : []),
    ...row.sources.flatMap(({ first }) => first.map(({ id }) => id)),
    ...(row.testing?.last ? [row.testing.last.test.id] : []),
    ...row.faults.flatMap((fault) => fault.records),
    ...(row.action ? namedInAction(row.action) : []),
  ]);
  return { records: [...new Set([...named.records, ...records])], members: named.members };
}

/** `GET /soa`. */
export function soaWire(names: Names, { at, statement }: StatementView): SoaWire {
  return {
    asOf: at.toISOString(),
    counts: statement.counts,
    rows: statement.rows.map((row) => rowWire(names, row)),
    abilities: {
      decide: abilityOf(names, 'applicability', 'create'),
      export: abilityOf(names, 'applicability', 'export'),
    },
  };
}

function rowWire(names: Names, row: SoaRow): SoaRowWire {
  const ref = (id: string | undefined) => (id === undefined ? null : (names.refs.get(id) ?? null));
  const { topics } = names.catalogue.iso42001.annex_a;
  const topic = topics.find(({ id }) => id === row.topic);
  const { id, item, title, objective, decided, says, reasons, justification, decidedOn, testing } = row;
  const last = testing?.last;
  const test = ref(last?.test.id);
  return {
    ...{ id, item, title, objective, decided, says, reasons, justification, decidedOn },
    topic: topic ? { id: topic.id, title: topic.title } : null,
    control: ref(row.control?.id),
    line: ref(row.line?.id),
    sources: row.sources.map(({ reason, count, first }) => ({
      reason,
      count,
      first: refsWire(
        names,
        first.map((record) => record.id),
      ),
    })),
    typicalFor: row.typicalFor.map(
      (role) => organisationRoleOptions.find((option) => option.id === role)?.label ?? role,
    ),
    placing: row.placing,
    testing: testing && {
      ...testing,
      last: last && test ? { test, on: last.on, conclusion: last.conclusion } : null,
    },
    faults: row.faults.map(({ code, type, sentence, records }) => ({
      code,
      type,
      sentence: sentenceWire(names, sentence),
      records: refsWire(names, records),
    })),
    action: actionWire(names, row.action),
  };
}
