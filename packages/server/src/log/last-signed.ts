import { readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from '@throughline/tlog/checkpoint.ts';
import { TlogError } from '@throughline/tlog/errors.ts';
import { makeDirectories } from '../store/directories.ts';
import { writeDurably } from './durable-file.ts';
import { ensureOwn, isMissing } from './key-files.ts';
import { SigningRefused } from './refused.ts';

/**
 * What was signed last, an organisation a file beside the key, in the very words that were signed. It is written before
 * the signature leaves. Whoever sets the database back to yesterday does not set this back.
 */
const fileOf = (directory: string, organisation: string) => join(directory, 'signed', organisation);

/** Nothing where nothing was signed yet. Throws `SigningRefused` for a file that cannot be read, or that others may replace. */
export async function lastSigned(directory: string, organisation: string): Promise<Checkpoint | undefined> {
  const path = fileOf(directory, organisation);
  try {
    await ensureOwn(dirname(path));
    return parseCheckpoint(await readFile(path, 'utf8'));
  } catch (error) {
    if (isMissing(error)) return undefined;
    if (error instanceof TlogError)
      throw new SigningRefused(
        'record-unreadable',
        `${path} does not say what was signed last: ${error.message}.`,
        { cause: error },
      );
    throw error;
  }
}

export async function keepLastSigned(
  directory: string,
  organisation: string,
  checkpoint: Checkpoint,
): Promise<void> {
  makeDirectories(join(directory, 'signed'), 0o700);
  await writeDurably(fileOf(directory, organisation), formatCheckpoint(checkpoint), 0o600);
}

/**
 * Lets the log of an organisation begin again under another origin, after a restore. What was signed before stays beside
 * it under the moment it ended, and is compared with no more.
 */
export async function setAsideLastSigned(directory: string, organisation: string, at: Date): Promise<void> {
  const path = fileOf(directory, organisation);
  try {
    await rename(path, `${path}.until-${at.toISOString().replaceAll(':', '')}`);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/**
 * Says, before a restore is kept, under which origin the log of an organisation will begin again. Only a log of exactly
 * that name is then let off from what was signed before; a restore that was not kept changes nothing, nor does another one.
 */
export async function announceOrigin(directory: string, organisation: string, origin: string): Promise<void> {
  makeDirectories(join(directory, 'signed'), 0o700);
  await keepAnnounced(directory, organisation, [
    ...(await announcedOrigins(directory, organisation)),
    origin,
  ]);
}

/** Once something was signed under the name that a restore announced, it is let off from nothing any more. */
export async function endAnnouncement(
  directory: string,
  organisation: string,
  origin: string,
): Promise<void> {
  const announced = await announcedOrigins(directory, organisation);
  const left = announced.filter((one) => one !== origin);
  if (left.length === announced.length) return;
  if (left.length > 0) await keepAnnounced(directory, organisation, left);
  else await rm(announcedFile(directory, organisation));
}

/** The origins that restores announced and under which nothing was signed yet. */
export async function announcedOrigins(directory: string, organisation: string): Promise<readonly string[]> {
  try {
    const text = await readFile(announcedFile(directory, organisation), 'utf8');
    return text.split('\n').filter((line) => line !== '');
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

const announcedFile = (directory: string, organisation: string) => `${fileOf(directory, organisation)}.next`;

async function keepAnnounced(
  directory: string,
  organisation: string,
  origins: readonly string[],
): Promise<void> {
  const text = origins.map((origin) => `${origin}\n`).join('');
  await writeDurably(announcedFile(directory, organisation), text, 0o600);
}
