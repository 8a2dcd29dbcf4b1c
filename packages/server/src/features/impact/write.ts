import { DomainError, type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import { confirmed } from '@throughline/domain/impact/confirm.ts';
import { filledIn } from '@throughline/domain/impact/known.ts';
import { mergedEdit, type SheetEdit } from '@throughline/domain/impact/merge.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { editInside } from '../../records/edit-record.ts';
import { ensureMay, ensureVersion, lockFor } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { revisionAt } from '../../store/history.ts';
import { impactMethod } from '../../store/impact.ts';
import type { Reader } from '../../store/reader.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { aroundOf } from './sources.ts';

export type WriteSheet = SheetEdit & {
  readonly ref: string;
  /** The version that was read when writing began; a later one is merged with. */
  readonly version: number;
  /** Fields that a person confirmed as they stand. */
  readonly confirm: readonly string[];
  /** To follow the version of the method that is in force now. */
  readonly takeMethod: boolean;
};

const noNumber = 'Effects are numbered from 1 on. A new one is sent without a number.';

/** Fields that are written by what they mean, not as they are kept. */
const notWritten: Readonly<Record<string, string>> = {
  effects: 'Effects are written row by row, as `effects`.',
  toConfirm: 'A field is confirmed by naming it in `confirm`.',
};

/**
 * Writes into an assessment. What somebody else wrote since `version` stays: different fields, rows and cells are put
 * together, and where both wrote the same one otherwise, nothing is written and each is named (`changed`).
 */
export async function writeSheet(services: Services, ctx: Context, input: WriteSheet): Promise<void> {
  const kind = services.registry.get('impact-assessment');
  ensureMay(ctx.actor, kind, 'edit');
  refuseUnknown(kind, input);
  await services.store.change(ctx, async (write) => {
    const record = await lockFor(write, kind, input.ref, 'edit');
    const base = await contentAt(write, record, input.version);
    const { fields, clashes } = mergedEdit(
      base,
      record.content,
      input,
      (field) => kind.fields[field]?.label ?? field,
    );
    if (clashes.length > 0) refuseClash(record, input.version, clashes);
    const touched = [...Object.keys(input.fields), ...input.confirm];
    const method = input.takeMethod ? await methodPatch(write) : null;
    await editInside(write, kind, record, {
      fields: {
        ...fields,
        ...method?.fields,
        ...(touched.length > 0 ? { toConfirm: confirmed(record.content, touched) } : {}),
      },
      links: method?.links ?? {},
    });
  });
}

function refuseUnknown(kind: Kind, { fields, effects, confirm }: WriteSheet): void {
  const items: ErrorItem[] = [
    ...Object.keys(fields).flatMap((field) =>
      Object.hasOwn(notWritten, field) ? [{ at: `fields.${field}`, message: notWritten[field] ?? '' }] : [],
    ),
    ...confirm.flatMap((field, n) =>
      Object.hasOwn(kind.fields, field)
        ? []
        : [{ at: `confirm.${n}`, message: `${kind.label} has no field "${field}".` }],
    ),
    ...effects.set.flatMap(({ number }, n) =>
      number === undefined || number === null || (Number.isSafeInteger(number) && Number(number) > 0)
        ? []
        : [{ at: `effects.set.${n}.number`, message: noNumber }],
    ),
  ];
  if (items.length > 0) throw unprocessable(items);
}

/** What stood when writing began. A version that never was is no place to begin. */
async function contentAt(reader: Reader, record: StoredRecord, version: number): Promise<Content> {
  if (version === record.version) return record.content;
  const revision = version < record.version ? await revisionAt(reader, record.id, version) : undefined;
  if (!revision) ensureVersion(record, version);
  // What was erased can be nobody's beginning: against it, whatever stands now counts as theirs.
  return revision ? { fields: revision.fields ?? {}, links: revision.links ?? {} } : record.content;
}

function refuseClash(record: StoredRecord, expected: number, clashes: readonly ErrorItem[]): never {
  throw new DomainError(
    'changed',
    'Somebody else wrote in the same place in between. Nothing was taken; both texts are kept.',
    clashes,
    { version: record.version, expected },
  );
}

/** Fills blank fields with what other records say, each to be confirmed; and names the method in force where none is named. */
export async function fillIn(
  services: Services,
  ctx: Context,
  input: { readonly ref: string; readonly version: number },
): Promise<void> {
  const kind = services.registry.get('impact-assessment');
  ensureMay(ctx.actor, kind, 'edit');
  await services.store.change(ctx, async (write) => {
    const record = await lockFor(write, kind, input.ref, 'edit');
    ensureVersion(record, input.version);
    const { known, classes } = await aroundOf(services, write, ctx.actor, record);
    const { fields, toConfirm } = filledIn(record.content, known);
    const read = known.filter(({ field }) => field in fields).flatMap(({ from }) => from);
    const classesRead = classes.flatMap(({ id }) => (read.includes(id) ? [id] : []));
    const bare = !('methodVersion' in record.content.fields);
    const method = bare ? await methodPatch(write, record.content.links.method) : null;
    await editInside(write, kind, record, {
      fields: { ...fields, ...method?.fields, toConfirm },
      links: { ...method?.links, ...(classesRead.length > 0 ? { classes: { add: classesRead } } : {}) },
    });
  });
}

/** The method in force, as an edit; nothing where none is, or where the assessment follows another document. */
async function methodPatch(reader: Reader, linked: readonly string[] = []) {
  const method = await impactMethod(reader);
  if (!method || linked.some((id) => id !== method.id)) return null;
  return { fields: { methodVersion: method.in_force }, links: { method: { set: [method.id] } } };
}
