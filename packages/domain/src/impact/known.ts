import type { Json } from '../json.ts';
import { listOf, type Readable, textOf } from '../trace/read.ts';
import { confirmId } from './confirm.ts';

/** A record that an assessment is filled in from. */
export type Source = Readable & { readonly id: string; readonly ref: string };
export type Sources = {
  readonly useCases: readonly Source[];
  readonly system: Source | null;
  readonly datasets: readonly Source[];
  /** Classifications under the EU AI Act of the uses covered. */
  readonly classes: readonly Source[];
};

/** What other records say of a field of the assessment. `from`: ids of the records. */
export type Known = { readonly field: string; readonly value: Json; readonly from: readonly string[] };

/** What is known of an assessment before anybody writes it, by field. All of it is to be confirmed by a person. Pure. */
export function knownOf(sources: Sources): Known[] {
  const { useCases, system } = sources;
  const fromUses = (field: string, of: string, max: number) => texts(field, useCases, of, max);
  const context = fromUses('context', 'context', 8000);
  const purpose = fromUses('intendedUse', 'purpose', 4000);
  return [
    ...(context.length > 0 || !system ? context : texts('context', [system], 'purpose', 8000)),
    ...purpose,
    ...fromUses('misuse', 'foreseeableMisuse', 4000),
    ...groups(useCases),
    ...markets(system),
    ...fromUses('benefits', 'benefits', 4000),
    ...privacy(sources),
    ...rights(sources),
    ...fromUses('friaProcesses', 'context', 4000),
    ...fromUses('friaOversight', 'humanOversight', 4000),
  ];
}

/** One text of several records; where there are several, each under its ref. */
function texts(field: string, from: readonly Source[], of: string, max: number): Known[] {
  const said = from.flatMap((source) => {
    const text = textOf(source, of);
    return text === null ? [] : [{ source, text }];
  });
  if (said.length === 0) return [];
  const one = said.length === 1;
  const whole = said.map(({ source, text }) => (one ? text : `${source.ref}: ${text}`)).join('\n\n');
  const value = whole.length > max ? `${whole.slice(0, max - 1).toWellFormed()}…` : whole;
  return [{ field, value, from: said.map(({ source }) => source.id) }];
}

const mostGroups = 20;

/** Affected persons of the uses, one group to a line or between semicolons. */
function groups(useCases: readonly Source[]): Known[] {
  const found = useCases.flatMap((source) =>
    (textOf(source, 'affectedPersons') ?? '')
      .split(/[\n;]/)
      .map((group) => group.replace(/\s+/g, ' ').replace(/\.$/, '').trim().slice(0, 200).toWellFormed())
      .filter((group) => group !== '')
      .map((group) => ({ group, id: source.id })),
  );
  const once = [...new Set(found.map(({ group }) => group))].slice(0, mostGroups);
  if (once.length === 0) return [];
  return [
    {
      field: 'affectedGroups',
      value: once.map((group) => ({ group })),
      from: [...new Set(found.map(({ id }) => id))],
    },
  ];
}

function markets(system: Source | null): Known[] {
  const found = system ? listOf(system, 'markets') : [];
  return system && found.length > 0 ? [{ field: 'jurisdictions', value: [...found], from: [system.id] }] : [];
}

/** Only where every use and every data set says that there is no personal data: silence is no "no". */
function privacy({ useCases, datasets }: Sources): Known[] {
  const asked = [...useCases, ...datasets];
  if (useCases.length === 0 || asked.some((source) => textOf(source, 'personalData') !== 'no')) return [];
  const from = asked.map(({ id }) => id);
  const reason = `No personal data, as ${asked.map(({ ref }) => ref).join(', ')} ${asked.length === 1 ? 'says' : 'say'}.`;
  return [
    { field: 'dpia', value: 'not-due', from },
    { field: 'dpiaReason', value: reason.slice(0, 1000), from },
  ];
}

/** By the classes in law: due where one asks for it; not due only where each use has a final class and none does. */
function rights({ useCases, classes }: Sources): Known[] {
  const outcomes = (source: Source) => listOf(source, 'outcomes');
  const from = classes.map(({ id }) => id);
  const due = classes.filter((source) => outcomes(source).includes('fria-required'));
  if (due.length > 0) return [{ field: 'fria', value: 'due', from: due.map(({ id }) => id) }];
  const settled = (source: Source) =>
    outcomes(source).length > 0 && !outcomes(source).includes('undetermined');
  const covered = useCases.every((use) =>
    classes.some((source) => (source.links.useCase ?? []).includes(use.id)),
  );
  if (useCases.length === 0 || !covered || !classes.every(settled)) return [];
  const reason = `${classes.map(({ ref }) => ref).join(', ')}: Article 27 is not among what follows.`;
  return [
    { field: 'fria', value: 'not-due', from },
    { field: 'friaReason', value: reason.slice(0, 1000), from },
  ];
}

/** A reason goes with the state that it gives; only states wait for confirmation. */
const confirmedWith: Readonly<Record<string, string>> = { dpiaReason: 'dpia', friaReason: 'fria' };

/** What is filled in: each known field that is blank, and which fields wait for confirmation then. Pure. */
export function filledIn(
  before: Readable,
  known: readonly Known[],
): { readonly fields: Readonly<Record<string, Json>>; readonly toConfirm: readonly string[] } {
  const blank = known.filter(({ field }) => {
    const leads = confirmedWith[field] ?? field;
    return isBlank(before, field) && isBlank(before, leads);
  });
  const fields = Object.fromEntries(blank.map(({ field, value }) => [field, value]));
  const waiting = blank
    .map(({ field }) => field)
    .filter((field) => !(field in confirmedWith))
    .map(confirmId);
  return { fields, toConfirm: [...new Set([...listOf(before, 'toConfirm'), ...waiting])] };
}

const isBlank = (from: Readable, field: string): boolean => {
  const value = from.fields[field];
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
};
