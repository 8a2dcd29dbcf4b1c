import type { KindWire, RecordWire, RowWire } from '@throughline/domain/wire.ts';
import type { RevisionWire } from '@throughline/domain/wire-around.ts';

const allowed = { allowed: true } as const;

/** A declaration as the server answers it, with one field of each sort that the logic of pages tells apart. */
export const testKind: KindWire = {
  name: 'system',
  prefix: 'SYS',
  collection: 'systems',
  label: 'AI system',
  plural: 'Systems',
  purpose: 'Every AI system.',
  regime: 'factual',
  title: 'name',
  owner: 'owner',
  fields: {
    name: { type: 'line', max: 200, label: 'Name', required: true, column: true },
    purpose: { type: 'text', max: 8000, label: 'Purpose', station: 'scope' },
    owner: { type: 'member', label: 'Owner', station: 'ownership', column: true },
    unit: { type: 'line', max: 200, label: 'Unit', column: true },
    level: {
      type: 'choice',
      label: 'Level',
      options: [
        { id: 'low', label: 'Low' },
        { id: 'high', label: 'High' },
      ],
    },
    nextReview: { type: 'day', label: 'Next review', column: true },
    worst: { type: 'choice', label: 'Worst', derived: true, options: [{ id: 'low', label: 'Low' }] },
    markets: { type: 'list', max: 50, label: 'Markets' },
    effects: {
      type: 'rows',
      label: 'Effects',
      columns: { effect: { type: 'line', max: 200, label: 'Effect' } },
    },
  },
  relations: {
    usesModel: {
      type: 'uses',
      to: ['model'],
      many: true,
      required: false,
      label: 'Uses model',
      inverse: 'Used by system',
    },
  },
  index: ['title', 'state', 'owner', 'unit', 'level', 'nextReview'],
  material: ['purpose', 'usesModel'],
  stateLabel: 'Stage',
  states: {
    plan: { label: 'Plan', shape: 'hollow' },
    pilot: { label: 'Pilot', shape: 'half' },
    live: { label: 'Live', shape: 'full', live: true },
    retired: { label: 'Retired', shape: 'crossed', ended: true },
  },
  initial: 'plan',
  beginnings: ['plan'],
  transitions: {
    back: { label: 'Back to plan', from: ['pilot'], to: 'plan', requires: [] },
    release: { label: 'Release', from: ['pilot'], to: 'live', requires: [] },
    retire: { label: 'Retire', from: ['pilot', 'live'], to: 'retired', requires: [] },
  },
  approvable: false,
  approving: 'approve',
  serves: ['4.3'],
  abilities: { create: allowed, edit: allowed },
};

export const testRow = (over: Partial<RowWire> = {}): RowWire => ({
  id: 'id-1',
  ref: 'SYS-1',
  kind: 'system',
  title: 'Claims triage',
  state: 'live',
  version: 1,
  fields: {},
  updatedAt: '2026-11-02T10:00:00Z',
  ...over,
});

export const testRecord = (over: Partial<RecordWire> = {}): RecordWire => ({
  id: 'id-1',
  ref: 'SYS-1',
  kind: 'system',
  title: 'Claims triage',
  state: 'pilot',
  version: 3,
  fields: { name: 'Claims triage' },
  links: {},
  inverse: [],
  marks: {},
  home: null,
  approval: null,
  createdAt: '2026-01-02T10:00:00Z',
  updatedAt: '2026-11-02T10:00:00Z',
  updatedBy: { type: 'person', id: 'm-1' },
  proof: { digest: 'ab'.repeat(32), entry: 7 },
  external: [],
  abilities: { edit: allowed, approve: allowed, submit: allowed },
  transitions: [],
  members: {},
  ...over,
});

export const testRevision = (over: Partial<RevisionWire> = {}): RevisionWire => ({
  version: 1,
  act: 'edited',
  state: 'live',
  by: { type: 'person', id: 'm-1' },
  byName: 'Head of claims',
  at: '2026-11-02T10:00:00Z',
  because: null,
  changed: [],
  material: false,
  digest: 'ab'.repeat(32),
  entry: 1,
  fields: {},
  links: {},
  ...over,
});
