import { createHash } from 'node:crypto';
import { type Trusted, verifyOrganisation } from '../src/features/log/verify-organisation.ts';
import { sequenceAll } from '../src/log/sequencer.ts';
import { signAll } from '../src/log/signer.ts';
import { setAuthority } from '../src/store/authority.ts';
import { addBlob } from '../src/store/blobs.ts';
import type { Context } from '../src/store/context.ts';
import { addWaiver } from '../src/store/duty-waivers.ts';
import { joinMembers } from '../src/store/identities.ts';
import { newId } from '../src/store/ids.ts';
import { insertJudgement } from '../src/store/judgements.ts';
import { addRecusal } from '../src/store/recusals.ts';
import { addOpinion } from '../src/store/risk-opinions.ts';
import {
  type Agent,
  ifMatch,
  organisation,
  record,
  signedIn,
  type TestServer,
  tokenAgent,
} from './factories.ts';
import type { TestSigning } from './signing.ts';
import { wholePolicy } from './whole.ts';

/** An organisation that did a little of everything that leaves a row: what tampering is tried on. */
export type World = {
  readonly organisation: string;
  readonly manager: Agent;
  readonly other: Agent;
  readonly token: Agent;
  /** Ids of records. */
  readonly system: string;
  readonly useCase: string;
  readonly document: string;
  readonly comment: string;
  readonly blob: string;
};

/** Makes such an organisation through its doors, with everything placed and signed. */
export async function verifiedWorld(server: TestServer, signing: TestSigning): Promise<World> {
  const id = await organisation(server);
  const manager = await signedIn(server, id, ['aims-manager'], { name: 'Head of compliance' });
  const other = await signedIn(server, id, ['top-management'], { name: 'Head of claims' });
  const token = await tokenAgent(server, id, ['contributor']);
  const system = await record(manager, 'systems', { name: 'Claims triage', purpose: 'Sorts claims' });
  const useCase = await record(
    manager,
    'use-cases',
    { name: 'Motor claims' },
    { system: { set: [system.id] } },
  );
  const document = await record(manager, 'documents', { name: 'AI policy', ...wholePolicy });
  const edit = { fields: { purpose: 'Sorts and routes claims' } };
  await sent(manager.send('PATCH', `/systems/${system.ref}`, edit, ifMatch(1)));
  const text = { text: 'Who owns the thresholds?' };
  const { id: comment } = await sent(manager.send('POST', `/systems/${system.ref}/comments`, text));
  const act = { act: 'approve', version: 1, digest: document.proof.digest, reason: 'Read in the committee' };
  await sent(other.send('POST', `/documents/${document.ref}/approvals`, act));
  const blob = newId();
  const person = { type: 'person', member: manager.id, roles: [] } as const;
  await server.store.change({ ...contextOf(server, id), actor: person }, async (write) => {
    const bytes = Buffer.from('minutes of the meeting');
    const digest = createHash('sha256').update(bytes).digest();
    await addBlob(write, { id: blob, name: 'a.txt', media: 'text/plain', size: bytes.length, digest, bytes });
    const nobody = { member: null, delegate: null, until: null };
    const grant = { dimension: 'risk', level: 'high', role: 'top-management', ...nobody };
    await setAuthority(write, [grant], '2026-01-01');
    const answer = { item: 'policy', answer: 'yes', version: 1, note: 'By heart' } as const;
    await insertJudgement(write, { ...answer, member: manager.id });
    await joinMembers(write, manager.id, other.id);
    const locked = (await write.lock([system.id])).get(system.id);
    if (!locked) throw new Error('The system is not there');
    await addRecusal(write, locked, other.id, 'A relative supplies it');
    const steps = { organisation: 'Mild', individuals: 'Hard', society: 'Mild' };
    const levels = { organisation: 'low', individuals: 'high', society: 'low' };
    const said = { point: 'current', criteria: 'RCR-1 v1', levels } as const;
    const rating = { likelihood: 'Often', consequences: steps };
    await addOpinion(write, system.id, { ...said, rating, member: manager.id, reason: 'Two cases' });
    const waiver = { reason: 'There are three of us', by: manager.id, onBehalfOf: other.id };
    await addWaiver(write, { ...waiver, lastDay: '2999-12-31' });
  });
  await publish(server, signing);
  const ids = { system: system.id, useCase: useCase.id, document: document.id, comment, blob };
  return { organisation: id, manager, other, token, ...ids };
}

export function contextOf(server: TestServer, organisation: string): Context {
  const actor = { type: 'rule', rule: 'test' } as const;
  return { organisation, actor, at: server.services.clock(), because: null, request: null };
}

export async function publish(server: TestServer, signing: TestSigning): Promise<void> {
  await sequenceAll(server.store, async () => undefined);
  await signAll(signing);
}

/** What a verification finds: each fault as its kind, table and column, entry, record's ref and version. */
export async function found(
  server: TestServer,
  organisation: string,
  trusted: Partial<Trusted> = {},
): Promise<string[]> {
  const verdict = await verifyOrganisation(server.services, organisation, {
    key: undefined,
    held: [],
    ...trusted,
  });
  return verdict.faults.map((fault) =>
    [
      fault.fault,
      [fault.table, fault.column].filter((part) => part !== null).join('.'),
      fault.path ?? '',
      fault.ref === null ? '' : `${fault.ref}${fault.version === null ? '' : ` v${fault.version}`}`,
      fault.entries === null ? '' : `#${fault.entries.start}`,
    ]
      .filter((part) => part !== '')
      .join(' '),
  );
}

async function sent(answer: ReturnType<Agent['send']>): Promise<{ id: string }> {
  const got = await answer;
  if (got.statusCode >= 300) throw new Error(`${got.statusCode}: ${got.body}`);
  return got.json();
}
