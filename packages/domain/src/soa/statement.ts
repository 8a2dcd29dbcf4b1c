import type { Catalogue, Control } from '@throughline/catalogue/types.ts';
import { adoptedControls } from '../kinds/adopt-controls.ts';
import { registry } from '../kinds/all.ts';
import { decisionOn } from '../trace/applicability.ts';
import { Clock } from '../trace/clock.ts';
import type { TraceRecord } from '../trace/inputs.ts';
import { create } from '../trace/judge.ts';
import { byName } from '../trace/order.ts';
import type { OrganisationFacts } from '../trace/organisation-facts.ts';
import { dayOf, linksOf, listOf, textOf } from '../trace/read.ts';
import type { Action } from '../trace/types.ts';
import { faultsOf } from './faults.ts';
import { type Around, placeAt, placesOf } from './placing.ts';
import { type Call, callsByControl, demandedOn, sourcesOf } from './sources.ts';
import { testsOf } from './testing.ts';
import type { Fault, SoaFacts, SoaRecord, SoaRow, Statement } from './types.ts';

/**
 * The Statement of Applicability as the records give it (6.1.3): a row for each control of Annex A, adopted or not, and
 * one for each own control, with what calls for it, what was decided, how it is put in place, what its tests say, and
 * everything in which two of these contradict each other. Pure; linear in the number of records.
 */
export function statementOf(facts: SoaFacts): Statement {
  const { organisation } = facts;
  const clock = new Clock(organisation.today);
  const running = runningSystems(organisation);
  const byKind = new Map<string, Map<string, SoaRecord[]>>();
  for (const record of facts.records)
    for (const control of linksOf(record, 'control')) put(byKind, record.kind, control, record);
  const around: Parts = {
    organisation,
    risks: facts.risks,
    clock,
    running,
    calls: callsByControl(facts.records, clock),
    implementations: byKind.get('implementation') ?? new Map(),
    tests: byKind.get('control-test') ?? new Map(),
    roles: heldRoles(organisation),
  };
  const rows = [...annexRows(around), ...ownRows(around)];
  return { today: organisation.today, rows, counts: countsOf(rows, running.size) };
}

type Parts = Around & {
  readonly calls: ReadonlyMap<string, readonly Call[]>;
  readonly implementations: ReadonlyMap<string, readonly SoaRecord[]>;
  readonly tests: ReadonlyMap<string, readonly SoaRecord[]>;
  readonly roles: ReadonlySet<string>;
};

function put(
  byKind: Map<string, Map<string, SoaRecord[]>>,
  kind: string,
  control: string,
  record: SoaRecord,
) {
  const controls = byKind.get(kind) ?? new Map<string, SoaRecord[]>();
  byKind.set(kind, controls);
  const known = controls.get(control);
  if (known) known.push(record);
  else controls.set(control, [record]);
}

/** Systems that run: each of them needs what a control asks of systems. */
function runningSystems({ systems }: OrganisationFacts): ReadonlySet<string> {
  const { states } = registry.get('system').lifecycle;
  const live = [...systems.values()].filter(({ state }) => states[state]?.live);
  return new Set(live.map(({ id }) => id));
}

/** Roles towards AI systems that the organisation says it holds, on any system. */
function heldRoles({ systems }: OrganisationFacts): ReadonlySet<string> {
  const held = [...systems.values()].flatMap(({ fields }) =>
    listOf({ fields, links: {} }, 'organisationRoles'),
  );
  return new Set(held);
}

function annexRows(parts: Parts): SoaRow[] {
  const { organisation } = parts;
  const { controls, topics } = organisation.catalogue.iso42001.annex_a;
  return controls.map((declared) => {
    const control = organisation.controls.get(declared.id) ?? null;
    const objectives = topics.find(({ id }) => id === declared.topic)?.objectives ?? [];
    const objective = objectives.find(({ id }) => id === declared.objective) ?? objectives[0];
    return rowOf(parts, {
      id: declared.id,
      item: declared.id,
      topic: declared.topic,
      title: declared.title,
      objective: objective?.summary ?? null,
      control,
      twin: null,
      typicalFor: declared.typical_roles.filter((role) => parts.roles.has(role)),
      adopt: adopt(organisation.catalogue, declared),
    });
  });
}

/** Own controls, and second records for an item of Annex A: nothing that was adopted is left out of the statement. */
function ownRows(parts: Parts): SoaRow[] {
  const { organisation } = parts;
  const chosen = new Set([...organisation.controls.values()].map(({ id }) => id));
  const items = new Set(organisation.catalogue.iso42001.annex_a.controls.map(({ id }) => id));
  const asked = (control: TraceRecord) =>
    control.state === 'adopted' || organisation.applicability.has(control.id) || parts.calls.has(control.id);
  return (organisation.byKind.get('control') ?? [])
    .filter((control) => {
      const item = textOf(control, 'item');
      return (item === null || !items.has(item) || !chosen.has(control.id)) && asked(control);
    })
    .map((control) => {
      const item = textOf(control, 'item');
      const first = item !== null && items.has(item) ? (organisation.controls.get(item) ?? null) : null;
      return rowOf(parts, {
        id: textOf(control, 'code') ?? control.ref,
        item: null,
        topic: null,
        title: control.title,
        objective: textOf(control, 'objective'),
        control,
        twin: control.state === 'adopted' && first?.state === 'adopted' ? first : null,
        typicalFor: [],
        adopt: null,
      });
    })
    .sort((a, b) => byName(a.id, b.id) || byName(a.control?.ref ?? '', b.control?.ref ?? ''));
}

function adopt(catalogue: Catalogue, { id }: Control): Action {
  const fields = adoptedControls(catalogue).find((patch) => patch.fields?.item === id)?.fields ?? {};
  const texts = Object.entries(fields).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return create(`Adopt ${id}`, 'control', {}, Object.fromEntries(texts));
}

type Named = Pick<SoaRow, 'id' | 'item' | 'topic' | 'title' | 'objective' | 'control' | 'typicalFor'> & {
  readonly twin: TraceRecord | null;
  readonly adopt: Action | null;
};

function rowOf(parts: Parts, { twin, adopt: adopting, ...named }: Named): SoaRow {
  const { organisation, clock } = parts;
  const { control } = named;
  const of = <T>(map: ReadonlyMap<string, readonly T[]>) => (control ? (map.get(control.id) ?? []) : []);
  const calls = of(parts.calls);
  const implementations = of(parts.implementations);
  const { line, content, decided } = decisionOn(organisation, control);
  const read = content ?? line;
  const decision = read && textOf(read, 'decision');
  const says: SoaRow['says'] = decision === 'applicable' || decision === 'excluded' ? decision : null;
  const places =
    control && says === 'applicable'
      ? placesOf(parts, placeAt(control), implementations, demandedOn(calls))
      : null;
  const tests = control && places ? testsOf(organisation, control, places.standing, of(parts.tests)) : null;
  const told = {
    ...named,
    line,
    decided,
    says,
    reasons: read ? listOf(read, 'reasons') : [],
    justification: read && textOf(read, 'justification'),
    decidedOn: read && dayOf(read, 'decidedOn'),
  };
  const stale = content?.stale ?? [];
  const faults = faultsOf({ ...told, twin, stale, calls, implementations, places, tests, clock });
  return {
    ...told,
    sources: sourcesOf(calls),
    placing: places?.placing ?? null,
    testing: tests?.testing ?? null,
    faults,
    action: nextStep(faults, told, adopting, calls),
  };
}

/** The one step of a row: adopt, decide, then whatever answers the first fault. */
function nextStep(
  faults: readonly Fault[],
  { control, line, title, id }: Pick<SoaRow, 'control' | 'line' | 'title' | 'id'>,
  adopting: Action | null,
  calls: readonly Call[],
): Action | null {
  if (!control) return adopting;
  if (line) return faults.find(({ action }) => action !== null)?.action ?? null;
  if (control.state === 'dropped') return faults[0]?.action ?? null;
  const sources = sourcesOf(calls);
  const reasons = sources.map(({ reason }) => reason);
  const named = sources
    .flatMap(({ first }) => first)
    .filter(({ kind }) => ['treatment', 'impact-assessment', 'obligation'].includes(kind));
  return create(
    `Decide on ${id}`,
    'applicability',
    { control: [control], ...(named.length === 0 ? {} : { reasonedBy: named.slice(0, 10) }) },
    { name: control.title || title, ...(reasons.length === 0 ? {} : { reasons }) },
  );
}

function countsOf(rows: readonly SoaRow[], running: number): Statement['counts'] {
  const annex = rows.filter(({ item }) => item !== null);
  const number = (of: (row: SoaRow) => boolean, among = rows) => among.filter(of).length;
  const decided = ({ decided: how }: SoaRow) => how === 'applicable' || how === 'excluded';
  return {
    annexA: annex.length,
    annexADecided: number(decided, annex),
    own: rows.length - annex.length,
    applicable: number((row) => row.decided === 'applicable'),
    excluded: number((row) => row.decided === 'excluded'),
    open: number((row) => !decided(row)),
    contradictions: rows.flatMap(({ faults }) => faults.filter(({ type }) => type === 'contradiction'))
      .length,
    withoutPlan: number(({ placing }) => placing?.state === 'missing'),
    leftOut: number(
      (row) => row.sources.length > 0 && (row.decided === 'excluded' || row.decided === 'none'),
    ),
    runningSystems: running,
  };
}
