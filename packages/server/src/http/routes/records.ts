import { erasureReasons } from '@throughline/domain/erasure.ts';
import { changedParts } from '@throughline/domain/kinds/edit.ts';
import { z } from 'zod';
import { createRecord } from '../../records/create-record.ts';
import { decideApproval } from '../../records/decide-approval.ts';
import { editRecord } from '../../records/edit-record.ts';
import { eraseRecord } from '../../records/erase-record.ts';
import { readAround } from '../../records/read-around.ts';
import { compareVersions, readHistory, readRawRows, readRecord } from '../../records/read-record.ts';
import { standBack } from '../../records/stand-back.ts';
import { archiveRecord, restoreRecord, transitionRecord } from '../../records/transition-record.ts';
import { undoChange } from '../../records/undo-change.ts';
import { list } from '../answers/common.ts';
import { rawRow } from '../answers/imports.ts';
import * as answers from '../answers/records.ts';
import { aroundWire } from '../present/around.ts';
import { rawRowWire } from '../present/raw-row.ts';
import { erasureWire, revisionWire, valueNames } from '../present/revision.ts';
import { type Call, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { countShape, flagShape, lineShape, reasonShape, textShape } from '../shapes.ts';
import {
  because,
  changeAnswer,
  inRegister,
  kindOf,
  moment,
  ofRecord,
  patchOf,
  patchShape,
  plainChange,
  presentRecord,
  replayChange,
  tag,
} from './record-tools.ts';

const changed = {
  200: { description: 'What the change did, and the record as it stands.', shape: answers.change },
};
const dry = z.strictObject({ dryRun: flagShape });
const version = z.int().min(1).max(2_000_000_000);

export function recordRoutes(services: HttpServices): Route[] {
  return [...readRoutes(services), ...writeRoutes(services), ...actRoutes(services)];
}

const asked = (call: Call<{ ref: string }>) => ({
  organisation: call.caller.organisation,
  actor: call.caller.actor,
  ref: call.params.ref,
});

function readRoutes(services: HttpServices): Route[] {
  return [
    route({
      method: 'GET',
      path: '/:collection/:ref',
      tag,
      summary: 'One record with links both ways, approvals, abilities and proof',
      access: 'signed-in',
      params: ofRecord,
      query: z.strictObject({ asOf: moment.optional() }),
      answers: { 200: { description: 'The record; its version is the ETag.', shape: answers.record } },
      handle: async (call) => {
        const asOf = call.query.asOf === undefined ? undefined : new Date(call.query.asOf);
        const view = await readRecord(services, {
          ...asked(call),
          kind: kindOf(services, call.params),
          asOf,
        });
        return { ...ok(await presentRecord(services, call, view)), version: view.record.version };
      },
    }),
    route({
      method: 'GET',
      path: '/:collection/:ref/history',
      tag,
      summary:
        'Every version, newest first, with its changes and its place in the log; `significant=true` leaves out edits that change nothing material',
      access: 'signed-in',
      params: ofRecord,
      query: z.strictObject({
        limit: countShape(500, 100),
        cursor: z
          .string()
          .regex(/^\d{1,9}$/, 'This is no cursor.')
          .optional(),
        significant: flagShape,
      }),
      answers: { 200: { description: 'The versions.', shape: answers.history } },
      handle: async (call) => {
        const { limit, cursor, significant } = call.query;
        const before = cursor === undefined ? undefined : Number(cursor);
        const found = await readHistory(services, {
          ...asked(call),
          kind: kindOf(services, call.params),
          limit,
          before,
          significant,
        });
        const last = found.revisions.at(-1)?.version ?? 1;
        const items = found.revisions.map((revision) => revisionWire(revision, found.people));
        const erased = erasureWire(found.erased, found.people);
        return ok({
          items,
          ...valueNames(services, found),
          ...(erased ? { erased } : {}),
          ...(last > 1 ? { next: String(last) } : {}),
        });
      },
    }),
    route({
      method: 'GET',
      path: '/:collection/:ref/raw',
      tag,
      summary: 'The rows of files that wrote it, cell by cell',
      access: 'signed-in',
      params: ofRecord,
      answers: {
        200: { description: 'At most 50 rows, newest import first.', shape: list(rawRow) },
      },
      handle: async (call) => {
        const rows = await readRawRows(services, { ...asked(call), kind: kindOf(services, call.params) });
        return ok({ items: rows.map(rawRowWire) });
      },
    }),
    route({
      method: 'GET',
      path: '/:collection/:ref/compare',
      tag,
      summary: 'Two versions side by side',
      access: 'signed-in',
      params: ofRecord,
      query: z.strictObject({ from: countShape(2_000_000_000, 1), to: countShape(2_000_000_000, 1) }),
      answers: {
        200: { description: 'Both versions and the parts that differ.', shape: answers.comparison },
      },
      handle: async (call) => {
        const kind = kindOf(services, call.params);
        const found = await compareVersions(services, { ...asked(call), kind, ...call.query });
        const { from, to, people } = found;
        const content = (side: typeof from) => ({ fields: side.fields ?? {}, links: side.links ?? {} });
        return ok({
          from: revisionWire(from, people),
          to: revisionWire(to, people),
          changed: changedParts(content(from), content(to)),
          ...valueNames(services, found),
        });
      },
    }),
    route({
      method: 'GET',
      path: '/:collection/:ref/around',
      tag,
      summary: 'What happened last to the record and to what it stands on, holds or is linked from',
      access: 'signed-in',
      params: ofRecord,
      query: z.strictObject({ limit: countShape(50, 8) }),
      answers: { 200: { description: 'Newest first, in words.', shape: answers.around } },
      handle: async (call) => {
        const kind = kindOf(services, call.params);
        const found = await readAround(services, { ...asked(call), kind, limit: call.query.limit });
        return ok(aroundWire(services.registry, found));
      },
    }),
  ];
}

function writeRoutes(services: HttpServices): Route[] {
  return [
    route({
      method: 'POST',
      path: '/:collection',
      tag,
      summary:
        'Creates a record. `state` names another beginning than the first: one of the `beginnings` of its kind, with what the steps to it need',
      access: 'signed-in',
      params: inRegister,
      query: dry,
      body: z.strictObject({ ...patchShape, state: lineShape(60).optional(), because }),
      answers: {
        200: { description: 'What would be created (dry run).', shape: answers.change },
        201: { description: 'The new record.', shape: answers.change },
      },
      handle: async (call) => {
        const kind = kindOf(services, call.params);
        const { state, because: why, ...patch } = call.body;
        const { dryRun } = call.query;
        const record = await createRecord(
          services,
          call.change(why),
          kind,
          { patch: patchOf(patch), state },
          { dryRun },
        );
        const parts = [...Object.keys(record.content.fields), ...Object.keys(record.content.links)];
        const change = { ...plainChange(record), changed: parts };
        return changeAnswer(services, call, kind, change, { dry: dryRun, status: dryRun ? 200 : 201 });
      },
      replay: replayChange(services, 201),
    }),
    route({
      method: 'PATCH',
      path: '/:collection/:ref',
      tag,
      summary: 'Edits fields and links',
      access: 'signed-in',
      params: ofRecord,
      query: dry,
      body: z.strictObject({ ...patchShape, because }),
      answers: changed,
      versioned: true,
      handle: async (call) => {
        const kind = kindOf(services, call.params);
        const { because: why, ...patch } = call.body;
        const input = { ref: call.params.ref, patch: patchOf(patch), version: call.version() };
        const { dryRun } = call.query;
        const change = await editRecord(services, call.change(why), kind, input, { dryRun });
        return changeAnswer(services, call, kind, change, { dry: dryRun });
      },
    }),
  ];
}

function actRoutes(services: HttpServices): Route[] {
  const turned = (verb: 'archive' | 'restore', summary: string, act: typeof archiveRecord) =>
    route({
      method: 'POST',
      path: `/:collection/:ref/${verb}`,
      tag,
      summary,
      access: 'signed-in',
      params: ofRecord,
      body: z.strictObject({ because }).optional(),
      answers: changed,
      versioned: true,
      handle: async (call) => {
        const kind = kindOf(services, call.params);
        const input = { ref: call.params.ref, version: call.version() };
        const record = await act(services, call.change(call.body?.because), kind, input);
        return changeAnswer(services, call, kind, plainChange(record), { dry: false });
      },
      replay: replayChange(services, 200),
    });
  return [
    route({
      method: 'POST',
      path: '/:collection/:ref/transitions',
      tag,
      summary:
        'Takes a step of the life cycle; with fields and links it says what the step needs in the same change',
      access: 'signed-in',
      params: ofRecord,
      body: z.strictObject({ transition: lineShape(60), ...patchShape, because }),
      answers: changed,
      versioned: true,
      handle: async (call) => {
        const kind = kindOf(services, call.params);
        const { transition, because: why, ...said } = call.body;
        const asks = said.fields !== undefined || said.links !== undefined;
        const input = {
          ref: call.params.ref,
          version: call.version(),
          transition,
          ...(asks ? { patch: patchOf(said) } : {}),
        };
        const record = await transitionRecord(services, call.change(why), kind, input);
        return changeAnswer(services, call, kind, plainChange(record), { dry: false });
      },
      replay: replayChange(services, 200),
    }),
    route({
      method: 'POST',
      path: '/:collection/:ref/approvals',
      tag,
      summary:
        'Submits, approves, rejects, withdraws, reinstates or restores exactly the version and digest named',
      access: 'signed-in',
      params: ofRecord,
      body: z.strictObject({
        act: z.enum(['submit', 'approve', 'reject', 'withdraw', 'reinstate', 'restore']),
        version,
        digest: z.string().regex(/^[0-9a-f]{64}$/, 'A digest is 64 hexadecimal digits.'),
        reason: textShape(4000).nullable().optional(),
      }),
      answers: changed,
      handle: async (call) => {
        const kind = kindOf(services, call.params);
        const { reason, ...body } = call.body;
        const input = { ...body, ref: call.params.ref, reason: reason?.trim() ? reason : null };
        await decideApproval(services, call.change(), kind, input);
        const { record } = await readRecord(services, { ...asked(call), kind });
        return changeAnswer(services, call, kind, plainChange(record), { dry: false });
      },
      replay: replayChange(services, 200),
    }),
    route({
      method: 'POST',
      path: '/:collection/:ref/recusals',
      tag,
      summary: 'Stands back from the record for good: the caller then neither decides about it nor audits it',
      access: 'signed-in',
      params: ofRecord,
      body: z.strictObject({ reason: reasonShape(2000) }),
      answers: { 201: { description: 'The record, with who stood back.', shape: answers.change } },
      handle: async (call) => {
        const kind = kindOf(services, call.params);
        await standBack(services, call.change(), kind, { ref: call.params.ref, reason: call.body.reason });
        const { record } = await readRecord(services, { ...asked(call), kind });
        return changeAnswer(services, call, kind, plainChange(record), { dry: false, status: 201 });
      },
      // What was made is no record, so the address names it.
      replay: (_subject, call) => replayChange(services, 201)(null, call),
    }),
    turned('archive', 'Takes the record out of the register', archiveRecord),
    turned('restore', 'Brings the record back', restoreRecord),
    route({
      method: 'POST',
      path: '/:collection/:ref/erase',
      tag,
      summary:
        'Erases for good what an archived record says, in every version; its versions, digests, approvals and entries stay and verify',
      access: 'signed-in',
      params: ofRecord,
      body: z.strictObject({ reason: z.enum(erasureReasons) }),
      answers: changed,
      versioned: true,
      handle: async (call) => {
        const kind = kindOf(services, call.params);
        const input = { ref: call.params.ref, version: call.version(), reason: call.body.reason };
        const { id } = await eraseRecord(services, call.change(), kind, input);
        const { record } = await readRecord(services, { ...asked(call), kind, ref: id });
        return changeAnswer(services, call, kind, plainChange(record), { dry: false });
      },
      replay: replayChange(services, 200),
    }),
    route({
      method: 'POST',
      path: '/:collection/:ref/undo',
      tag,
      summary: 'Undoes the newest change by a new one, where nothing has built on it',
      access: 'signed-in',
      params: ofRecord,
      body: z.strictObject({ version, because }),
      answers: changed,
      handle: async (call) => {
        const kind = kindOf(services, call.params);
        const input = { ref: call.params.ref, version: call.body.version };
        const change = await undoChange(services, call.change(call.body.because), kind, input);
        return changeAnswer(services, call, kind, change, { dry: false });
      },
      replay: replayChange(services, 200),
    }),
  ];
}
