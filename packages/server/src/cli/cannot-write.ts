import { quoted } from '@throughline/domain/text.ts';
import { exitCodes } from '../exit-codes.ts';
import { CommandRefused } from './refuse.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'the directory is not there',
  ENOTDIR: 'a part of the path is no directory',
  EEXIST: 'a file has that name',
  EACCES: 'this account may not write there',
  EPERM: 'this account may not write there',
  EROFS: 'the file system is read only',
  EISDIR: 'it is a directory',
  ENOSPC: 'the disk is full',
};

/** Why a file or directory cannot be written, where that is why; any other error as it is. */
export function cannotWrite(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons[code];
  return reason
    ? new CommandRefused(exitCodes.refused, `${quoted(path)} cannot be written: ${reason}.`)
    : error;
}
