import { resolve } from 'node:path';
import { DomainError } from '@throughline/domain/errors.ts';
import { publishedOf } from '@throughline/domain/soa/published.ts';
import type { SoaWire } from '@throughline/domain/wire-soa.ts';
import { z } from 'zod';
import { exitCodes } from '../../exit-codes.ts';
import { type StatementFile, type StatementFormat, statementFile } from '../../exports/statement.ts';
import { FactsCache } from '../../features/line/facts.ts';
import { readVersion } from '../../features/soa/publish.ts';
import { readStatement } from '../../features/soa/read-statement.ts';
import { refWire } from '../../http/present/ref.ts';
import { namedInStatement, soaWire } from '../../http/present/soa.ts';
import { CommandRefused, Ended, usage } from '../refuse.ts';
import { grouped } from '../terminal.ts';
import { soaLines } from '../words/soa.ts';
import { askerOf, type Work } from '../work.ts';
import { writeWhole } from '../write-whole.ts';

export type SoaOptions = {
  readonly format?: StatementFormat;
  readonly out?: string;
  readonly asOf?: string;
  readonly version?: number;
  readonly failOnGap?: true;
  readonly json?: true;
};

/** `soa`: how the statement stands with what contradicts it; with `--format`, the statement as a file. */
export async function soa(work: Work, options: SoaOptions): Promise<void> {
  const { terminal, organisation } = work;
  if (options.format === undefined && (options.out ?? options.version) !== undefined)
    throw usage('--out and --version are for a file. Name its form with --format.');
  if (options.version !== undefined && options.asOf !== undefined)
    throw usage('A version says what it said then. Name --version or --as-of.');
  const at = momentOf(options.asOf);
  if (options.format !== undefined) {
    await write(work, options, await fileOf(work, options.format, options.version, at));
    return;
  }
  const wire = await readNow(work, at);
  if (options.json) terminal.json(wire);
  else for (const line of soaLines(terminal, wire, organisation)) terminal.print(line);
  if (options.failOnGap && wire.rows.some(({ faults }) => faults.length > 0)) throw new Ended(exitCodes.gaps);
}

function momentOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  if (!z.iso.datetime({ offset: true }).safeParse(text).success)
    throw usage('--as-of takes a moment with a zone, such as 2026-02-28T09:30:00Z.');
  return new Date(text);
}

async function readNow(work: Work, asOf: Date | undefined, evidence?: true): Promise<SoaWire> {
  const { services, actor } = work;
  const { registry, catalogue } = services;
  const asked = { ...askerOf(work), asOf, ...(evidence ? { evidence } : {}) };
  const view = await readStatement(services, FactsCache.of(services), asked, namedInStatement);
  const refs = new Map([...view.refs].map(([id, row]) => [id, refWire(registry, row)]));
  return soaWire({ registry, catalogue, actor, refs, members: view.members }, view);
}

async function fileOf(
  work: Work,
  format: StatementFormat,
  version: number | undefined,
  asOf: Date | undefined,
): Promise<StatementFile> {
  if (version === undefined) {
    const { timeZone } = work.organisation;
    return statementFile(publishedOf(await readNow(work, asOf, true)), format, { version: null, timeZone });
  }
  const read = await readVersion(work.services, askerOf(work), version).catch(
    absent(`No statement was published as version ${version}.`),
  );
  return statementFile(read.statement, format, { version: read.about, timeZone: read.timeZone });
}

const absent = (say: string) => (error: unknown) => {
  if (error instanceof DomainError && error.code === 'not-found')
    throw new CommandRefused(exitCodes.notFound, say);
  throw error;
};

async function write({ terminal }: Work, { out, format }: SoaOptions, file: StatementFile): Promise<void> {
  if (out === undefined) {
    if (format !== 'csv' && terminal.isTerminal)
      throw usage('This form cannot be shown on a terminal. Name a file with --out.');
    await terminal.pipe(file.body);
    return;
  }
  const bytes = await writeWhole(resolve(out), file.body, terminal);
  terminal.note(`${out}: Statement of Applicability, ${grouped(bytes)} bytes.`);
}
