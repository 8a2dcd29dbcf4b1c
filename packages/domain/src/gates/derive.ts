/** The criteria of a gate, derived from what is on record about the system: one pure definition for page, step and line. */
import { judgedRule } from '@throughline/catalogue/lookup.ts';
import { indexOf } from '@throughline/catalogue/lookup-index.ts';
import type { Catalogue } from '@throughline/catalogue/types.ts';
import type { RequirementSource } from '@throughline/catalogue/vocabulary.ts';
import { applies } from '../trace/applies.ts';
import { classificationsOf, current } from '../trace/classes.ts';
import { Clock } from '../trace/clock.ts';
import { liveVersions } from '../trace/composition.ts';
import { approvedOf, type Context } from '../trace/context.ts';
import { reaches } from '../trace/documents.ts';
import type { SystemInputs, TraceRecord } from '../trace/inputs.ts';
import type { OrganisationFacts } from '../trace/organisation-facts.ts';
import { cellText, linksOf, type Readable, rowsOf, saysSentence, textOf } from '../trace/read.ts';
import { rec, say } from '../trace/say.ts';
import { stationRules } from '../trace/stations/all.ts';
import { builds } from '../trace/stations/build.ts';
import { systemFacts } from '../trace/system-facts.ts';
import type { Action, Judgement, Sentence } from '../trace/types.ts';
import { useCases } from '../trace/use-cases.ts';
import { underWaiver } from '../trace/waivers.ts';
import { type CatalogueCriterion, catalogueCriteria, gateBefore, type OwnJudge } from './criteria.ts';
import { bindsAll } from './own-criteria.ts';
import { type GateType, isGateType } from './stages.ts';
import { gateStanding, openGates } from './standing.ts';

export type Finding = 'met' | 'not-met' | 'undetermined' | 'does-not-apply' | 'person';
/**
 * Where a criterion comes from: a rule of the line, the catalogue's own list of this gate (both with the clauses and
 * controls that they rest on), or a document of the organisation.
 */
export type Origin =
  | { readonly type: 'line' | 'catalogue'; readonly refs: readonly string[] }
  | { readonly type: 'organisation'; readonly document: string };
export type Criterion = {
  /** What tells it apart: the rule's id, the gate type with a word, or the ref of the organisation's document. */
  readonly key: string;
  readonly text: string;
  readonly source: RequirementSource;
  readonly from: Origin;
  readonly finding: Finding;
  /** Why so, by which records. */
  readonly says: readonly Sentence[];
  readonly records: readonly string[];
  /** What closes it, where one thing does. */
  readonly action: Action | null;
};

/** What a gate is asked about: of a record, or of one that is not there yet. */
export type Asked = {
  readonly type: GateType;
  readonly record: TraceRecord | null;
  readonly version: string | null;
  readonly useCases: readonly string[];
};

export const askedOf = (gate: TraceRecord): Asked | null => {
  const type = textOf(gate, 'type');
  return isGateType(type)
    ? {
        type,
        record: gate,
        version: linksOf(gate, 'version')[0] ?? null,
        useCases: linksOf(gate, 'useCases'),
      }
    : null;
};

type World = {
  readonly organisation: OrganisationFacts;
  readonly inputs: SystemInputs;
  readonly catalogue: Catalogue;
};

/** Every criterion of a gate with what the records say of it. Pure; `organisation` carries the day. */
export function deriveCriteria({ organisation, inputs, catalogue }: World, asked: Asked): Criterion[] {
  const clock = new Clock(organisation.today);
  const now: Context = { organisation, system: systemFacts(inputs, organisation), clock };
  const then: Context = {
    ...now,
    system: systemFacts(asIfPassed(inputs, asked, organisation), organisation),
    asIf: { runs: now.system.live },
  };
  return [
    ...catalogueCriteria[asked.type].map((one) => fromCatalogue(now, then, catalogue, asked, one)),
    ...ownCriteria(then, asked.type),
  ];
}

/**
 * The system as it would stand once the gate is passed: live, on the version asked for, used as asked. Rules about what
 * runs are judged so before it does.
 */
function asIfPassed(inputs: SystemInputs, asked: Asked, { today }: OrganisationFacts): SystemInputs {
  const ends = asked.type === 'decommission-approval';
  const own = inputs.own.map((record): TraceRecord => {
    if (record.kind === 'system-version' && asked.version !== null)
      return record.id === asked.version
        ? { ...record, state: 'live', fields: { ...record.fields, liveFrom: today } }
        : { ...record, state: 'replaced' };
    const isUse = record.kind === 'use-case' && asked.useCases.length > 0;
    return isUse && record.state !== 'in-use' && !asked.useCases.includes(record.id)
      ? { ...record, state: 'suspended' }
      : record;
  });
  const system = ends ? inputs.system : { ...inputs.system, state: 'operation-monitoring' };
  return { ...inputs, system, own };
}

function fromCatalogue(
  now: Context,
  then: Context,
  catalogue: Catalogue,
  asked: Asked,
  criterion: CatalogueCriterion,
): Criterion {
  if ('rule' in criterion) return fromRule(then, catalogue, criterion.rule);
  const from: Origin = { type: 'catalogue', refs: criterion.refs };
  const common = { text: criterion.text, source: 'standard' as const, from };
  if ('ask' in criterion)
    return {
      key: `${asked.type}: ${criterion.ask}`,
      ...common,
      finding: 'person',
      says: [],
      records: [],
      action: null,
    };
  const found = ownJudges[criterion.own](now, asked);
  return { key: `${asked.type}: ${criterion.own}`, ...common, action: null, ...found };
}

function fromRule(c: Context, catalogue: Catalogue, id: string): Criterion {
  const declared = judgedRule(catalogue, id);
  const station = indexOf(catalogue).rules.get(id)?.station.id;
  const here = station && stationRules[station].rules.find((rule) => rule.id === id);
  const rule = station && indexOf(catalogue).rules.get(id)?.rule;
  if (!declared || !here || !rule) throw new RangeError(`No rule ${id} is judged`);
  const judgement = underWaiver(c, rule, applies(c, rule) ?? here.judge(c));
  const from: Origin = { type: 'line', refs: rule.refs };
  const found = findingOf(judgement);
  const empty = found.finding === 'does-not-apply' && lookedAt[id]?.(c) === false;
  return {
    ...{ key: id, text: declared.text, source: declared.source, from },
    ...found,
    finding: empty ? 'undetermined' : found.finding,
  };
}

const holds = (c: Context, ...kinds: string[]): boolean =>
  kinds.some((kind) => (c.system.byKind.get(kind) ?? []).length > 0);

/**
 * Whether there is anything that a rule looks at. On the line a rule about nothing does not apply; at a gate nothing is
 * what was not done yet, so it cannot be told, and a person says what they looked at.
 */
const lookedAt: Readonly<Record<string, (c: Context) => boolean>> = {
  CL3: (c) => holds(c, 'classification'),
  CL5: (c) => holds(c, 'classification'),
  RI2: (c) => holds(c, 'impact-assessment', 'risk-assessment'),
  RI4: (c) => holds(c, 'risk', 'risk-assessment'),
  RI5: (c) => holds(c, 'risk', 'risk-assessment'),
  RE3: (c) => liveVersions(c).length > 0,
  RE4: (c) => liveVersions(c).length > 0,
  IN1: (c) => liveVersions(c).length > 0,
};

function findingOf(judgement: Judgement): Pick<Criterion, 'finding' | 'says' | 'records' | 'action'> {
  switch (judgement.verdict) {
    case 'holds':
      return { finding: 'met', says: [], records: judgement.records, action: null };
    case 'accepted':
    case 'gap': {
      const { gaps } = judgement;
      return {
        finding: judgement.verdict === 'accepted' ? 'met' : 'not-met',
        says: gaps.map(({ sentence }) => sentence),
        records: [...new Set(gaps.flatMap(({ records }) => records))],
        action: gaps.find(({ action }) => action !== null)?.action ?? null,
      };
    }
    case 'unverifiable':
      return { finding: 'undetermined', says: [judgement.why], records: judgement.records, action: null };
    case 'not-applicable':
      return { finding: 'does-not-apply', says: [judgement.why], records: [], action: null };
  }
}

type Found = Pick<Criterion, 'finding' | 'says' | 'records'>;
const met = (records: readonly TraceRecord[]): Found => ({
  finding: 'met',
  says: [],
  records: records.map(({ id }) => id),
});
const missed = (sentence: Sentence, records: readonly TraceRecord[] = []): Found => ({
  finding: 'not-met',
  says: [sentence],
  records: records.map(({ id }) => id),
});

const ownJudges: Readonly<Record<OwnJudge, (c: Context, asked: Asked) => Found>> = {
  earlier: (c, asked) => {
    const type = gateBefore[asked.type];
    const all = type ? openGates(c, type) : [];
    // A verdict speaks of one version; approvals of uses and designs of the system.
    const fits = all.filter(
      (gate) => type !== 'evaluation-verdict' || linksOf(gate, 'version').includes(asked.version ?? ''),
    );
    const passed = (c.system.byKind.get('gate') ?? []).filter(
      (gate) => textOf(gate, 'type') === type && gate.state === 'passed',
    );
    if (fits.length > 0) return met(fits.slice(-1));
    const fell = passed.filter((gate) => !gateStanding(c, gate).stands);
    return fell.length > 0
      ? missed(say('gate-earlier-fell', { gate: rec(fell[0] ?? '') }), fell)
      : missed(say('gate-earlier-none'), []);
  },
  version: (c, asked) => {
    const version = asked.version === null ? undefined : c.system.find(asked.version);
    if (!version) return missed(say('gate-version-none'));
    return version.system === c.system.record.id && version.kind === 'system-version'
      ? met([version])
      : missed(say('gate-version-other', { version: rec(version), system: rec(c.system.record) }), [version]);
  },
  verdict: (c) => {
    const approved = (kind: string) =>
      (c.system.byKind.get(kind) ?? []).filter(
        (record) => record.state !== 'withdrawn' && c.system.approved(record) !== null,
      );
    const [needs, design] = [approved('requirement-spec'), approved('design-record')];
    if (needs.length === 0) return missed(say('gate-no-requirements', { system: rec(c.system.record) }));
    if (builds(c) && design.length === 0)
      return missed(say('gate-no-design', { system: rec(c.system.record) }));
    return met([...needs, ...design]);
  },
  plan: (_, { record }) => written(record, 'plan'),
  'settled-data': (_, { record }) => written(record, 'settledData'),
  'settled-people': (_, { record }) => written(record, 'settledPeople'),
};

/** What was settled, or how it is gone about, is said in a sentence: a word settles nothing (A.6.2.5). */
function written(gate: TraceRecord | null, part: string): Found {
  if (gate !== null && saysSentence(gate, part)) return met([]);
  return missed(say('gate-not-written'));
}

const tiers = ['low', 'moderate', 'high', 'severe'];

/**
 * The highest tier of its own that any use of the system has, signed off or not; nothing while a use has none that
 * another person signed off, for whoever asks for a gate would name the tier that spares them criteria.
 */
function tierOf(c: Context): number {
  const uses = useCases(c).map((record) => classificationsOf(c, record, 'own-tier'));
  const open = uses.some((classes) => !classes.some((one) => tierIn(approvedOf(c, one)) >= 0));
  return open ? -1 : Math.max(-1, ...uses.flat().map((one) => tierIn(current(c, one))));
}

const tierIn = (content: Readable | null): number =>
  content === null ? -1 : tiers.indexOf(textOf(content, 'tier') ?? '');

/** Documents of the organisation's own criteria in force that reach the system. */
function ownDocuments(
  c: Context,
): { readonly record: TraceRecord; readonly rows: ReturnType<typeof rowsOf> }[] {
  return (c.organisation.byKind.get('document') ?? []).flatMap((record) => {
    const content = c.organisation.approved(record);
    if (!content || record.state === 'withdrawn' || textOf(content, 'type') !== 'gate-criteria') return [];
    return bindsAll(content) || reaches(c.organisation, content, c.system.record)
      ? [{ record, rows: rowsOf(content, 'gateCriteria') }]
      : [];
  });
}

/** The organisation's own criteria: they bind from the tier they name on, and a system without a signed-off tier of each use to all of them. */
function ownCriteria(c: Context, type: GateType): Criterion[] {
  const tier = tierOf(c);
  return ownDocuments(c).flatMap(({ record, rows }) =>
    rows.flatMap((row): Criterion[] => {
      const text = cellText(row, 'criterion');
      const from = tiers.indexOf(cellText(row, 'fromTier') ?? '');
      if (cellText(row, 'gate') !== type || text === null) return [];
      if (tier >= 0 && tier < from) return [];
      return [
        {
          key: record.ref,
          text,
          source: 'house',
          from: { type: 'organisation', document: record.id },
          finding: 'person',
          says: [],
          records: [record.id],
          action: null,
        },
      ];
    }),
  );
}
