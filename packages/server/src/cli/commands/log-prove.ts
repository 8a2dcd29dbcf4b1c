import { resolve } from 'node:path';
import { DomainError } from '@throughline/domain/errors.ts';
import { isObject } from '@throughline/domain/json.ts';
import { shown } from '@throughline/domain/text.ts';
import { TlogError } from '@throughline/tlog/errors.ts';
import { parseProofFile } from '@throughline/tlog/proof-file.ts';
import { exitCodes } from '../../exit-codes.ts';
import { checkProof, contentDigest, proveRef } from '../../features/log/prove-ref.ts';
import { proofFile } from '../../http/present/log.ts';
import { Ended, usage } from '../refuse.ts';
import type { Terminal } from '../terminal.ts';
import type { Work } from '../work.ts';
import { writeWhole } from '../write-whole.ts';
import { readBytes, readKey } from './log-verify.ts';

export type ProveOptions = { readonly version?: number; readonly out?: string; readonly content?: string };

/** `log prove REF`: a proof of one version that checks with the public key alone; what the version says is apart. */
export async function proveHere(work: Work, ref: string, options: ProveOptions): Promise<void> {
  const { services, organisation, actor, terminal } = work;
  if (!services.registry.readRef(ref)) throw usage(`"${shown(ref)}" is no ref, such as SYS-42.`);
  const { version: asked } = options;
  const proof = await proveRef(services, { organisation: organisation.id, actor, ref, version: asked });
  const { version } = proof.evidence;
  const out = options.out ?? `${ref.trim().toUpperCase()}-v${version}.tlog-proof`;
  await writeWhole(resolve(out), one(proofFile(proof)), terminal);
  terminal.note(
    `${out}: entry ${proof.index} under the checkpoint of ${proof.checkpoint.size} entries. The key: ${proof.vkey}`,
  );
  if (options.content === undefined) return;
  const { content } = proof.evidence;
  if (!content) throw new DomainError('conflict', 'What this version said was erased. Its proof stands.');
  const said = { ...content, salt: content.salt.toString('hex') };
  await writeWhole(resolve(options.content), one(`${JSON.stringify(said, null, 2)}\n`), terminal);
  terminal.note(`${options.content}: what the version says, with the salt of its digest.`);
}

async function* one(text: string): AsyncIterable<string> {
  yield text;
}

export type VerifyProofOptions = {
  readonly key: string;
  readonly entry?: string;
  readonly content?: string;
  readonly json?: true;
};

/** `verify-proof FILE`: offline, without a database. Ends with 12 where the proof does not hold. */
export async function verifyProofHere(
  terminal: Terminal,
  path: string,
  options: VerifyProofOptions,
): Promise<void> {
  const key = await readKey(options.key);
  const bytes = await readBytes(path);
  try {
    const file = parseProofFile(bytes);
    const entry = options.entry === undefined ? file.extra : await readBytes(options.entry);
    if (entry === null)
      throw usage(`${shown(path)} holds no entry. Name the file that has its bytes with --entry.`);
    const proven = await checkProof(file, entry, key);
    const body = await readEntry(entry, options.content);
    const { origin, size } = proven.checkpoint;
    const content = options.content === undefined ? ('not given' as const) : ('matches' as const);
    const found = { holds: true, origin, key: key.id, index: proven.index, size, content, entry: body };
    if (options.json) terminal.json(found);
    else {
      terminal.print(
        `${terminal.green('✓')} Entry ${proven.index} is in the log ${origin}, under its checkpoint of ${size} entries signed by ${key.id}.`,
      );
      terminal.print(
        options.content === undefined
          ? 'What the version says was not checked: give the file that holds it with --content.'
          : `${terminal.green('✓')} ${shown(options.content)} is what this entry is about: its digest is the one that the entry names.`,
      );
      terminal.print(JSON.stringify(body, null, 2));
    }
  } catch (error) {
    if (!(error instanceof TlogError) && !(error instanceof ContentDiffers)) throw error;
    if (options.json) terminal.json({ holds: false, why: error.message });
    else terminal.print(`${terminal.red('◆')} ${shown(path)} does not verify: ${error.message}.`);
    throw new Ended(exitCodes.broken);
  }
}

/** What is shown as a version's content is not what its entry has the digest of. */
class ContentDiffers extends Error {
  override readonly name = 'ContentDiffers';
}

/** What the entry says; where the version's content is given, its digest must be the one that the entry names. */
async function readEntry(entry: Uint8Array, content: string | undefined): Promise<unknown> {
  const body = readJson(Buffer.from(entry), 'the entry');
  if (content === undefined) return body;
  const digest = contentDigest(readJson(await readBytes(content), content));
  const named = isObject(body) ? body.digest : undefined;
  if (named !== digest)
    throw new ContentDiffers(
      `${shown(content)} has the digest ${digest}, and the entry names ${String(named)}`,
    );
  return body;
}

function readJson(bytes: Buffer, name: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ContentDiffers(`${shown(name)} is no JSON`);
  }
}
