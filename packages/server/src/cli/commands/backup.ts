import { existsSync } from 'node:fs';
import { quoted } from '@throughline/domain/text.ts';
import { exitCodes } from '../../exit-codes.ts';
import { makeBackup } from '../../features/backup/make-backup.ts';
import { CommandRefused } from '../refuse.ts';
import { counted, grouped } from '../terminal.ts';
import type { Work } from '../work.ts';
import { writeWhole } from '../write-whole.ts';
import { release } from './version.ts';

export type BackupOptions = { readonly json?: true };

/** `backup FILE`: of the installation, or with `one` of the organisation that was named. */
export async function backup(
  { services, organisation, terminal }: Work,
  path: string,
  { json, one }: BackupOptions & { readonly one: boolean },
): Promise<void> {
  if (existsSync(path))
    throw new CommandRefused(exitCodes.refused, `${quoted(path)} is there already. Name a new file.`);
  let bytes = 0;
  const { head, manifest } = await makeBackup(
    services.store.owner,
    { organisation: one ? organisation.id : null, product: release(), at: services.clock() },
    async (chunks) => {
      // It holds whatever the database holds: for this account alone.
      bytes = await writeWhole(path, chunks, terminal, { quiet: true, mode: 0o600 });
    },
    (table, done, total) => terminal.progress(`Reading ${table}`, done, total),
  );
  const { scope, organisations, migrations, logs } = head;
  if (json) {
    const { rows, tables } = manifest;
    const schema = migrations.at(-1);
    terminal.json({ file: path, bytes, scope, at: head.at, schema, organisations, rows, tables, logs });
    return;
  }
  const whose = scope === 'organisation' ? organisation.name : counted(organisations.length, 'organisation');
  terminal.print(`${path}: ${whose}, ${counted(manifest.rows, 'row')}, ${grouped(bytes)} bytes`);
  for (const { checkpoint } of logs)
    if (checkpoint)
      terminal.print(`${checkpoint.origin} is signed at ${counted(checkpoint.size, 'entry', 'entries')}`);
}
