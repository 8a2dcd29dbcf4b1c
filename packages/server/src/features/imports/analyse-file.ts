import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Actor } from '@throughline/domain/actor.ts';
import { actorRef } from '@throughline/domain/actor.ts';
import { DomainError, unprocessable } from '@throughline/domain/errors.ts';
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
import {
  commonness,
  type FileClues,
  type KindFit,
  type RatedFit,
  rankFits,
  rateKind,
} from '@throughline/domain/import/recognise.ts';
import { plainWords } from '@throughline/domain/import/words.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { may } from '@throughline/domain/permissions.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { ensureMay } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { cellsDigest, newSalt } from '../../store/digest.ts';
import { newId } from '../../store/ids.ts';
import { savedProfiles } from '../../store/import-profiles.ts';
import { insertRows } from '../../store/import-rows.ts';
import { type Analysis, findImport, insertImport, type StoredImport } from '../../store/imports.ts';
import { organisationSettings } from '../../store/organisations.ts';
import { hex } from '../../store/record-row.ts';
import type { Write } from '../../store/write.ts';
import { recogniseOwn } from './own-rows.ts';
import { hash, membersByName, type Progress, silent } from './plan-import.ts';
import { readFile } from './read/read-file.ts';
import type { FileTable, ReadOptions } from './read/table.ts';

export type Upload = {
  readonly name: string;
  readonly bytes: Buffer;
  /** What the rows are; absent to recognise it. */
  readonly kind?: Kind;
  /** Id of a shipped or saved profile; `null` for none; absent to recognise one. */
  readonly profile?: string | null;
  readonly read?: ReadOptions;
};

/** A file that was read and understood, and is kept nowhere yet. */
export type Understood = Pick<StoredImport, 'kind' | 'source' | 'fileName' | 'fileDigest' | 'analysis'> & {
  readonly table: FileTable;
};

const rowsAtOnce = 1_000;
const sampleLength = 200;

/**
 * Reads a file, proposes where its columns go and keeps the raw rows beside the register. Nothing of the register
 * changes. Throws `unsupported` or `too-large` naming file and row, `not-found` for an unknown profile, `unprocessable`
 * where neither the caller nor the file says what the rows are.
 */
export async function analyseFile(
  services: Services,
  ctx: Context,
  upload: Upload,
  progress: Progress = silent,
): Promise<StoredImport> {
  const understood = await understandFile(services, ctx, upload);
  const id = newId(ctx.at.getTime());
  await services.store.change({ ...ctx, because: id }, (write) => keepImport(write, id, understood));
  const { rows } = understood.table;
  await progress(rows.length, rows.length, 'The file is read');
  const stored = await services.store.read(ctx, (reader) => findImport(reader, id));
  if (!stored) throw new Error('The import that was just kept is not there');
  return stored;
}

/** Reads a file and finds out what its rows and columns are. Writes nothing. Throws as `analyseFile` does. */
export async function understandFile(services: Services, ctx: Context, upload: Upload): Promise<Understood> {
  if (upload.kind) ensureMayImport(ctx.actor, upload.kind, services.registry);
  const name = upload.name.replace(/[\p{Cc}\p{Cs}]/gu, ' ').slice(0, 200) || 'file';
  const table = await readFile(upload.bytes, name, upload.read);
  const { profiles, members } = await services.store.read(ctx, async (reader) => ({
    profiles: await allProfiles(reader),
    members: await membersByName(reader),
  }));
  const columns = await columnsOf(table);
  const year = ctx.at.getUTCFullYear();
  const names = [name, ...(table.sheet === null ? [] : [table.sheet])];
  const fits = await fitsOf(services, ctx.actor, { columns, names, profiles, year });
  const named = profiles.find((one) => one.id === upload.profile || one.label === upload.profile);
  const kind = upload.kind ?? recognised(services.registry, name, fits, named);
  ensureMayImport(ctx.actor, kind, services.registry);
  const profile = chosenProfile(profiles, { ...upload, kind }, table.headers);
  const source = `columns:${hash(JSON.stringify([kind.name, ...table.headers.map(plainWords).sort()])).slice(0, 16)}`;
  const own = profile
    ? undefined
    : await services.store.read(ctx, (reader) => recogniseOwn(reader, kind, table, source));
  const { financialYear } = await services.store.read(ctx, organisationSettings);
  const facts = { source, year, profile, members, own, financialYear };
  const proposal = proposeMapping(kind, columns, facts);
  return {
    table,
    kind: kind.name,
    source: proposal.mapping.source,
    fileName: name,
    fileDigest: createHash('sha256').update(upload.bytes).digest(),
    analysis: { ...analysisOf(table, upload.bytes.length, columns, proposal), fits, ...(own ? { own } : {}) },
  };
}

/** Keeps what was understood and the raw rows, beside the register. */
export async function keepImport(write: Write, id: string, understood: Understood): Promise<StoredImport> {
  const { table, ...rest } = understood;
  const made = { ...rest, id, by: actorRef(write.ctx.actor), createdAt: write.ctx.at };
  await insertImport(write, made);
  for (let from = 0; from < table.rows.length; from += rowsAtOnce)
    await insertRows(write, id, rawPiece(table, from));
  return { ...made, state: 'analysed', counts: null, appliedAt: null, undoneAt: null };
}

/** How well each kind that the actor may import would do, one kind at a time: others are answered in between. */
async function fitsOf({ registry }: Services, actor: Actor, clues: FileClues): Promise<KindFit[]> {
  const common = commonness(registry);
  const rated: RatedFit[] = [];
  for (const kind of registry.kinds) {
    if (!may(actor, kind.name, 'import')) continue;
    rated.push(rateKind(kind, clues, common));
    await setImmediate();
  }
  return rankFits(rated);
}

function recognised(
  registry: Registry,
  name: string,
  fits: readonly KindFit[],
  profile: Profile | undefined,
): Kind {
  const [best] = fits;
  const kind = registry.find(profile?.kind ?? best?.kind ?? '');
  if (kind) return kind;
  throw unprocessable([
    {
      at: 'kind',
      message: `No heading of ${name} says what its rows are. Say which register they belong to.`,
    },
  ]);
}

/** Importing is granted by kind; what each row forms beside its own record must be granted too. */
export function ensureMayImport(actor: Actor, kind: Kind, registry: Registry): void {
  ensureMay(actor, kind, 'import');
  const formation = formationOf(kind);
  if (formation) ensureMay(actor, registry.get(formation.kind), 'import');
}

/** A file is not even received from somebody who may import into no register. */
export function ensureMayImportSome(actor: Actor, registry: Registry): void {
  const [first] = registry.kinds;
  if (first && !registry.kinds.some((kind) => may(actor, kind.name, 'import')))
    ensureMayImport(actor, first, registry);
}

/** Shipped profiles first, then those that the organisation saved. */
export async function allProfiles(reader: Parameters<typeof savedProfiles>[0]): Promise<Profile[]> {
  return [...shippedProfiles, ...(await savedProfiles(reader))];
}

function chosenProfile(
  profiles: readonly Profile[],
  upload: Upload & { readonly kind: Kind },
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
      const { monthFirst, dayFirst, open } = column.evidence;
      const differing = [...new Set(column.cells.slice(0, 200))].slice(0, 3);
      return {
        samples: differing.map((cell) =>
          (cell.length > sampleLength ? `${cell.slice(0, sampleLength)}…` : cell).toWellFormed(),
        ),
        filled: column.cells.length,
        confidence: proposal.columns[index]?.confidence ?? 'unused',
        why: proposal.columns[index]?.why ?? '',
        dates: monthFirst + dayFirst + open > 0 ? { monthFirst, dayFirst } : null,
      };
    }),
    mapping: proposal.mapping,
  };
}

function rawPiece(table: FileTable, from: number) {
  return table.rows.slice(from, from + rowsAtOnce).map((raw, index) => {
    const salt = newSalt();
    return {
      row: table.numbers[from + index] ?? 0,
      raw,
      salt: hex(salt),
      digest: hex(cellsDigest(salt, raw)),
    };
  });
}
