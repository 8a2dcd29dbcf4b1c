/** A world in which every judged rule that applies holds; tests break one thing at a time. */
import type { Json } from '../../src/json.ts';
import type { TraceRecord } from '../../src/trace/inputs.ts';
import { act, catalogue, member, record, system, type World } from './kit.ts';
import {
  buildRecords,
  home,
  organisationRecords,
  proofRecords,
  riskRecords,
  role,
  supplyRecords,
  useCaseRecords,
} from './world-records.ts';

type Patch = { fields?: Record<string, Json>; links?: Record<string, readonly string[]> } & Partial<
  Omit<TraceRecord, 'fields' | 'links'>
>;
type Made = World & {
  readonly system: TraceRecord;
  readonly own: readonly TraceRecord[];
  readonly records: readonly TraceRecord[];
};

const intervals = Object.fromEntries(
  [
    'policy_review',
    'use_case_review',
    'supplier_review',
    'risk_classification',
    'impact_assessment',
    'risk_assessment',
    'control_test',
  ]
    .concat(['walk_high_risk', 'walk_other', 'internal_audit'])
    .map((id) => [id, 'P1Y']),
);
export function goodWorld(): Made {
  return {
    system: system({
      owner: 'ann',
      fields: {
        owner: 'ann',
        deputy: 'ben',
        unit: 'Claims',
        purpose: 'Sort claims',
        organisationRoles: ['customer'],
        inScope: 'yes',
        markets: ['Germany'],
        legalOverlay: ['eu-ai-act'],
      },
      links: {
        usesModel: ['mdl-1'],
        usesDataset: ['dat-1'],
        usesResource: ['res-tool', 'res-computing', 'res-people'],
        usesSupplier: ['sup-1'],
        instructions: ['doc-plan'],
      },
    }),
    own: [
      role('rol-1', 'system-owner', 'ann'),
      role('rol-2', 'data-steward', 'ben'),
      role('rol-3', 'human-overseer', 'ben', {
        trainedOn: '2026-01-05',
        authority: 'May stop it',
        support: 'Two hours a week',
      }),
      role('rol-4', 'impact-assessment-lead', 'ben'),
      role('rol-5', 'procurement-lead', 'ben'),
      ...supplyRecords(),
      ...buildRecords(),
      ...useCaseRecords(),
      ...riskRecords(),
      ...proofRecords(),
    ],
    records: organisationRecords(),
    organisation: {
      intervals,
      authority: [
        {
          ...{ id: 'aut-0', dimension: 'residual_risk', level: 'severe', member: 'boss', role: null },
          ...{ validFrom: '2020-01-01', validTo: null },
        },
      ],
      members: [
        member('boss', { roles: ['top-management'] }),
        member('ann'),
        member('ben'),
        member('cid'),
        member('gone', { active: false, leftOn: '2026-10-30' }),
      ],
    },
  };
}

function patched(item: TraceRecord, patch: Patch): TraceRecord {
  const { fields, links, ...rest } = patch;
  return {
    ...item,
    ...rest,
    fields: prune({ ...item.fields, ...fields }),
    links: { ...item.links, ...links },
    owner: rest.owner ?? (typeof fields?.owner === 'string' ? fields.owner : item.owner),
  };
}

/** `null` takes a field away: missing and empty are both absent in what the store hands over. */
function prune(fields: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** A record in force with the content of the good world, or `as`, and a later draft of it. */
export function inForceAs(id: string, draft: Patch, as: Patch = {}, world: Made = goodWorld()): Made {
  const before = [...world.own, ...world.records].find((item) => item.id === id);
  if (!before) throw new RangeError(`No record ${id} in the world`);
  const { fields, links } = patched(before, as);
  return changed(id, { version: 2, inForce: { version: 1, fields, links }, ...draft }, world);
}

/** The good world with one record changed. */
export function changed(id: string, patch: Patch, world: Made = goodWorld()): Made {
  const each = (items: readonly TraceRecord[]) =>
    items.map((item) => (item.id === id ? patched(item, patch) : item));
  const known = [world.system, ...world.own, ...world.records].some((item) => item.id === id);
  if (!known) throw new RangeError(`No record ${id} in the world`);
  return {
    ...world,
    system: world.system.id === id ? patched(world.system, patch) : world.system,
    own: each(world.own),
    records: each(world.records),
  };
}

/** The good world without some records. */
export function without(ids: readonly string[], world: Made = goodWorld()): Made {
  const keep = (item: TraceRecord) => !ids.includes(item.id);
  return { ...world, own: world.own.filter(keep), records: world.records.filter(keep) };
}

/** The good world with further records, at home in the system or in the organisation. */
export function having(items: readonly TraceRecord[], world: Made = goodWorld()): Made {
  return { ...world, own: [...world.own, ...items] };
}
export function havingShared(items: readonly TraceRecord[], world: Made = goodWorld()): Made {
  return { ...world, records: [...world.records, ...items] };
}

/** A duty of law recorded for the system, binding since a day. */
export function duty(
  item: string,
  appliesFrom = '2026-08-02',
  id = `obl-${item.toLowerCase()}`,
): TraceRecord {
  return record('obligation', id, {
    state: 'taken-on',
    owner: 'ann',
    fields: { source: 'law', item, appliesFrom },
    links: { ...home, metBy: [shownBy(item)] },
  });
}

/** A record of the good world that shows a duty met by a kind that the law names; a use where it has none. */
export function shownBy(item: string): string {
  const kinds = catalogue.euAiAct.obligations.find(({ id }) => id === item)?.discharged_by ?? [];
  const { own, records } = goodWorld();
  return [...own, ...records].find(({ kind }) => kinds.includes(kind))?.id ?? 'uc-1';
}
export const withdrawn = {
  approvals: [act('approve'), act('withdraw', { by: 'boss', at: '2026-09-01T09:00:00Z' })],
};
export const voided = {
  approvals: [act('approve'), act('void', { by: 'rule', at: '2026-09-01T09:00:00Z' })],
};
export const unapproved = { approvals: [] };
