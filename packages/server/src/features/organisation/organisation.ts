import { DomainError, unprocessable } from '@throughline/domain/errors.ts';
import type { StepUpRule } from '@throughline/domain/factors.ts';
import { sameJson } from '@throughline/domain/json.ts';
import { type Structure, structureProblems } from '@throughline/domain/organisation-structure.ts';
import { type Retained, readRetention } from '@throughline/domain/retention.ts';
import { type SecondFactorRule, secondFactorAfter } from '@throughline/domain/second-factor.ts';
import { quoted } from '@throughline/domain/text.ts';
import type { WorkingCalendar } from '@throughline/domain/working-calendar.ts';
import type { Hand } from '../../records/second-hand.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { oneAtATime } from '../../store/one-at-a-time.ts';
import {
  changeOrganisation,
  type OrganisationSettings,
  organisationSettings,
  structureState,
} from '../../store/organisations.ts';
import type { Asker } from '../../store/reading.ts';
import { ensureTimeZone } from '../../time-zone.ts';
import { handForProof, type ProofAsked } from './proof-rules.ts';

export type OrganisationPatch = {
  readonly name?: string | undefined;
  readonly timeZone?: string | undefined;
  /** Months by id of the catalogue's calendar; `null` takes an adopted rhythm back. */
  readonly intervals?: Readonly<Record<string, number | null>> | undefined;
  /** Lets anyone read the log, or no longer. */
  readonly logPublic?: boolean | undefined;
  /** The longest that tokens made from now on may work, in days. */
  readonly tokenMaxDays?: number | undefined;
  /** How old the last proof may be when somebody approves or accepts. */
  readonly stepUp?: StepUpRule | undefined;
  readonly calendar?: WorkingCalendar | undefined;
  /** What is named changes; the rest stays. */
  readonly retention?: Partial<Record<Retained, number | null | undefined>> | undefined;
  /** Of whom a second factor is demanded, and within how many days. */
  readonly secondFactor?: Pick<SecondFactorRule, 'of' | 'days'> | undefined;
  /** The whole of it, with the state that it was written for. */
  readonly structure?: (Structure & { readonly state: string }) | undefined;
  readonly financialYear?: number | null | undefined;
};

/** Which units, sites and legal entities somebody saw: a change says what it was written for. */
export const stateOf = ({ structure }: Pick<OrganisationSettings, 'structure'>): string =>
  structureState(structure);

/** The organisation as it stands. */
export async function readOrganisation(services: Services, who: Asker): Promise<OrganisationSettings> {
  return services.store.read(who, organisationSettings);
}

/**
 * Changes the organisation itself, with one entry for everything that changed. Rules that demand less of people to show
 * who they are wait for another person, where one could confirm them (see `takeHand`); the rest takes effect.
 */
export async function editOrganisation(
  services: Services,
  ctx: Context,
  patch: OrganisationPatch,
  asked: ProofAsked = {},
): Promise<Hand> {
  const timeZone = patch.timeZone === undefined ? undefined : ensureTimeZone(patch.timeZone, 'timeZone');
  ensureKnownIntervals(services, patch);
  const structure = patch.structure && ensureStructure(patch.structure);
  return services.store.change(ctx, async (write) => {
    // What one read another may have changed: settings are written whole.
    await oneAtATime(write, 'settings');
    const before = await organisationSettings(write);
    if (patch.structure && patch.structure.state !== stateOf(before)) throw changedMeanwhile();
    const { hand, stepUp, secondFactor } = await handForProof(write, before, patch, asked);
    const next: OrganisationSettings = {
      name: patch.name ?? before.name,
      slug: before.slug,
      timeZone: timeZone ?? before.timeZone,
      intervals: mergedIntervals(before.intervals, patch.intervals ?? {}),
      logPublic: patch.logPublic ?? before.logPublic,
      tokenMaxDays: patch.tokenMaxDays ?? before.tokenMaxDays,
      stepUp: stepUp ?? before.stepUp,
      calendar: patch.calendar ? sorted(patch.calendar) : before.calendar,
      retention: readRetention({ ...before.retention, ...patch.retention }),
      secondFactor: secondFactor
        ? secondFactorAfter(before.secondFactor, secondFactor, ctx.at)
        : before.secondFactor,
      structure: structure ?? before.structure,
      financialYear: patch.financialYear === undefined ? before.financialYear : patch.financialYear,
      classification: before.classification,
    };
    const changed = changedSettings(before, next);
    if (changed.length > 0) await changeOrganisation(write, next, changed);
    return hand;
  });
}

const changedMeanwhile = () =>
  new DomainError('conflict', 'Somebody changed units, sites or legal entities meanwhile. Load them again.');

/** Throws `unprocessable` with an item per part that cannot be kept. */
function ensureStructure({ units, sites, entities }: Structure): Structure {
  const structure = { units, sites, entities };
  const problems = structureProblems(structure);
  for (const [what, parts] of Object.entries({ sites, entities }))
    for (const [at, { country }] of parts.entries())
      if (!isCountry(country))
        problems.push({
          at: `${what}.${at}.country`,
          message: `${quoted(country)} is no country of ISO 3166.`,
        });
  if (problems.length > 0)
    throw unprocessable(problems.map(({ at, message }) => ({ at: `structure.${at}`, message })));
  return structure;
}

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const isCountry = (code: string): boolean => /^[A-Y][A-Z]$/.test(code) && countries.of(code) !== undefined;

/** Names of what differs. */
function changedSettings(before: OrganisationSettings, next: OrganisationSettings): string[] {
  const names = Object.keys(next);
  const was = new Map<string, unknown>(Object.entries(before));
  const is = new Map<string, unknown>(Object.entries(next));
  return names.filter((name) => !sameJson(was.get(name) ?? null, is.get(name) ?? null));
}

/** Holidays by day, each once. */
function sorted({ workingDays, holidays, due }: WorkingCalendar): WorkingCalendar {
  const byDay = new Map(holidays.map((one) => [one.day, one]));
  return {
    workingDays: [...new Set(workingDays)].sort((a, b) => a - b),
    holidays: [...byDay.values()].sort((a, b) => (a.day < b.day ? -1 : 1)),
    due,
  };
}

/** Whole months of an ISO 8601 period of years and months; `null` for any other. */
export function monthsOf(period: string | undefined): number | null {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?$/.exec(period ?? '');
  const months = Number(match?.[1] ?? 0) * 12 + Number(match?.[2] ?? 0);
  return months > 0 ? months : null;
}

function mergedIntervals(
  before: Readonly<Record<string, string>>,
  patch: Readonly<Record<string, number | null>>,
): Record<string, string> {
  const merged = new Map(Object.entries(before));
  for (const [id, months] of Object.entries(patch)) {
    if (months === null) merged.delete(id);
    else merged.set(id, `P${months}M`);
  }
  return Object.fromEntries(merged);
}

function ensureKnownIntervals(services: Services, patch: OrganisationPatch): void {
  const known = new Set(services.catalogue.model.calendar.entries.map((entry) => entry.id));
  const unknown = Object.keys(patch.intervals ?? {}).filter((id) => !known.has(id));
  if (unknown.length === 0) return;
  throw unprocessable(
    unknown.map((id) => ({
      at: `intervals.${id.slice(0, 60)}`,
      message: `The catalogue plans nothing called "${id.slice(0, 60)}".`,
    })),
  );
}
