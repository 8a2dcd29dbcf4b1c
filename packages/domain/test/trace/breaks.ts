/** Short ways to break or extend the good world, for the tables of missed and held rules. */
import type { TraceRecord } from '../../src/trace/inputs.ts';
import { record, type World } from './kit.ts';
import { changed, duty, goodWorld, having, without } from './world.ts';

export type Row = readonly [rule: string, what: string, world: () => World, words: string];

export const home = { system: ['sys-1'] };
export const set = (id: string, fields: Parameters<typeof changed>[1]['fields']) =>
  changed(id, { fields: fields ?? {} });
export const state = (id: string, to: string) => changed(id, { state: to });
export const authority = (dimension: string, level: string, who: string): World => ({
  ...goodWorld(),
  organisation: {
    ...goodWorld().organisation,
    authority: [
      { id: 'aut-1', dimension, level, member: who, role: null, validFrom: '2026-01-01', validTo: null },
    ],
  },
});
export const bound = (item: string, world = goodWorld()) => having([duty(item)], world);
export const incident = (fields: TraceRecord['fields'], at = 'open') =>
  having([record('incident', 'inc-1', { state: at, fields, links: home })]);
export const finding = (fields: TraceRecord['fields'], at = 'open') =>
  having([record('finding', 'fin-1', { state: at, fields, links: home })]);
export const noUse = () => without(['uc-1', 'cla-1', 'cla-2']);
export const moved = (fields: TraceRecord['fields'], links: TraceRecord['links'] = {}) =>
  changed('imp-1', { state: 'planned', fields: { ...fields, inPlaceSince: null }, links: { ...links } });
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
