import type { RecordWire } from '@throughline/domain/wire.ts';
import type { LightMyRequestResponse } from 'fastify';
import { sequenceAll } from '../../src/log/sequencer.ts';
import { signAll } from '../../src/log/signer.ts';
import {
  type Agent,
  firstAdministrator,
  organisation,
  record,
  signedIn,
  stranger,
  type TestServer,
  testServer,
  tokenAgent,
} from '../factories.ts';
import { keyedSigning } from '../signing.ts';
import { writtenIn } from './written.ts';

/** One organisation with people of several roles, a second one beside it, and a log that is signed. */
export type World = {
  readonly server: TestServer;
  /** May do nearly everything in the first organisation. */
  readonly manager: Agent;
  /** Reads, and no more. */
  readonly reader: Agent;
  /** A program that may do what the manager may. */
  readonly token: Agent;
  /** The same, narrowed to reading. */
  readonly readOnly: Agent;
  /** May do nearly everything, in another organisation. */
  readonly foreigner: Agent;
  readonly nobody: Agent;
  /** What stands in all tables: the same as before after whatever is refused. */
  written(): Promise<string>;
  /** The same of one organisation's rows. */
  writtenIn(organisation: string): Promise<string>;
  /** Where it is as it was, nothing was written; where it moved on, somebody wrote, and `written` says whether it stayed. */
  mark(): Promise<string>;
  /** Gives what was written since a place in the signed log. */
  publish(): Promise<void>;
  close(): Promise<void>;
};

export async function makeWorld(): Promise<World> {
  const server = await testServer();
  const admin = await firstAdministrator(server);
  const all = ['admin', 'aims-manager'] as const;
  const manager = await signedIn(server, admin.organisation, all, { name: 'AIMS manager' });
  const reader = await signedIn(server, admin.organisation, ['reader']);
  const token = await tokenAgent(server, admin.organisation, all);
  const readOnly = await tokenAgent(server, admin.organisation, all, { kinds: 'all', acts: 'read-only' });
  const foreigner = await signedIn(server, await organisation(server), all);
  const signing = await keyedSigning(server.store);
  const written = await writtenIn(server.store.owner);
  return {
    server,
    manager,
    reader,
    token,
    readOnly,
    foreigner,
    nobody: stranger(server),
    written: written.all,
    writtenIn: written.of,
    mark: written.mark,
    publish: async () => {
      await sequenceAll(server.store);
      await signAll(signing);
    },
    close: async () => {
      signing.close();
      await server.close();
    },
  };
}

/** A form with one file, as a browser sends it. */
export function form(content: string): { payload: Buffer; headers: Record<string, string> } {
  const boundary = 'boundary-of-the-form';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="models.csv"\r\ncontent-type: text/csv\r\n\r\n`;
  return {
    payload: Buffer.from(`${head}${content}\r\n--${boundary}--\r\n`),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}

let made = 0;

/** A record of the manager's that no other case has touched. */
export async function fresh(
  world: World,
  collection = 'systems',
  fields: Readonly<Record<string, unknown>> = {},
): Promise<RecordWire> {
  made += 1;
  return record(world.manager, collection, { name: `Made for case ${made}`, ...fields });
}

/** The id in an answer that has to be a success. */
export function idIn(answer: LightMyRequestResponse): string {
  if (answer.statusCode >= 300) throw new Error(`Nothing was made: ${answer.body}`);
  return answer.json().id;
}
