import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type ExportFormat, exportRecords } from '../../records/export-records.ts';
import { cannotWrite } from '../cannot-write.ts';
import { readKind } from '../read-words.ts';
import { usage } from '../refuse.ts';
import { grouped, type Terminal } from '../terminal.ts';
import type { Work } from '../work.ts';

export type ExportOptions = {
  readonly format: ExportFormat;
  readonly out?: string;
  readonly filter?: Readonly<Record<string, string>>;
  readonly asOf?: string;
};

/** `export KIND`: every row that matches, with every column, into a file or to stdout. */
export async function exportRegister(work: Work, word: string, options: ExportOptions): Promise<void> {
  const { services, organisation, actor, terminal } = work;
  const kind = readKind(services.registry, word);
  if (options.out === undefined && options.format === 'xlsx' && terminal.isTerminal)
    throw usage('A workbook cannot be shown on a terminal. Name a file with --out.');
  const { asOf } = options;
  const query = { ...options.filter, ...(asOf === undefined ? {} : { asOf }), format: options.format };
  const file = exportRecords(services, { organisation: organisation.id, actor, kind, query });
  if (options.out === undefined) {
    await terminal.pipe(file.body);
    return;
  }
  const bytes = await writeWhole(resolve(options.out), file.body, terminal);
  terminal.note(`${options.out}: ${kind.plural}, ${grouped(bytes)} bytes.`);
}

/** Under another name until it is whole: whoever finds the file finds all of it. */
async function writeWhole(path: string, body: AsyncIterable<unknown>, terminal: Terminal): Promise<number> {
  const draft = `${path}.${process.pid}.part`;
  let bytes = 0;
  try {
    await pipeline(
      body,
      async function* (chunks: AsyncIterable<unknown>) {
        for await (const chunk of chunks) {
          const piece = Buffer.isBuffer(chunk) || chunk instanceof Uint8Array ? chunk : String(chunk);
          bytes += Buffer.byteLength(piece);
          terminal.progress(`Writing, ${grouped(Math.ceil(bytes / 1024))} KiB`, 0, 0);
          yield piece;
        }
      },
      createWriteStream(draft),
    );
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw cannotWrite(path, error);
  }
  return bytes;
}
