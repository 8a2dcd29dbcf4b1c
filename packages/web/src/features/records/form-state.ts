import type { Json } from '@throughline/domain/json.ts';
import type { LinkPatch } from '@throughline/domain/kinds/edit.ts';
import type { KindWire, RecordWire, RefWire } from '@throughline/domain/wire.ts';
import type { FieldProblem } from '../../api/problem.ts';
import type { RecordPatch } from '../../api/records.ts';
import { tidyValue } from '../../kinds/field-editor.tsx';
import { isEmptyValue, isForHere, isLocked, partLabel } from '../../kinds/parts.ts';
import { t } from '../../text/t.ts';
import type { FieldError } from '../../ui/fields/field.tsx';
import type { Draft } from './draft.ts';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

export const fieldId = (part: string): string => `part-${part}`;

/** What a new record is asked for: what is needed, and the owner, since somebody answers for it from the start. */
export const askedFields = (kind: KindWire): readonly string[] =>
  Object.entries(kind.fields)
    .filter(([name, field]) => field.required === true || name === kind.title || name === kind.owner)
    .map(([name]) => name);

export const askedRelations = (kind: KindWire): readonly string[] =>
  Object.entries(kind.relations)
    .filter(([, relation]) => relation.required)
    .map(([name]) => name);

/** Whether a form asks for a field: not one that is worked out, and what is asked in other cases only once it is filled. */
export const isAsked = (kind: KindWire, name: string, fields: Draft['fields']): boolean => {
  const field = kind.fields[name];
  return field !== undefined && !isLocked(field) && isForHere(field, fields, name);
};

/** Relations that a form changes: not those that an act of its own writes. */
export const openRelations = (kind: KindWire): readonly string[] =>
  Object.keys(kind.relations).filter((name) => kind.relations[name]?.byAct !== true);

/** The content of a record as a form begins with it. */
export const draftOf = (record: RecordWire): Draft => ({ fields: record.fields, links: record.links });

/** Every record that a draft links to. */
export const linkedIn = (draft: Draft): readonly RefWire[] => Object.values(draft.links).flat();

const idsOf = (refs: readonly { id: string }[] | undefined): readonly string[] =>
  (refs ?? []).map((ref) => ref.id).sort();

/** Targets added and taken away; undefined where they are the same. */
export const linkPatchOf = (
  before: readonly RefWire[] | undefined,
  now: readonly RefWire[] | undefined,
): LinkPatch | undefined => {
  const [old, next] = [idsOf(before), idsOf(now)];
  const add = next.filter((id) => !old.includes(id));
  const remove = old.filter((id) => !next.includes(id));
  if (add.length === 0 && remove.length === 0) return undefined;
  return { ...(add.length > 0 ? { add } : {}), ...(remove.length > 0 ? { remove } : {}) };
};

/** What a form changes against what stood: fields that differ, links added and taken away. Undefined where nothing does. */
export const patchOf = (kind: KindWire, before: Draft, now: Draft): RecordPatch | undefined => {
  const fields: Record<string, Json> = {};
  for (const [name, field] of Object.entries(kind.fields)) {
    const value = tidyValue(field, now.fields[name] ?? null);
    if (!isLocked(field) && !same(value, before.fields[name])) fields[name] = value;
  }
  const links: Record<string, LinkPatch> = {};
  for (const name of Object.keys(kind.relations)) {
    const change = linkPatchOf(before.links[name], now.links[name]);
    if (change !== undefined) links[name] = change;
  }
  if (Object.keys(fields).length === 0 && Object.keys(links).length === 0) return undefined;
  return {
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    ...(Object.keys(links).length > 0 ? { links } : {}),
  };
};

/** What a new record is made with: everything filled in, links as they are. */
export const newPatch = (kind: KindWire, now: Draft): RecordPatch & { state?: string } => {
  const fields = Object.fromEntries(
    Object.entries(kind.fields).flatMap(([name, field]): [string, Json][] => {
      const value = tidyValue(field, now.fields[name] ?? null);
      return isEmptyValue(value) ? [] : [[name, value]];
    }),
  );
  const links = Object.fromEntries(
    Object.entries(now.links).flatMap(([name, refs]): [string, LinkPatch][] =>
      refs.length === 0 ? [] : [[name, { set: idsOf(refs) }]],
    ),
  );
  return { fields, links, ...(now.state === undefined ? {} : { state: now.state }) };
};

/** What is needed and not there, in the order of the form. */
export const missingOf = (kind: KindWire, now: Draft): readonly FieldError[] => {
  const parts = [
    ...Object.entries(kind.fields)
      .filter(([name, field]) => field.required === true && isEmptyValue(now.fields[name]))
      .map(([name]) => name),
    ...Object.entries(kind.relations)
      .filter(([name, relation]) => relation.required && (now.links[name] ?? []).length === 0)
      .map(([name]) => name),
  ];
  return parts.map((part) => {
    const label = partLabel(kind, part);
    return { id: fieldId(part), label, message: t('form.needed', { label }) };
  });
};

/** The server's refusals at the fields they speak of: `fields.startedOn` is the field `startedOn`. */
export const refusedOf = (kind: KindWire, problems: readonly FieldProblem[]): readonly FieldError[] =>
  problems.map(({ at, message }) => {
    const part = at.replace(/^(fields|links)\./, '').split(/[.[]/)[0] ?? at;
    const label = part === 'because' ? t('form.because') : partLabel(kind, part);
    return { id: fieldId(part), label, message };
  });
