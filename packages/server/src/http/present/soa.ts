import { organisationRoleOptions } from '@throughline/domain/kinds/vocabulary/roles.ts';
import { type Evidence, noEvidence } from '@throughline/domain/soa/evidence.ts';
import type { Several, SoaRow, Statement, Tested, Testing } from '@throughline/domain/soa/types.ts';
import type {
  SeveralWire,
  SoaEvidencesWire,
  SoaEvidenceWire,
  SoaRowWire,
  SoaTestingWire,
  SoaWire,
  TestedWire,
} from '@throughline/domain/wire-soa.ts';
import type { StatementView } from '../../features/soa/read-statement.ts';
import { unlimitedFor } from './approval.ts';
import { abilityOf, actionWire, type Names, namedInAction, refsWire, sentenceWire } from './sentence.ts';
import { namedIn } from './trace.ts';

/** Every record and member that a statement names, to be read in one go. */
export function namedInStatement({ rows }: Statement): { records: string[]; members: string[] } {
  const faults = rows.flatMap((row) => row.faults.map(({ sentence }) => sentence));
  const named = namedIn(faults.map((statement) => ({ statement, gaps: [], unverifiable: [], records: [] })));
  const records = rows.flatMap((row) => [
    ...(row.control ? [row.control.id] : []),
    ...(row.line ? [row.line.id] : []),
    ...[...row.sources, row.implementedBy].flatMap(({ first }) => first.map(({ id }) => id)),
    ...testedIn(row).map(({ test }) => test.id),
    ...row.faults.flatMap((fault) => fault.records),
    ...(row.action ? namedInAction(row.action) : []),
  ]);
  const people = rows.flatMap((row) => [
    ...(row.owner ? [row.owner] : []),
    ...testedIn(row).map(({ tester }) => tester),
  ]);
  return {
    records: [...new Set([...named.records, ...records])],
    members: [...new Set([...named.members, ...people])],
  };
}

const testedIn = ({ testing }: SoaRow): readonly Tested[] => [
  ...(testing?.last ? [testing.last] : []),
  ...(testing?.tests.first ?? []),
];

/** `GET /soa`. */
export function soaWire(names: Names, view: StatementView): SoaWire {
  const { at, index, past, organisation, scope, statement } = view;
  return {
    ...{ asOf: at.toISOString(), index, past, organisation: organisation.name },
    scope: scope === null ? null : (names.refs.get(scope) ?? null),
    counts: statement.counts,
    rows: statement.rows.map((row) => rowWire(names, row, view)),
    ...(view.unlimited && statement.rows.some(({ placing }) => (placing?.planned ?? 0) > 0)
      ? { unlimited: unlimitedFor(names.actor) }
      : {}),
    abilities: {
      decide: past ? earlier : abilityOf(names, 'applicability', 'create'),
      export: abilityOf(names, 'applicability', 'export'),
    },
  };
}

const earlier = {
  allowed: false,
  reason: 'This is an earlier moment: nothing can be changed there.',
  who: [],
} as const;

function rowWire(names: Names, row: SoaRow, { evidence, past }: StatementView): SoaRowWire {
  const ref = (id: string | undefined) => (id === undefined ? null : (names.refs.get(id) ?? null));
  const { topics } = names.catalogue.iso42001.annex_a;
  const topic = topics.find(({ id }) => id === row.topic);
  const { id, item, title, objective, decided, says, reasons, justification, decidedOn, testing } = row;
  return {
    ...{ id, item, title, objective, decided, says, reasons, justification, decidedOn },
    topic: topic ? { id: topic.id, title: topic.title } : null,
    control: ref(row.control?.id),
    line: ref(row.line?.id),
    sources: row.sources.map((source) => ({ reason: source.reason, ...severalWire(names, source) })),
    typicalFor: row.typicalFor.map(
      (role) => organisationRoleOptions.find((option) => option.id === role)?.label ?? role,
    ),
    owner: row.owner && (names.members.get(row.owner) ?? null),
    implementedBy: severalWire(names, row.implementedBy),
    evidence: evidence && evidenceWire(names, (row.control && evidence.get(row.control.id)) ?? noEvidence),
    placing: row.placing,
    testing: testing && testingWire(names, testing),
    faults: row.faults.map(({ code, type, sentence, records }) => ({
      code,
      type,
      sentence: sentenceWire(names, sentence),
      records: refsWire(names, records),
    })),
    action: past ? null : actionWire(names, row.action),
  };
}

function testingWire(names: Names, { last, tests, ...numbers }: Testing): SoaTestingWire {
  const shown = ({ test, on, conclusion, tester }: Tested): TestedWire[] => {
    const found = names.refs.get(test.id);
    return found ? [{ test: found, on, conclusion, tester: names.members.get(tester) ?? null }] : [];
  };
  return {
    ...numbers,
    last: last ? (shown(last)[0] ?? null) : null,
    tests: { count: tests.count, first: tests.first.flatMap(shown) },
  };
}

function severalWire(names: Names, { count, first }: Several): SeveralWire {
  const ids = first.map((record) => record.id);
  return { count, first: refsWire(names, ids) };
}

/** `GET /soa/evidence`. */
export function evidencesWire(names: Names, { at, statement, evidence }: StatementView): SoaEvidencesWire {
  const controls = statement.rows.flatMap(({ control }) => {
    const found = control && evidence?.get(control.id);
    return control && found ? [[control.ref, evidenceWire(names, found)] as const] : [];
  });
  return { asOf: at.toISOString(), controls: Object.fromEntries(controls) };
}

export function evidenceWire(names: Names, found: Evidence): SoaEvidenceWire {
  const { current, stale, aside, newest, first } = found;
  const record = newest && names.refs.get(newest.record.id);
  return {
    ...{ current, stale, aside },
    newest: newest && record ? { record, to: newest.to } : null,
    first: refsWire(
      names,
      first.map(({ id }) => id),
    ),
  };
}
