/** Worlds of random but legal content: whatever a form or an import can hold, linked in any way that is allowed. */
import fc from 'fast-check';
import { type ApprovalAct, approvalActs } from '../../src/approvals.ts';
import { registry } from '../../src/kinds/all.ts';
import { decideEdit, emptyContent, type Target } from '../../src/kinds/edit.ts';
import type { Kind } from '../../src/kinds/kind.ts';
import { minimalFields } from '../../src/kinds/testing.ts';
import type { TraceRecord } from '../../src/trace/inputs.ts';
import { drawnValue, mapped, type Source } from '../any-value.ts';
import { act, catalogue, member, type World } from './kit.ts';

const idOf = (n: number) => `0190a0b0-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
export const people = [1, 2, 3, 4].map(idOf);
const systemId = idOf(100);

/** Days around today, of every precision, and the two ends of the calendar. */
export const days = [
  '1000',
  '2025',
  '2025-Q4',
  '2026',
  '2026-Q3',
  '2026-Q4',
  '2026-02-28',
  '2026-10',
  '2026-11',
  '2026-11-20',
  '2026-11-21',
  '2026-11-22',
  '2026-12-21',
  '2027-Q1',
  '2028-02-29',
  '9999',
  '9999-12-31',
] as const;
const day = fc.constantFrom(...days);
const moment = fc.constantFrom(
  '1000-01-01T00:00:00Z',
  '2026-02-01T23:59:59Z',
  '2026-11-20T10:30:00Z',
  '2026-11-21T11:59:00Z',
  '2026-11-22T09:00:00Z',
);
const words = fc.constantFrom('A', 'constructor', '__proto__', '0', 'Some words {slot}', '  padded  ', '∅');

const catalogueIds = [
  ...catalogue.documents.mandatory.map(({ id }) => id),
  'SD-05',
  'SD-06',
  'SD-11',
  'A.2.2',
  'A.6.2.6',
  'OB-9',
  'OB-26-2',
  'OB-50-1',
  'operation-monitoring',
  'none-such',
];

const source: Source = {
  words,
  url: fc.constant('https://example.org/'),
  day,
  moment,
  member: fc.constantFrom(...people),
  file: fc.constant(idOf(999)),
  catalogue: catalogueIds,
};

type Drawn = {
  readonly kind: Kind;
  readonly fields: Record<string, unknown>;
  readonly picks: Record<string, readonly number[] | undefined>;
  readonly state: string;
  readonly atHome: boolean;
  readonly archived: boolean;
  readonly acts: readonly ApprovalAct[];
  readonly moment: string;
  readonly by: string;
  readonly draft: boolean;
};

function drawn(kind: Kind): fc.Arbitrary<Drawn> {
  const byHand = Object.fromEntries(Object.entries(kind.fields).filter(([, field]) => !field.derived));
  return fc.record({
    kind: fc.constant(kind),
    fields: fc.record(
      mapped(byHand, (field) => drawnValue(field, source)),
      { requiredKeys: [] },
    ),
    picks: fc.record(
      mapped(kind.relations, () => fc.array(fc.nat(30), { maxLength: 3 })),
      { requiredKeys: [] },
    ),
    state: fc.constantFrom(...Object.keys(kind.lifecycle.states)),
    atHome: fc.boolean(),
    archived: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    acts: fc.array(fc.constantFrom(...approvalActs), {
      maxLength: 3,
    }),
    moment,
    by: fc.constantFrom(...people, 'rule'),
    draft: fc.boolean(),
  });
}

/** The content as the kernel takes it; a contradiction is answered by leaving out what it names. */
function legal(o: Drawn, links: Record<string, readonly string[]>, targets: ReadonlyMap<string, Target>) {
  const patch = Object.fromEntries(Object.entries(links).map(([name, set]) => [name, { set }]));
  let fields: Record<string, unknown> = { ...minimalFields(o.kind), ...o.fields };
  for (let round = 0; round < 5; round += 1) {
    try {
      return decideEdit(withoutDemands(o.kind), emptyContent, { fields, links: patch }, targets).next;
    } catch (error) {
      const named = JSON.stringify(error instanceof Error && 'items' in error ? error.items : []);
      const kept = Object.entries(fields).filter(([name]) => !named.includes(`"fields.${name}"`));
      fields = Object.fromEntries(kept);
    }
  }
  return { fields: minimalFields(o.kind), links };
}

/** Records outlive their targets, so what must be linked at creation may be missing when it is read. */
function withoutDemands(kind: Kind): Kind {
  const relations = Object.entries(kind.relations).map(([name, relation]) => [
    name,
    { ...relation, required: false },
  ]);
  return { ...kind, relations: Object.fromEntries(relations) };
}

function assembled(all: readonly Drawn[], stage: string): World & { readonly system: TraceRecord } {
  const ids = all.map((one, position) => (one.kind.name === 'system' ? systemId : idOf(200 + position)));
  const targets = new Map<string, Target>(
    all.map((one, position) => [ids[position] ?? '', { kind: one.kind.name, archived: false }]),
  );
  const records = all.map((one, position): TraceRecord => {
    const links: Record<string, readonly string[]> = {};
    let home = false;
    for (const [name, picks] of Object.entries(one.picks)) {
      const relation = one.kind.relations[name];
      if (!relation || !picks || (relation.type === 'within' && home)) continue;
      const allowed = ids.filter((id) => relation.to.includes(targets.get(id)?.kind ?? ''));
      const set = [...new Set(picks.map((pick) => allowed[pick % Math.max(1, allowed.length)] ?? ''))]
        .filter((id) => id !== '')
        .slice(0, relation.many ? 3 : 1);
      if (set.length > 0) links[name] = set;
      home = home || (relation.type === 'within' && set.length > 0);
    }
    const content = legal(one, links, targets);
    const owner = content.fields[one.kind.owner ?? 'owner'];
    const id = ids[position] ?? '';
    return {
      id,
      ref: `${one.kind.prefix}-${position + 1}`,
      kind: one.kind.name,
      title: String(content.fields[one.kind.title] ?? id),
      state: one.kind.name === 'system' ? stage : one.state,
      owner: typeof owner === 'string' ? owner : null,
      system: one.atHome ? systemId : null,
      version: 2,
      digest: `digest-${id}`,
      createdAt: one.moment,
      updatedAt: one.moment,
      materialAt: one.moment,
      archived: one.archived && one.kind.name !== 'system',
      approvals: one.acts.map((name) =>
        act(name, {
          by: one.by,
          at: one.moment,
          basis: [{ record: ids[(position + 1) % ids.length] ?? id, digest: one.draft ? 'old' : 'approved' }],
        }),
      ),
      inForce: one.draft ? { version: 1, fields: minimalFields(one.kind), links: {} } : null,
      ...content,
    };
  });
  const [system, ...rest] = records;
  if (!system) throw new RangeError('A world has a system');
  return {
    system,
    own: rest.filter((record) => record.system === systemId),
    records: rest.filter((record) => record.system === null),
  };
}

const system = registry.get('system');
const others = registry.kinds.filter((kind) => kind !== system);

/** A system at any stage with up to sixty records of any kinds, its own and the organisation's. */
export const worlds: fc.Arbitrary<World & { readonly system: TraceRecord }> = fc
  .tuple(
    drawn(system),
    fc.array(fc.oneof(...others.map(drawn)), { minLength: 10, maxLength: 60, size: 'max' }),
    fc.oneof(
      fc.constantFrom('operation-monitoring', 're-evaluation'),
      fc.constantFrom(...Object.keys(system.lifecycle.states), 'unknown-stage'),
    ),
    fc.constantFrom('UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kathmandu'),
    fc.constantFrom<Record<string, string>>(
      {},
      Object.fromEntries(intervalIds().map((id) => [id, 'P1Y'])),
      Object.fromEntries(intervalIds().map((id) => [id, 'continuous'])),
    ),
    fc.boolean(),
  )
  .map(([first, rest, stage, timeZone, intervals, waived]) => {
    const world = assembled([first, ...rest], stage);
    return {
      ...world,
      organisation: {
        timeZone,
        intervals,
        waivers: waived
          ? [{ id: 'wvr-1', at: '2020-01-01T00:00:00.000Z', lastDay: '2026-11-20', endedAt: null }]
          : [],
        samePersons: waived ? ([[people[0] ?? '', people[1] ?? '']] as const) : [],
        members: [
          member(people[0] ?? '', { roles: ['top-management'] }),
          member(people[1] ?? '', { leftOn: '2026-11-22' }),
          member(people[2] ?? '', { active: false, leftOn: '2026-10-30' }),
        ],
        authority: [
          {
            id: 'aut-1',
            dimension: 'residual_risk',
            level: 'moderate',
            member: null,
            role: 'top-management',
            validFrom: '2026',
            validTo: '2026-11-21',
          },
        ],
      },
    };
  });

function intervalIds(): string[] {
  return catalogue.stations.stations.flatMap(({ rules }) =>
    rules.flatMap((rule) => (rule.interval ? [rule.interval] : [])),
  );
}
