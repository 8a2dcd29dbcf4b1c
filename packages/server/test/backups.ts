import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registry } from '@throughline/domain/kinds/all.ts';
import pg from 'pg';
import { beginSigning } from '../src/features/backup/begin-signing.ts';
import type { Head, Manifest } from '../src/features/backup/head.ts';
import { makeBackup } from '../src/features/backup/make-backup.ts';
import { openBackup } from '../src/features/backup/open-backup.ts';
import { type Restored, restoreBackup } from '../src/features/backup/restore-backup.ts';
import type { TestConnection } from './cluster.ts';

type Restoring = {
  /** The directory of the log's key. */
  readonly keys?: string;
  readonly manyBytes?: number | undefined;
  readonly keepTokens?: true | undefined;
};

/** A directory for backups and keys, and the steps of the commands without a process around them. */
export type Backups = {
  readonly directory: string;
  path(name: string): string;
  make(
    owner: pg.Pool,
    name: string,
    organisation?: string,
  ): Promise<{ path: string; head: Head; manifest: Manifest; bytes: Buffer }>;
  restore(owner: pg.Pool, path: string, how?: Restoring): Promise<Restored>;
  close(): void;
};

export function backups(): Backups {
  const directory = mkdtempSync(join(tmpdir(), 'throughline-backup-'));
  return {
    directory,
    path: (name) => join(directory, name),
    make: async (owner, name, organisation) => {
      const path = join(directory, name);
      const chunks: Buffer[] = [];
      const asked = { organisation: organisation ?? null, product: '0.1.0', at: new Date() };
      const made = await makeBackup(owner, asked, async (pieces) => {
        for await (const piece of pieces) chunks.push(piece);
      });
      const bytes = Buffer.concat(chunks);
      writeFileSync(path, bytes);
      return { path, bytes, ...made };
    },
    restore: async (owner, path, { keys = join(directory, 'keys'), manyBytes, keepTokens } = {}) => {
      const backup = await openBackup(path);
      const at = new Date();
      try {
        return await restoreBackup(owner, backup, {
          registry,
          actor: { type: 'rule', rule: 'operator' },
          at,
          address: 'throughline.internal',
          ...(manyBytes === undefined ? {} : { manyBytes }),
          ...(keepTokens ? { keepTokens } : {}),
          beforeKept: (client, logs) => beginSigning(client, logs, { directory: keys, at }),
        });
      } finally {
        await backup.close();
      }
    },
    close: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** The owner's pool on a test database. */
export function ownerPool(connection: TestConnection): pg.Pool {
  const pool = new pg.Pool({ ...connection, max: 3 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
