import { notFound } from '@throughline/domain/errors.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { ChangeWire, RecordWire, RefWire } from '@throughline/domain/wire.ts';
import { z } from 'zod';
import type { Change } from '../../records/edit-record.ts';
import { handedOn, readLine, readRefs, viewOfUnsaved } from '../../records/names.ts';
import { type RecordView, readRecord } from '../../records/read-record.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { recordWire } from '../present/record.ts';
import { refWire } from '../present/ref.ts';
import type { Answer, Call } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { lineShape, refShape, textShape } from '../shapes.ts';
import { closingAhead } from './closing-ahead.ts';
import { endingAhead } from './ending-ahead.ts';
import { gatesAhead, withGateLack } from './gates-ahead.ts';

export const tag = 'Records';
export const inRegister = z.strictObject({ collection: z.string() });
export const ofRecord = z.strictObject({ collection: z.string(), ref: lineShape(60) });
/** Why a change is made: a person's words, or the id of what it answers to. */
export const because = textShape(2000).nullable().optional();
export const moment = z.iso
  .datetime({
    offset: true,
    error: 'This is not a moment. Use RFC 3339 with a zone, such as 2026-02-28T09:30:00Z.',
  })
  .meta({ format: 'date-time' });
const links = z.strictObject({
  set: z.array(refShape).max(500).optional(),
  add: z.array(refShape).max(500).optional(),
  remove: z.array(refShape).max(500).optional(),
});
/** Fields are read by the declaration, which names each problem; here they only have to be an object. */
export const patchShape = {
  fields: z.record(z.string(), z.unknown()).optional(),
  links: z.record(z.string(), links).optional(),
};

/** Absent members stay absent: `undefined` is no value of a patch. */
export function patchOf(patch: {
  fields?: Record<string, unknown> | undefined;
  links?:
    | Record<
        string,
        { set?: string[] | undefined; add?: string[] | undefined; remove?: string[] | undefined }
      >
    | undefined;
}): Patch {
  const links = Object.fromEntries(
    Object.entries(patch.links ?? {}).map(([relation, { set, add, remove }]) => [
      relation,
      { ...(set ? { set } : {}), ...(add ? { add } : {}), ...(remove ? { remove } : {}) },
    ]),
  );
  return { fields: patch.fields ?? {}, links };
}

/** The register that the address names. */
export function kindOf(services: HttpServices, params: { readonly collection: string }): Kind {
  const kind = services.registry.ofCollection(params.collection);
  if (!kind) throw notFound();
  return kind;
}

export async function presentRecord(
  services: HttpServices,
  call: Pick<Call, 'caller' | 'now'>,
  view: RecordView,
): Promise<RecordWire> {
  const { actor } = call.caller;
  const line =
    view.kind.name === 'system' ? await readLine(services, call.caller, view.record.id) : undefined;
  const ahead = new Map([
    ...(await gatesAhead(services, call.caller, view)),
    ...(await closingAhead(services, call.caller, view)),
    ...(await endingAhead(services, call.caller, view)),
  ]);
  return recordWire(services.registry, withGateLack(view, ahead), { actor, now: call.now, line, ahead });
}

/** The answer of a change: the record as it stands now, or as it would stand. */
export async function changeAnswer(
  services: HttpServices,
  call: Pick<Call, 'caller' | 'now'>,
  kind: Kind,
  change: Change,
  options: { readonly dry: boolean; readonly status?: number },
): Promise<Answer> {
  const { organisation, actor } = call.caller;
  const away = options.dry ? change.record : await handedOn(services, call.caller, kind, change.record);
  const view = away
    ? await viewOfUnsaved(services, call.caller, kind, away)
    : await readRecord(services, { organisation, actor, kind, ref: change.record.id });
  const refs = await readRefs(services, call.caller, [...change.voided, ...change.stale]);
  const named = (ids: readonly string[]): RefWire[] =>
    ids.flatMap((id) => {
      const row = refs.get(id);
      return row ? [refWire(services.registry, row)] : [];
    });
  const body: ChangeWire = {
    record: await presentRecord(services, call, view),
    changed: change.changed,
    material: change.material,
    voided: named(change.voided),
    stale: named(change.stale),
  };
  return { status: options.status ?? 200, body, ...(options.dry ? {} : { version: view.record.version }) };
}

/** A change that touched nothing but the record itself. */
export function plainChange(record: StoredRecord): Change {
  return { record, changed: [], material: [], voided: [], stale: [] };
}

/** Rebuilds the answer of a change that was carried out before: the record as it stands. */
export function replayChange(services: HttpServices, status: number) {
  return async (
    subject: string | null,
    call: Call<{ collection: string; ref?: string }>,
  ): Promise<Answer> => {
    const kind = kindOf(services, call.params);
    const { organisation, actor } = call.caller;
    // A change that changed nothing has no subject: then the address names the record.
    const ref = subject ?? call.params.ref;
    if (ref === undefined) throw notFound();
    const { record } = await readRecord(services, { organisation, actor, kind, ref });
    return changeAnswer(services, call, kind, plainChange(record), { dry: false, status });
  };
}
