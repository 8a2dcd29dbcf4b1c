import { z } from 'zod';
import { proveEntry, proveVersion } from '../../features/log/read-proof.ts';
import { readLogState } from '../../features/log/read-state.ts';
import { verifyRecord } from '../../features/log/verify-record.ts';
import * as answers from '../answers/log.ts';
import { logProofWire, logStateWire, proofFile, versionProofWire } from '../present/log.ts';
import { type Answer, type Call, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { lineShape } from '../shapes.ts';
import { kindOf, tag as recordsTag } from './record-tools.ts';

const tag = 'Log';
const file = { description: 'A file of c2sp.org/tlog-proof@v1 with the entry in it.', media: 'text/plain' };

/** State of the log, and proofs of its entries: as JSON, and as a file that checks without this server. */
export function logTreeRoutes(services: HttpServices): Route[] {
  return [
    route({
      method: 'GET',
      path: '/log/state',
      tag,
      summary: 'Size, root, signed checkpoint and keys, and why entries are not signed where they are not',
      access: 'log',
      answers: { 200: { description: 'The state of the log.', shape: answers.logState } },
      handle: async ({ caller }) => ok(logStateWire(await readLogState(services, caller))),
    }),
    ...entryRoutes(services),
    ...versionRoutes(services),
    verificationRoute(services),
  ];
}

function entryRoutes(services: HttpServices): Route[] {
  const params = z.strictObject({ index: wholeShape('No entry', 15) });
  const prove = ({ caller, params: { index } }: Call<z.output<typeof params>>) =>
    proveEntry(services, caller, index);
  return [
    route({
      method: 'GET',
      path: '/log/entries/:index/proof',
      tag,
      summary: 'That the entry at this place is under the signed checkpoint',
      access: 'log',
      params,
      answers: { 200: { description: 'The proof.', shape: answers.logProof } },
      handle: async (call) => ok(logProofWire(await prove(call))),
    }),
    route({
      method: 'GET',
      path: '/log/entries/:index/proof.tlog-proof',
      tag,
      summary: 'The same as a file',
      access: 'log',
      params,
      answers: { 200: file },
      handle: async (call) => asFile(`entry-${call.params.index}`, proofFile(await prove(call))),
    }),
  ];
}

/** What the pages mark: whether a record and each of its versions is what the log says, and what is not. */
function verificationRoute(services: HttpServices): Route {
  return route({
    method: 'GET',
    path: '/:collection/:ref/verification',
    tag: recordsTag,
    summary: 'Whether the record and each of its versions verify against the log now, and what does not',
    access: 'log',
    params: z.strictObject({ collection: z.string(), ref: lineShape(60) }),
    answers: { 200: { description: 'How each version stands.', shape: answers.recordVerification } },
    handle: async ({ caller, params: { collection, ref } }) =>
      ok(
        await verifyRecord(services, {
          organisation: caller.organisation,
          actor: caller.actor,
          kind: kindOf(services, { collection }),
          ref,
        }),
      ),
  });
}

function versionRoutes(services: HttpServices): Route[] {
  const params = z.strictObject({
    collection: z.string(),
    ref: lineShape(60),
    version: wholeShape('No version', 9),
  });
  const prove = ({ caller, params: { collection, ref, version } }: Call<z.output<typeof params>>) =>
    proveVersion(services, {
      organisation: caller.organisation,
      actor: caller.actor,
      kind: kindOf(services, { collection }),
      ref,
      version,
    });
  return [
    route({
      method: 'GET',
      path: '/:collection/:ref/versions/:version/proof',
      tag: recordsTag,
      summary: 'That this version is in the log, under the signed checkpoint, with what its digest is over',
      access: 'log',
      params,
      answers: { 200: { description: 'The proof.', shape: answers.versionProof } },
      handle: async (call) => ok(versionProofWire(await prove(call))),
    }),
    route({
      method: 'GET',
      path: '/:collection/:ref/versions/:version/proof.tlog-proof',
      tag: recordsTag,
      summary: 'The same as a file, without the content',
      access: 'log',
      params,
      answers: { 200: file },
      handle: async (call) =>
        asFile(`${call.params.ref}-v${call.params.version}`, proofFile(await prove(call))),
    }),
  ];
}

function wholeShape(what: string, digits: number) {
  return z
    .string()
    .regex(new RegExp(`^(0|[1-9]\\d{0,${digits - 1}})$`), `${what}: a whole number, such as 42.`)
    .meta({ type: 'integer', minimum: 0 })
    .transform(Number);
}

function asFile(name: string, text: string): Answer {
  return {
    status: 200,
    body: text,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="${name.replace(/[^A-Za-z0-9-]/g, '_')}.tlog-proof"`,
    },
  };
}
