/** Builders for tests of the statement: records as the store hands them over, and what comes out by row. */
import type { InputNow } from '../../src/approvals.ts';
import type { Json } from '../../src/json.ts';
import { type Groups, groupsOf } from '../../src/soa/groups.ts';
import type { Around } from '../../src/soa/placing.ts';
import { runningSystems, statementOf } from '../../src/soa/statement.ts';
import type { SoaFacts, SoaRecord, SoaRow, Statement } from '../../src/soa/types.ts';
import { inputNow } from '../../src/trace/approved.ts';
import { Clock } from '../../src/trace/clock.ts';
import type { OrganisationInputs, TraceRecord } from '../../src/trace/inputs.ts';
import { organisationFacts } from '../../src/trace/organisation-facts.ts';
import { approved, catalogue, member, now, organisationInputs, record, text } from '../trace/kit.ts';

type Changes = Partial<Omit<SoaRecord, 'id' | 'kind' | 'fields' | 'links'>> & {
  fields?: Record<string, Json>;
  links?: Record<string, readonly string[]>;
};

/** A record of system `sys-1`; its ref is its id in upper case. */
export function soaRecord(kind: string, id: string, changes: Changes = {}): SoaRecord {
  const bare = { state: 'open', system: 'sys-1', owner: null, approved: false, fields: {}, links: {} };
  return { id, ref: id.toUpperCase(), kind, ...bare, ...changes };
}

export const treatment = (id: string, changes: Changes = {}): SoaRecord =>
  soaRecord('treatment', id, { state: 'under-way', links: { controls: ['ctl'] }, ...changes });

export const law = (id: string, changes: Changes = {}): SoaRecord =>
  soaRecord('obligation', id, {
    state: 'taken-on',
    links: { controls: ['ctl'] },
    ...changes,
    fields: { source: 'law', ...changes.fields },
  });

export const implementation = (id: string, state: string, changes: Changes = {}): SoaRecord =>
  soaRecord('implementation', id, { state, owner: 'ann', links: { control: ['ctl'] }, ...changes });

export const controlTest = (
  id: string,
  conclusion: string,
  testedOn: string,
  changes: Changes = {},
): SoaRecord =>
  soaRecord('control-test', id, {
    state: 'concluded',
    links: { control: ['ctl'] },
    ...changes,
    fields: { conclusion, testedOn, tester: 'cid', ...changes.fields },
  });

/** The control `ctl`, which stands for A.6.2.4, and its line, which makes it applicable for a rule of the house. */
export const control = (changes: Parameters<typeof record>[2] = {}): TraceRecord =>
  record('control', 'ctl', {
    state: 'adopted',
    ...changes,
    fields: { item: 'A.6.2.4', code: 'A.6.2.4', implementedAt: 'system', ...changes.fields },
  });
export const line = (changes: Parameters<typeof record>[2] = {}): TraceRecord =>
  record('applicability', 'apl', {
    ...approved,
    state: 'kept-up',
    links: { control: ['ctl'] },
    ...changes,
    fields: { decision: 'applicable', reasons: ['house-rule'], justification: 'Ours.', ...changes.fields },
  });

export type SoaWorld = {
  readonly shared?: readonly TraceRecord[];
  readonly records?: readonly SoaRecord[];
  /** Interim risks, and the assessments whose findings they carry. */
  readonly interim?: readonly TraceRecord[];
  /** Records of systems that approvals stood on, beside those of the organisation. */
  readonly inputs?: Readonly<Record<string, InputNow>>;
  readonly running?: number;
  readonly organisation?: Partial<Omit<OrganisationInputs, 'records'>>;
};

export const systemsNamed = (running: number): OrganisationInputs['systems'] =>
  Array.from({ length: running }, (_, at) => ({
    id: `sys-${at + 1}`,
    ref: `SYS-${at + 1}`,
    title: `System ${at + 1}`,
    state: 'operation-monitoring',
    fields: { organisationRoles: ['customer'] },
  }));

export function statement(world: SoaWorld = {}): Statement {
  return statementOf(factsOf(world));
}

/** A world with its statement, as a matrix is made from. */
export function world(told: SoaWorld = {}): { around: Around; groups: Groups; statement: Statement } {
  const facts = factsOf(told);
  const { organisation, groups, interim } = facts;
  const clock = new Clock(organisation.today);
  const around = { organisation, interim, clock, running: runningSystems(organisation) };
  return { around, groups, statement: statementOf(facts) };
}

function factsOf(world: SoaWorld): SoaFacts {
  const inputs = organisationInputs({
    records: world.shared ?? [control(), line()],
    organisation: {
      members: [member('boss', { roles: ['top-management'] }), member('ann'), member('ben'), member('cid')],
      systems: systemsNamed(world.running ?? 1),
      ...world.organisation,
    },
  });
  const organisation = organisationFacts(inputs, catalogue, now);
  const { byId } = organisation;
  return {
    organisation,
    inputs: (id) => world.inputs?.[id] ?? inputNow(byId.get(id)),
    groups: groupsOf(world.records ?? []),
    interim: new Map((world.interim ?? []).map((one) => [one.id, one])),
  };
}

export function row(world: SoaWorld, id = 'A.6.2.4'): SoaRow {
  const found = statement(world).rows.find((one) => one.id === id);
  if (!found) throw new RangeError(id);
  return found;
}

/** Faults of a row as a page says them. */
export const told = (world: SoaWorld, id?: string): string[] =>
  row(world, id).faults.map(({ type, code, sentence }) => `${type} ${code}: ${text(sentence)}`);
export const codes = (world: SoaWorld, id?: string): string[] =>
  row(world, id).faults.map(({ code }) => code);
