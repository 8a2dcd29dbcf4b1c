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

export type RestoreOptions = { readonly json?: true; readonly keepTokens?: true };

/** `restore FILE`: into the database of the configuration, which is made where there is none. */
export async function restore(outside: Outside, path: string, options: RestoreOptions): Promise<void> {
  const backup = await openBackup(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  try {
    const restored = await restoreInto(outside, backup, options).catch((error: unknown) => {
      throw refusal(error);
    });
    tell(outside.terminal, backup, restored, options.json === true);
  } finally {
    await backup.close();
  }
}

async function restoreInto(
  { terminal, environment }: Outside,
  backup: OpenBackup,
  { keepTokens }: RestoreOptions,
): Promise<Restored> {
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
          ...(keepTokens ? { keepTokens } : {}),
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

function tell(
  terminal: Terminal,
  { head }: OpenBackup,
  { manifest, logs, tokensEnded }: Restored,
  asJson: boolean,
): void {
  const { scope, organisations, migrations } = head;
  if (asJson) {
    const { rows, tables } = manifest;
    terminal.json({
      scope,
      at: head.at,
      schema: migrations.at(-1),
      organisations,
      rows,
      tables,
      logs,
      tokensEnded,
    });
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
  if (tokensEnded > 0)
    terminal.note(
      `${counted(tokensEnded, 'API token')} ended: any that was taken back since the backup would open again. Make new ones for what still needs one.`,
    );
  terminal.note(
    scope === 'organisation'
      ? 'Its members have no login here yet. Make a token (throughline token create) and invite them.'
      : 'Whoever left since the backup is a member again, with the password and roles of then: look through People.',
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
