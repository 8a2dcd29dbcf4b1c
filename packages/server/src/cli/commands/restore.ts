import { quoted } from '@throughline/domain/text.ts';
import { readConfig } from '../../config.ts';
import { exitCodes } from '../../exit-codes.ts';
import { beginSigning } from '../../features/backup/begin-signing.ts';
import { type OpenBackup, openBackup } from '../../features/backup/open-backup.ts';
import {
  analyse,
  type Restored,
  restoreBackup,
  whyNotRestored,
} from '../../features/backup/restore-backup.ts';
import { SigningRefused } from '../../log/refused.ts';
import { openAlone } from '../../open-services.ts';
import { CommandRefused } from '../refuse.ts';
import type { Outside } from '../shell.ts';
import { counted, type Terminal } from '../terminal.ts';
import { checkout, Interruption, operator } from '../work.ts';

export type RestoreOptions = { readonly json?: true };

/** `restore FILE`: into the database of the configuration, which is made where there is none. */
export async function restore(outside: Outside, path: string, { json }: RestoreOptions): Promise<void> {
  const backup = await openBackup(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  try {
    const restored = await restoreInto(outside, backup).catch((error: unknown) => {
      throw refusal(error);
    });
    tell(outside.terminal, backup, restored, json === true);
  } finally {
    await backup.close();
  }
}

async function restoreInto({ terminal, environment }: Outside, backup: OpenBackup): Promise<Restored> {
  const { dataDir, databaseUrl, logKeyDir, logAddress } = readConfig(environment, checkout);
  const interruption = new Interruption(terminal);
  try {
    const opened = await openAlone({ dataDir, databaseUrl }, (line) => terminal.note(line));
    interruption.release(() => opened.abandon());
    try {
      const { store, registry, clock } = opened.services;
      const at = clock();
      const restored = await restoreBackup(
        store.owner,
        backup,
        {
          registry,
          actor: operator,
          at,
          address: logAddress ?? 'throughline.internal',
          beforeKept: (client, logs) => beginSigning(client, logs, { directory: logKeyDir, at }),
        },
        (table, done, total) =>
          terminal.progress(
            table === 'indexes' ? 'Building keys and indexes' : `Restoring ${table}, bytes`,
            done,
            total,
          ),
      );
      await analyse(store.owner);
      return restored;
    } finally {
      await interruption.ifAsked();
      terminal.clear();
      await opened.close();
    }
  } finally {
    await interruption.ifAsked();
    interruption.end();
  }
}

function tell(terminal: Terminal, { head }: OpenBackup, { manifest, logs }: Restored, asJson: boolean): void {
  const { scope, organisations, migrations } = head;
  if (asJson) {
    const { rows, tables } = manifest;
    terminal.json({ scope, at: head.at, schema: migrations.at(-1), organisations, rows, tables, logs });
    return;
  }
  const names = organisations.map(({ name }) => name).join(', ');
  terminal.print(
    `${counted(manifest.rows, 'row')} of ${counted(organisations.length, 'organisation')}: ${names}`,
  );
  terminal.print('Every table was counted and its digest compared with the backup.');
  for (const { origin, before } of logs)
    terminal.print(
      before
        ? `The log goes on as ${origin}; as ${before.origin} it was signed at ${counted(before.size, 'entry', 'entries')}.`
        : `The log goes on as ${origin}.`,
    );
  if (scope === 'organisation')
    terminal.note(
      'Its members have no login here yet, and its tokens ended. Make a token (throughline token create) and invite them.',
    );
}

const cannotRead: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EACCES: 'this account may not read it',
  EISDIR: 'it is a directory',
};

function unreadable(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = cannotRead[code];
  if (why === undefined) return refusal(error);
  const exit = code === 'ENOENT' ? exitCodes.notFound : exitCodes.refused;
  return new CommandRefused(exit, `${quoted(path)} cannot be read: ${why}.`);
}

function refusal(error: unknown): unknown {
  const why = whyNotRestored(error) ?? (error instanceof SigningRefused ? error.message : undefined);
  return why === undefined ? error : new CommandRefused(exitCodes.refused, `${why} Nothing was restored.`);
}
