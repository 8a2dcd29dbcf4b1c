import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Actor } from '@throughline/domain/actor.ts';
import { actorRef } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { type OrderEvidence, orderEvidence } from '@throughline/domain/import/coerce-day.ts';
import { formationOf } from '@throughline/domain/import/formation.ts';
import type { Proposal } from '@throughline/domain/import/mapping.ts';
import { shippedProfiles } from '@throughline/domain/import/profiles/all.ts';
import type { Profile } from '@throughline/domain/import/profiles/profile.ts';
import {
  type ColumnData,
  filledCells,
  proposeMapping,
  recogniseProfile,
} from '@throughline/domain/import/propose.ts';
import { plainWords } from '@throughline/domain/import/words.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { ensureMay } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { newId } from '../../store/ids.ts';
import { savedProfiles } from '../../store/import-profiles.ts';
import {
  type Analysis,
  findImport,
  insertImport,
  insertRows,
  type StoredImport,
} from '../../store/imports.ts';
import { hash, membersByName, type Progress, silent } from './plan-import.ts';
import { readFile } from './read/read-file.ts';
import type { FileTable, ReadOptions } from './read/table.ts';

export type Upload = {
  readonly name: string;
  readonly bytes: Buffer;
  readonly kind: Kind;
  /** Id of a shipped or saved profile; `null` for none; absent to recognise one. */
  readonly profile?: string | null;
  readonly read?: ReadOptions;
};

const rowsAtOnce = 1_000;
const sampleLength = 200;

/**
 * Reads a file, proposes where its columns go and keeps the raw rows beside the register. Nothing of the register
 * changes. Throws `unsupported` or `too-large` naming file and row, `not-found` for an unknown profile.
 */
export async function analyseFile(
  services: Services,
  ctx: Context,
  upload: Upload,
  progress: Progress = silent,
): Promise<StoredImport> {
  ensureMayImport(ctx.actor, upload.kind, services.registry);
  const name = upload.name.replace(/[\p{Cc}\p{Cs}]/gu, ' ').slice(0, 200) || 'file';
  const table = await readFile(upload.bytes, name, upload.read);
  const { profiles, members } = await services.store.read(ctx.organisation, async (reader) => ({
    profiles: await allProfiles(reader),
    members: await membersByName(reader),
  }));
  const profile = chosenProfile(profiles, upload, table.headers);
  const columns = await columnsOf(table);
  const proposal = proposeMapping(upload.kind, columns, {
    source: `columns:${hash(JSON.stringify([upload.kind.name, ...table.headers.map(plainWords).sort()])).slice(0, 16)}`,
    year: ctx.at.getUTCFullYear(),
    profile,
    members,
  });
  const id = newId(ctx.at.getTime());
  await services.store.change({ ...ctx, because: id }, async (write) => {
    await insertImport(write, {
      id,
      kind: upload.kind.name,
      source: proposal.mapping.source,
      fileName: name,
      fileDigest: createHash('sha256').update(upload.bytes).digest(),
      analysis: analysisOf(table, upload.bytes.length, columns, proposal),
      by: actorRef(ctx.actor),
      createdAt: ctx.at,
    });
    for (let from = 0; from < table.rows.length; from += rowsAtOnce)
      await insertRows(write, id, rawPiece(table, from));
  });
  await progress(table.rows.length, table.rows.length, 'The file is read');
  const stored = await services.store.read(ctx.organisation, (reader) => findImport(reader, id));
  if (!stored) throw new Error('The import that was just kept is not there');
  return stored;
}

/** Importing is granted by kind; what each row forms beside its own record must be granted too. */
export function ensureMayImport(actor: Actor, kind: Kind, registry: Registry): void {
  ensureMay(actor, kind, 'import');
  const formation = formationOf(kind);
  if (formation) ensureMay(actor, registry.get(formation.kind), 'import');
}

/** Shipped profiles first, then those that the organisation saved. */
export async function allProfiles(reader: Parameters<typeof savedProfiles>[0]): Promise<Profile[]> {
  return [...shippedProfiles, ...(await savedProfiles(reader))];
}

function chosenProfile(
  profiles: readonly Profile[],
  upload: Upload,
  headers: readonly string[],
): Profile | undefined {
  if (upload.profile === null) return undefined;
  if (upload.profile === undefined) return recogniseProfile(profiles, upload.kind.name, headers);
  const found = profiles.find((profile) => profile.id === upload.profile || profile.label === upload.profile);
  if (!found) throw new DomainError('not-found', `There is no profile "${upload.profile.slice(0, 60)}".`);
  if (found.kind !== upload.kind.name)
    throw new DomainError('unprocessable', `The profile "${found.label}" is for another register.`, [
      { at: 'profile', message: `It reads ${found.kind}.` },
    ]);
  return found;
}

type LookedColumn = ColumnData & { readonly evidence: OrderEvidence };

/** Looks at every cell of every column, one column at a time: others are answered in between. */
async function columnsOf(table: FileTable): Promise<LookedColumn[]> {
  const columns: LookedColumn[] = [];
  for (const [index, header] of table.headers.entries()) {
    const cells = filledCells(table.rows, index);
    columns.push({ header, cells, evidence: orderEvidence(cells) });
    await setImmediate();
  }
  return columns;
}

function analysisOf(
  table: FileTable,
  size: number,
  columns: readonly LookedColumn[],
  proposal: Proposal,
): Analysis {
  return {
    file: {
      size,
      format: table.format,
      encoding: table.encoding,
      delimiter: table.delimiter,
      sheet: table.sheet,
      sheets: table.sheets,
      headerRow: table.headerRow,
      rows: table.rows.length,
      notes: table.notes,
    },
    headers: table.headers,
    columns: columns.map((column, index) => {
      const { monthFirst, dayFirst } = column.evidence;
      const differing = [...new Set(column.cells.slice(0, 200))].slice(0, 3);
      return {
        samples: differing.map((cell) =>
          (cell.length > sampleLength ? `${cell.slice(0, sampleLength)}…` : cell).toWellFormed(),
        ),
        filled: column.cells.length,
        confidence: proposal.columns[index]?.confidence ?? 'unused',
        why: proposal.columns[index]?.why ?? '',
        dates: monthFirst + dayFirst > 0 ? { monthFirst, dayFirst } : null,
      };
    }),
    mapping: proposal.mapping,
  };
}

function rawPiece(table: FileTable, from: number) {
  return table.rows.slice(from, from + rowsAtOnce).map((raw, index) => ({
    row: table.numbers[from + index] ?? 0,
    raw,
    digest: `\\x${createHash('sha256').update(JSON.stringify(raw)).digest('hex')}`,
  }));
}
