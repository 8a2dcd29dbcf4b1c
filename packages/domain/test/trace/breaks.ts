/** Short ways to break or extend the good world, for the tables of missed and held rules. */
import type { Gone, TraceMember, TraceRecord } from '../../src/trace/inputs.ts';
import { act, approved, record, type World } from './kit.ts';
import { changed, duty, goodWorld, having, havingShared, shownBy, without } from './world.ts';

export const home = { system: ['sys-1'] };
export const set = (id: string, fields: Parameters<typeof changed>[1]['fields'], world?: Made) =>
  changed(id, { fields: fields ?? {} }, world);
/** A risk that was archived, or erased, in June. */
export const gone = (id: string): Gone => ({
  ...{ id, ref: id.toUpperCase() },
  archivedAt: '2026-06-05T08:00:00Z',
});
export const state = (id: string, to: string, world?: Made) => changed(id, { state: to }, world);
export const authority = (dimension: string, level: string, who: string): World => ({
  ...goodWorld(),
  organisation: {
    ...goodWorld().organisation,
    authority: [
      { id: 'aut-1', dimension, level, member: who, role: null, validFrom: '2026-01-01', validTo: null },
    ],
  },
});
/** No table of authority: whoever may approve decides every level. */
export const limitless = (world: World): World => ({
  ...world,
  organisation: { ...world.organisation, authority: [] },
});
export const bound = (item: string, world = goodWorld()) => having([duty(item)], world);
/** A duty without anything that meets it, and the requirement of the house that it is seen to with. */
export const seenToWith = (house: Partial<TraceRecord> = {}) =>
  havingShared(
    [
      record('obligation', 'obl-house', {
        system: null,
        state: 'taken-on',
        owner: 'ann',
        fields: { source: 'house', item: 'OB-4' },
        links: { metBy: [shownBy('OB-4')] },
        ...house,
      }),
    ],
    having([{ ...duty('OB-4'), links: { ...home, refersTo: ['obl-house'] } }]),
  );
/** A fundamental-rights assessment with what Article 27(1) asks, before the good world went live. */
export const rights = {
  fria: 'done',
  affectedGroups: [{ group: 'Claimants' }],
  friaProcesses: 'First look at claims',
  friaPeriod: 'Daily, until June 2029',
  friaOversight: 'A clerk decides',
  friaMeasures: 'The desk lead stops it',
  friaOn: '2026-01-20',
  friaNotifiedOn: '2026-01-25',
};
export const incident = (fields: TraceRecord['fields'], at = 'open') =>
  having([record('incident', 'inc-1', { state: at, fields, links: home })]);
/** A concern about the system, as its parties alone read it. */
export const concernOf = (fields: TraceRecord['fields'], at = 'triaged', archived = false): TraceRecord => ({
  ...record('concern', 'con-1', { state: at, fields, links: { systems: ['sys-1'] } }),
  archived,
});
export const concern = (fields: TraceRecord['fields'], at = 'triaged') =>
  having([concernOf({ ...(at === 'received' ? {} : { triagedAt: '2026-11-01T09:00:00Z' }), ...fields }, at)]);
export const finding = (fields: TraceRecord['fields'], at = 'open') =>
  having([record('finding', 'fin-1', { state: at, fields, links: home })]);
export const noUse = () => without(['uc-1', 'cla-1', 'cla-2']);
export const moved = (fields: TraceRecord['fields'], links: TraceRecord['links'] = {}) =>
  changed('imp-1', { state: 'planned', fields: { ...fields, inPlaceSince: null }, links: { ...links } });
/** A plan moved twice, the second time at the moment given; its interim risk was accepted on 2026-04-01. */
export const movedAgain = (materialAt: string) =>
  set(
    'rsk-1',
    { acceptanceType: 'interim' },
    changed(
      'imp-1',
      { materialAt },
      moved(
        {
          firstPlannedOn: '2026-12-01',
          plannedOn: '2027-03-31',
          plannedDates: ['2026-12-01', '2027-01-31', '2027-03-31'],
          movedBecause: 'Supplier',
        },
        { interimRisk: ['rsk-1'] },
      ),
    ),
  );
export const excluding = () =>
  changed('doc-scope', {
    links: { excludesSystems: ['sys-1'] },
    fields: { exclusions: 'A pilot of another firm' },
  });

/** A second record like the first, under another id. */
export function twin(id: string, other: string): TraceRecord {
  const found = goodWorld().own.find((item) => item.id === id);
  if (!found) throw new RangeError(`No record ${id} in the world`);
  return { ...found, id: other, ref: other.toUpperCase() };
}

type Patch = Parameters<typeof changed>[1];
type Made = ReturnType<typeof goodWorld>;

/** The record changed, and a second one like it beside it (`uc-1-b`): what is said of several at once. */
export function pair(id: string, patch: Patch = {}, world: Made = goodWorld()): Made {
  const one = changed(id, patch, world);
  const at = (items: readonly TraceRecord[]) => items.filter((item) => item.id === id);
  const other = (item: TraceRecord) => ({ ...item, id: `${id}-b`, ref: `${id}-b`.toUpperCase() });
  return {
    ...one,
    own: [...one.own, ...at(one.own).map(other)],
    records: [...one.records, ...at(one.records).map(other)],
  };
}

/** Two suppliers of the system; the second has no agreement of its own. */
export const twoSuppliers = (fields: TraceRecord['fields'], world: Made = goodWorld()) =>
  pair('sup-1', { fields }, changed('sys-1', { links: { usesSupplier: ['sup-1', 'sup-1-b'] } }, world));

/** Two uses, each with an assessment of its own. */
export const twoAssessments = (patch: Patch) =>
  changed('ia-1-b', { links: { covers: ['uc-1-b'] } }, pair('ia-1', patch, pair('uc-1')));

/** A second applicable control that the system puts in place itself (`ctl-1-b`), with or without its implementation. */
export const twoControls = (patch: Patch = {}) =>
  changed(
    'imp-1-b',
    { links: { control: ['ctl-1-b'] } },
    pair(
      'imp-1',
      patch,
      changed('apl-1-b', { links: { control: ['ctl-1-b'] } }, pair('apl-1', {}, pair('ctl-1'))),
    ),
  );

const signedBefore = act('approve', { at: '2026-03-01T09:00:00Z' });

/** A class that somebody else gave the use, by a scheme whose version in force has levels S1 and S3. */
export const graded = (level: string): Made =>
  havingShared(
    [
      record('classification-scheme', 'sch-1', {
        ...approved,
        ...{ state: 'kept-up', system: null },
        fields: { method: 'given', levels: [{ level: 'S1' }, { level: 'S3' }] },
      }),
    ],
    having([
      record('classification', 'cla-3', {
        ...approved,
        state: 'final',
        fields: {
          ...{ scheme: 'other', otherOutcome: level, givenBy: 'supplier', givenOn: '2026-03-01' },
          ...{ classifiedOn: '2026-03-01', validatedOn: '2026-09-01' },
        },
        links: { useCase: ['uc-1'], byScheme: ['sch-1'] },
      }),
    ]),
  );

/** The class in law signed off a second time at a moment, with what it said before the run and says since. */
export const reclassified = (then: string[], now: string[], at: string): Made =>
  changed('cla-1', {
    version: 2,
    approvals: [signedBefore, act('approve', { at, version: 2 })],
    earlier: [{ version: 1, fields: { scheme: 'eu-ai-act', outcomes: then } }],
    fields: { outcomes: now },
  });

/** The tier withdrawn, and one signed off after the run in its place. */
export const retiered = (tier: string): Made =>
  changed(
    'cla-2',
    { state: 'withdrawn', approvals: [signedBefore], fields: { tier: 'moderate' } },
    pair(
      'cla-2',
      {},
      changed('cla-2', { approvals: [act('approve', { at: '2026-06-05T08:00:00Z' })], fields: { tier } }),
    ),
  );

/** A member other than in the good world: without access, or gone after a day. */
export function people(id: string, changes: Partial<TraceMember>, world: Made = goodWorld()): Made {
  const members = (world.organisation?.members ?? []).map((item) =>
    item.id === id ? { ...item, ...changes } : item,
  );
  return { ...world, organisation: { ...world.organisation, members } };
}

/** The system before it went live. */
export const before = (stage: string, world: Made = goodWorld()): Made =>
  changed('sys-1', { state: stage, fields: { liveSince: null } }, world);

/** No length of any interval is adopted. */
export const noIntervals = (world: Made = goodWorld()): Made => ({
  ...world,
  organisation: { ...world.organisation, intervals: {} },
});

/** The system with its last significant change at a moment, after its first entry in the register. */
export const systemChanged = (materialAt: string, world: Made = goodWorld()): Made =>
  changed('sys-1', { createdAt: '2026-01-01T09:00:00Z', materialAt }, world);

/** The system changed and changed back at a moment: it says again what it said in a stretch of time before. */
export const systemChangedBack = (materialAt: string, from: string, until: string): Made =>
  changed('sys-1', { saidSo: [[from, until]] }, systemChanged(materialAt));

/** A version that was changed in September, after a verification of it was approved. */
export const swapped = (verification: string, version: string, world: Made = goodWorld()): Made =>
  changed(
    verification,
    { approvals: [act('approve', { basis: [{ record: version, digest: 'digest-before' }] })] },
    changed(version, { materialAt: '2026-09-01T09:00:00Z' }, world),
  );
