import type { Catalogue, Control } from '@throughline/catalogue/types.ts';
import { inForce, staleInputs } from '../approvals.ts';
import { adoptedControls } from '../kinds/adopt-controls.ts';
import { registry } from '../kinds/all.ts';
import { saysWhy } from '../kinds/applicability.ts';
import { decisionOn } from '../trace/applicability.ts';
import { Clock } from '../trace/clock.ts';
import type { TraceRecord } from '../trace/inputs.ts';
import { create } from '../trace/judge.ts';
import { byName } from '../trace/order.ts';
import type { OrganisationFacts } from '../trace/organisation-facts.ts';
import { dayOf, listOf, textOf } from '../trace/read.ts';
import type { Action } from '../trace/types.ts';
import { citedAsAnnexA, codeKey } from './control-codes.ts';
import { faultsOf } from './faults.ts';
import { type ControlRecords, noRecords } from './groups.ts';
import { type Around, placeAt, placesOf } from './placing.ts';
import { callsOf, demandedOn, severalOf, sourcesOf } from './sources.ts';
import { testsOf } from './testing.ts';
import type { Fault, SoaFacts, SoaRow, Source, Statement } from './types.ts';

/**
 * The Statement of Applicability as the records give it (6.1.3): a row for each control of Annex A, adopted or not, and
 * one for each own control, with what calls for it, what was decided, how it is put in place, what its tests say, and
 * everything in which two of these contradict each other. Pure; linear in the number of records.
 */
export const statementOf = (facts: SoaFacts): Statement => deriveStatement(facts).statement;

/** What a statement was derived from, so that the next one derives again only the rows whose records changed. */
export type Memo = {
  /** What every row depends on, beside its own records. */
  readonly around: string;
  readonly running: ReadonlySet<string>;
  readonly interim: SoaFacts['interim'];
  readonly rows: ReadonlyMap<string, KeptRow>;
};
type KeptRow = {
  readonly from: RowInputs;
  readonly row: SoaRow;
};
/** What one row is derived from: compared by identity, since a record that did not change stays the same object. */
type RowInputs = {
  readonly control: TraceRecord | null;
  readonly line: TraceRecord | null;
  readonly twin: TraceRecord | null;
  readonly namesake: TraceRecord | null;
  readonly rivals: readonly TraceRecord[];
  readonly stale: readonly string[];
  readonly records: ControlRecords;
};

/** The same with what it was derived from, for the next time. */
export function deriveStatement(
  facts: SoaFacts,
  memo?: Memo,
): { readonly statement: Statement; readonly memo: Memo } {
  const { organisation, groups, interim, inputs: drawn } = facts;
  const { today, inputs } = organisation;
  const roles = heldRoles(organisation);
  const around = JSON.stringify([
    ...[today, inputs.timeZone, inputs.authority, inputs.samePersons, [...roles].sort()],
    ...[inputs.intervals.control_test, inputs.calendar],
    inputs.members.map(({ id, roles: held }) => [id, held]),
  ]);
  const found = runningSystems(organisation);
  const running = memo && sameSet(memo.running, found) ? memo.running : found;
  const usable = memo?.around === around && memo.running === running && memo.interim === interim;
  const kept = usable ? memo.rows : new Map<string, KeptRow>();
  const parts: Parts = {
    organisation,
    groups,
    interim,
    inputs: drawn,
    clock: new Clock(today),
    running,
    roles,
  };
  const next = new Map<string, KeptRow>();
  const rows = [...annexControls(parts), ...ownControls(parts)].map((named) => {
    const key = named.control?.id ?? named.id;
    const from = rowInputs(parts, named);
    const before = kept.get(key);
    const row = before && sameInputs(before.from, from) ? before.row : rowOf(parts, named, from);
    next.set(key, { from, row });
    return row;
  });
  const statement = { today, rows, counts: countsOf(rows, running.size) };
  return { statement, memo: { around, running, interim, rows: next } };
}

/** Whether two sets hold the same. */
export const sameSet = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((id) => other.has(id));

const sameInputs = (one: RowInputs, other: RowInputs): boolean =>
  one.control === other.control &&
  one.line === other.line &&
  one.twin === other.twin &&
  one.namesake === other.namesake &&
  one.rivals.length === other.rivals.length &&
  one.rivals.every((rival, at) => rival === other.rivals[at]) &&
  one.stale.join() === other.stale.join() &&
  one.records === other.records;

type Parts = Around & Pick<SoaFacts, 'groups' | 'inputs'> & { readonly roles: ReadonlySet<string> };

function rowInputs({ organisation, groups, inputs }: Parts, { control, twin, namesake }: Named): RowInputs {
  const { line } = decisionOn(organisation, control);
  const records = (control && groups.get(control.id)) ?? noRecords;
  const approval = line ? inForce(line.approvals) : undefined;
  const standing = (control && organisation.linesInForce.get(control.id)) ?? [];
  const rivals = standing.filter((one) => one !== line);
  const stale = approval ? staleInputs(approval, inputs) : [];
  return { control, line, twin, namesake, rivals, stale, records };
}

/** Ids of what the approvals of lines stood on. */
export const drawnOn = ({ applicability }: OrganisationFacts): string[] =>
  [...applicability.values()].flatMap(({ approvals }) =>
    (inForce(approvals)?.basis ?? []).map(({ record }) => record),
  );

/** Systems that run: each of them needs what a control asks of systems. */
export function runningSystems({ systems }: OrganisationFacts): ReadonlySet<string> {
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

function annexControls(parts: Parts): Named[] {
  const { organisation } = parts;
  const { controls, topics } = organisation.catalogue.iso42001.annex_a;
  return controls.map((declared) => {
    const control = organisation.controls.get(declared.id) ?? null;
    const objectives = topics.find(({ id }) => id === declared.topic)?.objectives ?? [];
    const objective = objectives.find(({ id }) => id === declared.objective) ?? objectives[0];
    return {
      id: declared.id,
      item: declared.id,
      topic: declared.topic,
      title: declared.title,
      objective: objective?.summary ?? null,
      control,
      twin: null,
      namesake: null,
      typicalFor: declared.typical_roles.filter((role) => parts.roles.has(role)),
      adopt: control ? null : adopt(organisation.catalogue, declared),
    };
  });
}

/** Own controls, and second records for an item of Annex A: nothing that was adopted is left out of the statement. */
function ownControls(parts: Parts): Named[] {
  const { organisation } = parts;
  const chosen = new Set([...organisation.controls.values()].map(({ id }) => id));
  const items = new Set(organisation.catalogue.iso42001.annex_a.controls.map(({ id }) => id));
  const namesakeOf = namesakes(organisation);
  const asked = (control: TraceRecord) =>
    control.state === 'adopted' ||
    organisation.applicability.has(control.id) ||
    callsOf(parts.groups.get(control.id)?.calling ?? [], parts.clock).length > 0;
  return (organisation.byKind.get('control') ?? [])
    .filter((control) => {
      const item = textOf(control, 'item');
      return (item === null || !items.has(item) || !chosen.has(control.id)) && asked(control);
    })
    .map((control) => {
      const item = textOf(control, 'item');
      const first = item !== null && items.has(item) ? (organisation.controls.get(item) ?? null) : null;
      return {
        id: textOf(control, 'code') ?? control.ref,
        item: null,
        topic: null,
        title: control.title,
        objective: textOf(control, 'objective'),
        control,
        twin: control.state === 'adopted' && first?.state === 'adopted' ? first : null,
        namesake: namesakeOf(control),
        typicalFor: [],
        adopt: null,
      };
    })
    .sort((a, b) => byName(a.id, b.id) || byName(a.control?.ref ?? '', b.control?.ref ?? ''));
}

/**
 * For an adopted control, the first other one that has its code: a control of Annex A by its id, else the earliest of the
 * same framework. Those that stand for an item of Annex A are told apart by it.
 */
function namesakes({ catalogue, controls, byKind }: OrganisationFacts) {
  const annexA = new Set(catalogue.iso42001.annex_a.controls.map(({ id }) => id));
  const codeOf = (control: TraceRecord) => (textOf(control, 'code') ?? control.ref).trim().toUpperCase();
  const ofAnnexA = (control: TraceRecord) => annexA.has(textOf(control, 'item') ?? '');
  const codedOf = (control: TraceRecord) => ({
    code: codeOf(control),
    framework: textOf(control, 'framework'),
  });
  const keyOf = (control: TraceRecord) => codeKey(codedOf(control));
  const own = (byKind.get('control') ?? []).filter((one) => one.state === 'adopted' && !ofAnnexA(one));
  const first = new Map(own.toReversed().map((one) => [keyOf(one), one]));
  return (control: TraceRecord): TraceRecord | null => {
    if (control.state !== 'adopted' || ofAnnexA(control)) return null;
    const declared = citedAsAnnexA(codedOf(control)) ? controls.get(codeOf(control)) : undefined;
    if (declared?.state === 'adopted') return declared;
    const other = first.get(keyOf(control));
    return other === undefined || other === control ? null : other;
  };
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
  readonly namesake: TraceRecord | null;
  readonly adopt: Action | null;
};

function rowOf(parts: Parts, { twin, namesake, adopt: adopting, ...named }: Named, from: RowInputs): SoaRow {
  const { organisation, clock } = parts;
  const { control } = named;
  const calls = callsOf(from.records.calling, clock);
  const { implementations } = from.records;
  const { line, content, decided } = decisionOn(organisation, control);
  const read = content ?? line;
  const decision = read && textOf(read, 'decision');
  const says: SoaRow['says'] = decision === 'applicable' || decision === 'excluded' ? decision : null;
  const places =
    control && says === 'applicable'
      ? placesOf(parts, placeAt(control), implementations, demandedOn(calls))
      : null;
  const tests =
    control && places ? testsOf(organisation, control, places.standing, from.records.tests) : null;
  const told = {
    ...named,
    line,
    decided,
    says,
    reasons: read ? listOf(read, 'reasons') : [],
    justification: read && textOf(read, 'justification'),
    justified: read !== null && saysWhy(read),
    decidedOn: read && dayOf(read, 'decidedOn'),
  };
  const sources = sourcesOf(calls);
  const { stale, rivals } = from;
  const faults = faultsOf({
    ...told,
    twin,
    namesake,
    rivals,
    stale,
    calls,
    implementations,
    places,
    tests,
    clock,
  });
  return {
    ...told,
    sources,
    owner: control?.owner ?? null,
    implementedBy: severalOf(places?.counted ?? []),
    placing: places?.placing ?? null,
    testing: tests?.testing ?? null,
    faults,
    action: nextStep(faults, told, adopting, sources),
  };
}

/** The one step of a row: adopt, decide, then whatever answers the first fault. */
function nextStep(
  faults: readonly Fault[],
  { control, line, title, id }: Pick<SoaRow, 'control' | 'line' | 'title' | 'id'>,
  adopting: Action | null,
  sources: readonly Source[],
): Action | null {
  if (!control) return adopting;
  if (line) return faults.find(({ action }) => action !== null)?.action ?? null;
  if (control.state === 'dropped') return faults[0]?.action ?? null;
  const reasons = sources.map(({ reason }) => reason);
  const named = sources.flatMap(({ first }) => first);

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
