import { resolve } from 'node:path';
import { type ExportFormat, exportRecords } from '../../records/export-records.ts';
import { readKind } from '../read-words.ts';
import { usage } from '../refuse.ts';
import { grouped } from '../terminal.ts';
import type { Work } from '../work.ts';
import { writeWhole } from '../write-whole.ts';

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
  const file = await exportRecords(services, { organisation: organisation.id, actor, kind, query });
  if (options.out === undefined) {
    await terminal.pipe(file.body);
    return;
  }
  const bytes = await writeWhole(resolve(options.out), file.body, terminal);
  terminal.note(`${options.out}: ${kind.plural}, ${grouped(bytes)} bytes.`);
}
