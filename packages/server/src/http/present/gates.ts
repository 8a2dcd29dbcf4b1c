import type { Criterion, Origin } from '@throughline/domain/gates/derive.ts';
import { type CriterionRow, cellWords } from '@throughline/domain/kinds/gate-rows.ts';
import { gateTypeOptions } from '@throughline/domain/kinds/vocabulary/gates.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { edit } from '@throughline/domain/trace/judge.ts';
import type {
  CriterionAnswer,
  GateConditionWire,
  GateCriterionWire,
  GateExceptionsWire,
  GateExceptionWire,
  GateSheetWire,
  SystemGatesWire,
} from '@throughline/domain/wire-gates.ts';
import type { Exceptions } from '../../features/gates/read-exceptions.ts';
import type { ConditionView, ExceptionView, GateSheet, SystemGates } from '../../features/gates/read-gate.ts';
import { refWire } from './ref.ts';
import { actionWire, type Names, namedInAction, refsWire, sentenceWire, servesWire } from './sentence.ts';

/** A criterion names this many records at most. */
const shownRecords = 20;

/** Every record that criteria name, to be read in one go. */
export const namedInCriteria = (criteria: readonly Criterion[]): string[] => [
  ...new Set(
    criteria.flatMap(({ says, records, action }) => [
      ...records.slice(0, shownRecords),
      ...says.flatMap((sentence) =>
        sentence.flatMap((part) => (typeof part !== 'string' && 'record' in part ? [part.record] : [])),
      ),
      ...(action ? namedInAction(action) : []),
    ]),
  ),
];

const answers: readonly CriterionAnswer[] = ['met', 'not-met', 'not-applicable'];
const findings: readonly Criterion['finding'][] = [
  'met',
  'not-met',
  'undetermined',
  'does-not-apply',
  'person',
];

function rowWire(row: CriterionRow | undefined): GateCriterionWire['row'] {
  if (!row) return null;
  const text = (column: string) => cellWords(row, column) || null;
  return {
    finding: findings.find((one) => one === text('finding')) ?? null,
    seen: text('seen'),
    answer: answers.find((one) => one === text('answer')) ?? null,
    checked: text('checked'),
    answerToMiss: text('answerToMiss'),
    missOwner: text('missOwner'),
    missBy: text('missBy'),
  };
}

const originWire = (names: Names, from: Origin): GateCriterionWire['from'] =>
  from.type === 'organisation'
    ? { type: from.type, refs: [], document: names.refs.get(from.document) ?? null }
    : { type: from.type, refs: servesWire(names.catalogue, from.refs), document: null };

const criterionWire = (
  names: Names,
  criterion: Criterion,
  row: CriterionRow | undefined,
): GateCriterionWire => ({
  key: criterion.key,
  text: criterion.text,
  source: criterion.source,
  from: originWire(names, criterion.from),
  finding: criterion.finding,
  says: criterion.says.map((sentence) => sentenceWire(names, sentence)),
  records: refsWire(names, criterion.records.slice(0, shownRecords)),
  action: actionWire(names, criterion.action),
  row: rowWire(row),
});

function exceptionWire(names: Names, view: ExceptionView | null): GateExceptionWire[] {
  const gate = view && names.refs.get(view.gate);
  if (!view || !gate) return [];
  const { type, until, over, standing } = view;
  return [{ type, until, over, gate, stands: standing.stands, fallen: refsWire(names, standing.fallen) }];
}

export function gateSheetWire(names: Names, sheet: GateSheet): GateSheetWire {
  const { record, rows } = sheet;
  const gate = names.refs.get(record.id);
  const system = names.refs.get(record.system ?? '');
  if (!gate || !system) throw new Error('A gate and its system were read');
  const rowOf = ({ key, text }: Criterion) =>
    rows.find(
      (row) => cellWords(row, 'key') === key && cellWords(row, 'criterion') === text.slice(0, 400).trim(),
    );
  return {
    gate,
    system,
    version: record.version,
    type: sheet.type,
    criteria: sheet.criteria.map((one) => criterionWire(names, one, rowOf(one))),
    current: sheet.current,
    obstacles: sheet.obstacles,
    standing: sheet.standing && {
      stands: sheet.standing.stands,
      fallen: refsWire(names, sheet.standing.fallen),
    },
    exception: exceptionWire(names, sheet.exception)[0] ?? null,
    entered: sheet.entered,
  };
}

function conditionWire(
  names: Names,
  { gate: id, owner, fulfillers, ...said }: ConditionView,
): GateConditionWire[] {
  const gate = names.refs.get(id);
  if (!gate) return [];
  const action =
    fulfillers?.allowed === true
      ? actionWire(names, edit('Say that it is fulfilled', gate, 'fulfilments'))
      : null;
  const people = fulfillers?.people.map(({ name }) => name) ?? [];
  return [{ gate, ...said, owner: owner && (names.members.get(owner) ?? null), people, action }];
}

export function systemGatesWire(names: Names, gates: SystemGates): SystemGatesWire {
  const { record, next } = gates;
  const system = names.refs.get(record.id);
  if (!system) throw new Error('A system whose gates are shown was read');
  const { states } = names.registry.get('system').lifecycle;
  return {
    system,
    stage: record.state,
    stages: Object.entries(states).map(([id, { label }]) => ({ id, label })),
    next: next && {
      type: next.type,
      label: gateTypeOptions.find(({ id }) => id === next.type)?.label ?? next.type,
      asked: (next.asked && names.refs.get(next.asked)) || null,
      open: (next.open && names.refs.get(next.open)) || null,
      criteria: next.criteria.map((one) => criterionWire(names, one, undefined)),
    },
    passed: gates.passed.flatMap(({ id, type, standing }) => {
      const gate = names.refs.get(id);
      return gate ? [{ gate, type, stands: standing.stands, fallen: refsWire(names, standing.fallen) }] : [];
    }),
    exceptions: gates.exceptions.flatMap((one) => exceptionWire(names, one)),
    conditions: gates.conditions.flatMap((one) => conditionWire(names, one)),
  };
}

export function exceptionsWire(registry: Registry, { rows, refs, names }: Exceptions): GateExceptionsWire {
  const { states } = registry.get('system').lifecycle;
  return {
    overdue: rows.filter(({ over }) => over).length,
    items: rows.flatMap((row) => {
      const system = refs.get(row.system);
      if (!system) return [];
      return [
        {
          gate: refWire(registry, row),
          system: refWire(registry, system),
          stage: states[system.state]?.label ?? system.state,
          type: row.emergency ? ('emergency' as const) : ('retrospective' as const),
          ...{ reason: row.reason, missing: row.missing, decidedOn: row.decidedOn },
          decidedBy: row.decidedBy && (names.get(row.decidedBy) ?? null),
          ...{ until: row.until, over: row.over, stands: row.standing.stands },
          fallen: row.standing.fallen.flatMap((id) => {
            const found = refs.get(id);
            return found ? [refWire(registry, found)] : [];
          }),
        },
      ];
    }),
  };
}
