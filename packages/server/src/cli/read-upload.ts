import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { DomainError } from '@throughline/domain/errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { collect } from '../features/imports/read/read-file.ts';
import { CommandRefused } from './refuse.ts';
import { oneLine } from './words/table.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of the path is no directory',
  EACCES: 'this account may not read it',
  EPERM: 'this account may not read it',
  EISDIR: 'it is a directory',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
};

/** Reads a file that a person named, relative to where the command was called. Every refusal begins with that name. */
export async function readUpload(path: string): Promise<{ name: string; bytes: Buffer }> {
  const file = resolve(path);
  const shown = oneLine(path);
  const name = basename(file);
  try {
    const found = await stat(file);
    if (found.isDirectory()) throw new CommandRefused(exitCodes.refused, `${shown}: it is a directory.`);
    const bytes = await collect(name, createReadStream(file));
    return { name, bytes };
  } catch (error) {
    if (error instanceof CommandRefused || error instanceof DomainError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = reasons[code];
    if (!reason) throw error;
    throw new CommandRefused(
      code === 'ENOENT' ? exitCodes.notFound : exitCodes.refused,
      `${shown}: ${reason}.`,
    );
  }
}
