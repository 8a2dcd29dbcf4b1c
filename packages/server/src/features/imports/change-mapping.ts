import { DomainError, type ErrorItem, notFound, unprocessable } from '@throughline/domain/errors.ts';
import { comesFromCell } from '@throughline/domain/import/coerce-rows.ts';
import type { DateOrder, DecimalSign } from '@throughline/domain/import/coerced.ts';
import { type ColumnRule, type Mapping, refTarget, schemeOf } from '@throughline/domain/import/mapping.ts';
import type { Profile, ProfileColumn } from '@throughline/domain/import/profiles/profile.ts';
import { proposeMapping } from '@throughline/domain/import/propose.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { line } from '@throughline/domain/text.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { newId } from '../../store/ids.ts';
import { saveProfile } from '../../store/import-profiles.ts';
import {
  type Analysis,
  findImport,
  lockImport,
  type StoredImport,
  updateImport,
} from '../../store/imports.ts';
import { allProfiles, ensureMayImport } from './analyse-file.ts';

export type ColumnPatch = {
  readonly index: number;
  readonly target?: string | null;
  readonly dateOrder?: DateOrder | null;
  readonly decimal?: DecimalSign | null;
  readonly values?: Readonly<Record<string, string>> | null;
};
export type MappingPatch = {
  /** Starts again from a profile, or from a fresh proposal with `null`. */
  readonly profile?: string | null;
  readonly source?: string;
  readonly columns?: readonly ColumnPatch[];
  /** Headings of the columns that together name a row. */
  readonly identity?: readonly string[];
  readonly fiscalYearStart?: number | null;
  /** Keeps the result as a profile of this name. */
  readonly saveAs?: string;
};

/** Changes how an import is read, before it is applied. Throws `unprocessable` with one item per column that cannot be. */
export async function changeMapping(
  services: Services,
  ctx: Context,
  id: string,
  patch: MappingPatch,
): Promise<StoredImport> {
  const seen = await services.store.read(ctx, (reader) => findImport(reader, id));
  if (!seen) throw notFound();
  const kind = services.registry.get(seen.kind);
  ensureMayImport(ctx.actor, kind, services.registry);
  return services.store.change({ ...ctx, because: id }, async (write) => {
    const stored = await lockImport(write, id);
    if (!stored) throw notFound();
    if (stored.state !== 'analysed')
      throw new DomainError(
        'conflict',
        'This import was applied. Upload the file again to read it in another way.',
      );
    const profiles = await allProfiles(write);
    const started =
      patch.profile === undefined ? stored.analysis : restart(kind, stored, profiles, patch.profile);
    const analysis = patched(kind, started, patch);
    await updateImport(write, id, { analysis });
    if (patch.saveAs !== undefined) await saveProfile(write, asProfile(patch.saveAs, analysis.mapping));
    return { ...stored, source: analysis.mapping.source, analysis };
  });
}

/** The samples stand for the cells: raw rows are not read again to change a mapping. */
function restart(
  kind: Kind,
  stored: StoredImport,
  profiles: readonly Profile[],
  id: string | null,
): Analysis {
  const profile = id === null ? undefined : profiles.find((one) => one.id === id || one.label === id);
  if (id !== null && profile?.kind !== kind.name)
    throw unprocessable([
      { at: 'profile', message: `There is no profile "${id.slice(0, 60)}" for this register.` },
    ]);
  const { analysis } = stored;
  const columns = analysis.headers.map((header, index) => ({
    header,
    cells: analysis.columns[index]?.samples ?? [],
  }));
  const proposal = proposeMapping(kind, columns, {
    source: stored.source,
    year: stored.createdAt.getUTCFullYear(),
    profile,
    own: profile ? undefined : analysis.own,
  });
  return {
    ...analysis,
    mapping: proposal.mapping,
    columns: analysis.columns.map((column, index) => ({
      ...column,
      confidence: proposal.columns[index]?.confidence ?? 'unused',
      why: proposal.columns[index]?.why ?? '',
    })),
  };
}

function patched(kind: Kind, analysis: Analysis, patch: MappingPatch): Analysis {
  const problems: ErrorItem[] = [];
  const rules = [...analysis.mapping.columns];
  const columns = [...analysis.columns];
  for (const change of patch.columns ?? []) {
    const rule = rules[change.index];
    const column = columns[change.index];
    if (!rule || !column) {
      problems.push({ at: `columns.${change.index}`, message: 'The file has no such column.' });
      continue;
    }
    const problem = change.target == null ? undefined : targetProblem(kind, change.target);
    if (problem) problems.push({ at: `columns.${change.index}`, message: problem });
    rules[change.index] = patchedRule(rule, change);
    if (change.target !== undefined)
      columns[change.index] = {
        ...column,
        confidence: change.target === null ? 'unused' : 'sure',
        why: 'Chosen by hand.',
      };
  }
  problems.push(...claimedTwice(rules));
  const mapping = withRest({ ...analysis.mapping, columns: rules }, analysis, patch, problems);
  if (problems.length > 0) throw unprocessable(problems);
  return { ...analysis, columns, mapping };
}

function patchedRule(rule: ColumnRule, change: ColumnPatch): ColumnRule {
  const target = change.target === undefined ? rule.target : change.target;
  // Words that were read for one place mean nothing in another.
  const kept: ColumnRule = target === rule.target ? rule : { header: rule.header, target };
  const dateOrder = change.dateOrder === undefined ? kept.dateOrder : (change.dateOrder ?? undefined);
  const decimal = change.decimal === undefined ? kept.decimal : (change.decimal ?? undefined);
  const values = change.values === undefined ? kept.values : (change.values ?? undefined);
  return {
    header: rule.header,
    target,
    ...(dateOrder ? { dateOrder } : {}),
    ...(decimal ? { decimal } : {}),
    ...(values ? { values } : {}),
    ...(kept.formedValues ? { formedValues: kept.formedValues } : {}),
  };
}

function targetProblem(kind: Kind, target: string): string | undefined {
  const scheme = schemeOf(target);
  if (scheme !== undefined) {
    const read = line(scheme, 200);
    if ('problem' in read || read.value === '') return 'Name the scheme that the class belongs to.';
    return 'externalClasses' in kind.fields ? undefined : `${kind.label} keeps no classes of other schemes.`;
  }
  if (target === 'state' || target === 'key' || target === refTarget) return undefined;
  const field = Object.hasOwn(kind.fields, target) ? kind.fields[target] : undefined;
  if (field && !comesFromCell(field)) return `${field.label} cannot be filled from a cell.`;
  return field || Object.hasOwn(kind.relations, target)
    ? undefined
    : `${kind.label} has no part "${target.slice(0, 60)}".`;
}

function claimedTwice(rules: readonly ColumnRule[]): ErrorItem[] {
  const first = new Map<string, string>();
  return rules.flatMap((rule, index): ErrorItem[] => {
    if (rule.target === null) return [];
    const other = first.get(rule.target);
    if (other === undefined) {
      first.set(rule.target, rule.header);
      return [];
    }
    return [
      {
        at: `columns.${index}`,
        message: `"${other.slice(0, 60)}" already goes there. A place takes one column.`,
      },
    ];
  });
}

function withRest(mapping: Mapping, analysis: Analysis, patch: MappingPatch, problems: ErrorItem[]): Mapping {
  const { fiscalYearStart: stood, ...rest } = mapping;
  const fiscalYearStart = patch.fiscalYearStart === undefined ? stood : (patch.fiscalYearStart ?? undefined);
  if (
    fiscalYearStart !== undefined &&
    !(Number.isInteger(fiscalYearStart) && fiscalYearStart >= 1 && fiscalYearStart <= 12)
  )
    problems.push({ at: 'fiscalYearStart', message: 'A month from 1 to 12.' });
  for (const header of patch.identity ?? [])
    if (!analysis.headers.includes(header))
      problems.push({ at: 'identity', message: `The file has no column "${header.slice(0, 60)}".` });
  const source = line(patch.source ?? mapping.source, 120);
  if ('problem' in source || source.value === '')
    problems.push({ at: 'source', message: 'Name the origin of the file in at most 120 characters.' });
  return {
    ...rest,
    source: 'value' in source ? source.value : mapping.source,
    identity: patch.identity ?? mapping.identity,
    ...(fiscalYearStart ? { fiscalYearStart } : {}),
  };
}

/** A mapping under a name. Its source stays the profile's own, so that next year's file finds this year's records. */
function asProfile(label: string, mapping: Mapping): Profile {
  const read = line(label, 120);
  if ('problem' in read || read.value === '')
    throw unprocessable([{ at: 'saveAs', message: 'Name the profile in at most 120 characters.' }]);
  const columns: Record<string, ProfileColumn> = {};
  for (const { header, ...rule } of mapping.columns) columns[header] = rule;
  return {
    id: newId(),
    label: read.value,
    kind: mapping.kind,
    source: mapping.source,
    columns,
    identity: mapping.identity,
    tellApart: mapping.tellApart,
    ...(mapping.fiscalYearStart ? { fiscalYearStart: mapping.fiscalYearStart } : {}),
  };
}
