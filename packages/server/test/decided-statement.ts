import type { SoaWire } from '@throughline/domain/wire-soa.ts';
import { approved } from './approved.ts';
import { type Agent, record, signedIn, type TestServer } from './factories.ts';

/**
 * Adopts every control of Annex A that was not, writes a line for each that has none, and has another person approve
 * those that nobody approved: a statement that can be published. What stands already stays as it is.
 */
export async function decidedStatement(server: TestServer, writer: Agent): Promise<void> {
  const read = async (): Promise<SoaWire> => (await writer.send('GET', '/soa')).json();
  if ((await read()).rows.every(({ decided }) => isDecided(decided))) return;
  const adopted = await writer.send('POST', '/soa/controls', {});
  if (adopted.statusCode !== 200) throw new Error(`Nothing was adopted: ${adopted.body}`);
  const approver = await signedIn(server, writer.organisation, ['top-management']);
  for (const { id, item, control, line, decided } of (await read()).rows) {
    if (item === null || isDecided(decided)) continue;
    const written = line ?? (await lineOn(writer, id, control?.id));
    await approved(approver, 'applicability', written.ref);
  }
}

const isDecided = (decided: string): boolean => decided === 'applicable' || decided === 'excluded';

const lineOn = (writer: Agent, id: string, control: string | undefined) =>
  record(
    writer,
    'applicability',
    { name: `About ${id}`, decision: 'excluded', justification: `Nothing here does what ${id} speaks of.` },
    { control: { set: [control] } },
  );
