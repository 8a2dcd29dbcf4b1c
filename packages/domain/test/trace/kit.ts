/** Builders for tests of the line: records as the store hands them over, with approvals and dates. */
import { loadCatalogue } from '@throughline/catalogue/load.ts';
import type { Approval, ApprovalAct } from '../../src/approvals.ts';
import type { Json } from '../../src/json.ts';
import { combine } from '../../src/trace/combine.ts';
import type {
  Gone,
  OrganisationInputs,
  SystemInputs,
  TraceMember,
  TraceRecord,
} from '../../src/trace/inputs.ts';
import { organisationFacts } from '../../src/trace/organisation-facts.ts';
import { systemFacts } from '../../src/trace/system-facts.ts';
import type { Judgement, RuledGap, StationResult, Trace } from '../../src/trace/types.ts';

export const catalogue = loadCatalogue();
export const today = '2026-11-21';
export const now = new Date(`${today}T12:00:00Z`);

type Changes = Partial<Omit<TraceRecord, 'fields' | 'links' | 'id' | 'kind'>> & {
  fields?: Record<string, Json>;
  links?: Record<string, readonly string[]>;
};

/** A record; `id` doubles as its ref in upper case, so that what a gap names reads well in a failing test. */
export function record(kind: string, id: string, changes: Changes = {}): TraceRecord {
  const owner = changes.fields?.owner;
  return {
    id,
    ref: id.toUpperCase(),
    kind,
    title: `Title of ${id}`,
    state: 'open',
    owner: typeof owner === 'string' ? owner : null,
    system: 'sys-1',
    version: 1,
    digest: `digest-${id}`,
    createdAt: '2026-03-01T09:00:00Z',
    updatedAt: '2026-03-01T09:00:00Z',
    materialAt: '2026-03-01T09:00:00Z',
    archived: false,
    approvals: [],
    inForce: null,
    ...changes,
    fields: changes.fields ?? {},
    links: changes.links ?? {},
  };
}

let acts = 0;
/** One act on a record's approval. */
export function act(
  name: ApprovalAct,
  o: { by?: string; at?: string; version?: number; basis?: Approval['basis'] } = {},
): Approval {
  acts += 1;
  return {
    id: `act-${acts}`,
    record: 'any',
    version: o.version ?? 1,
    digest: 'approved',
    act: name,
    basis: o.basis ?? [],
    by: o.by ?? 'boss',
    onBehalfOf: null,
    reason: null,
    at: o.at ?? '2026-04-01T09:00:00Z',
  };
}
export const approved = { approvals: [act('approve')] };

export function member(id: string, changes: Partial<TraceMember> = {}): TraceMember {
  return { id, name: id, active: true, roles: ['contributor'], leftOn: null, ...changes };
}

export const system = (changes: Changes = {}): TraceRecord =>
  record('system', 'sys-1', {
    state: 'operation-monitoring',
    ...changes,
    fields: { name: 'Triage', liveSince: '2026-02-01', ...changes.fields },
  });

export type World = {
  system?: TraceRecord;
  own?: readonly TraceRecord[];
  shared?: readonly TraceRecord[];
  gone?: readonly Gone[];
  organisation?: Partial<Omit<OrganisationInputs, 'records'>>;
  records?: readonly TraceRecord[];
  now?: Date;
};

export function organisationInputs(world: World = {}): OrganisationInputs {
  const own = world.system ?? system();
  return {
    id: 'org',
    name: 'Insurer',
    timeZone: 'Europe/Berlin',
    intervals: {},
    waivers: [],
    samePersons: [],
    members: [member('boss', { roles: ['top-management'] }), member('ann'), member('ben'), member('cid')],
    authority: [],
    systems: [{ id: own.id, ref: own.ref, title: own.title, state: own.state, fields: own.fields }],
    judgements: [],
    ...world.organisation,
    records: (world.records ?? []).map((item) => ({ ...item, system: null })),
  };
}

export function systemInputs(world: World = {}): SystemInputs {
  return {
    system: world.system ?? system(),
    own: world.own ?? [],
    shared: world.shared ?? [],
    gone: world.gone ?? [],
  };
}

export function trace(world: World = {}): Trace {
  const at = world.now ?? now;
  const organisation = organisationFacts(organisationInputs(world), catalogue, at);
  return combine(organisation, systemFacts(systemInputs(world), organisation), catalogue, at);
}

export function station(world: World, id: string): StationResult {
  const found = trace(world).stations.find((candidate) => candidate.id === id);
  if (!found) throw new RangeError(id);
  return found;
}

/** What one rule found, in a form that a table test compares. */
export function found(
  world: World,
  rule: string,
): {
  verdict: Judgement['verdict'] | 'later' | 'not-judged';
  gaps: readonly RuledGap[];
  until: string | null;
} {
  for (const candidate of trace(world).stations) {
    const gaps = candidate.gaps.filter((gap) => gap.rule === rule);
    if (gaps.some((gap) => gap.accepted))
      return { verdict: 'accepted', gaps, until: gaps[0]?.accepted?.until ?? null };
    if (gaps.length > 0) return { verdict: 'gap', gaps, until: null };
    if (candidate.unverifiable.some((item) => item.rule === rule))
      return { verdict: 'unverifiable', gaps, until: null };
    if (candidate.notApplicable.some((item) => item.rule === rule))
      return { verdict: 'not-applicable', gaps, until: null };
    if (candidate.later.some((item) => item.rule === rule)) return { verdict: 'later', gaps, until: null };
    const held = candidate.holding.find((item) => item.rule === rule);
    if (held) return { verdict: 'holds', gaps, until: held.until };
  }
  return { verdict: 'not-judged', gaps: [], until: null };
}

/** A sentence as a page writes it. */
export function text(sentence: StationResult['statement']): string {
  return sentence
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('record' in part) return part.record.toUpperCase();
      return 'day' in part ? part.day : part.member;
    })
    .join('');
}
