import { createHash } from 'node:crypto';
import type { AdoptedLaw } from '@throughline/domain/classification/settings.ts';
import { DomainError, unprocessable } from '@throughline/domain/errors.ts';
import { z } from 'zod';
import { type Law, lawInForce, lawOf, readRules } from '../../records/law-in-force.ts';
import { ensureMay } from '../../records/load.ts';
import { goesOn, type Hand, takeHand, type Wish } from '../../records/second-hand.ts';
import type { Services } from '../../services.ts';
import { addBlob, blobBytes, blobsNamed } from '../../store/blobs.ts';
import type { Context } from '../../store/context.ts';
import { newId } from '../../store/ids.ts';
import { oneAtATime } from '../../store/one-at-a-time.ts';
import {
  changeOrganisation,
  type OrganisationSettings,
  organisationSettings,
} from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames } from '../../store/records.ts';
import type { Write } from '../../store/write.ts';
import { candidateOf, todayOf } from './compare-rule-sets.ts';

/** The rules in force, and those of the release where they are others. */
export type RulesView = {
  readonly inForce: Law;
  /** How they were adopted; `null` while the organisation follows the release. */
  readonly adopted: AdoptedLaw | null;
  /** Names of whoever did and confirmed it, as far as anybody is called that. */
  readonly names: ReadonlyMap<string, string>;
  readonly release: Law;
};

export async function readRuleSets(services: Services, asker: Asker): Promise<RulesView> {
  ensureMay(asker.actor, services.registry.get('classification'), 'read');
  const { adopted, names } = await services.store.read(asker, async (reader) => {
    const { law } = (await organisationSettings(reader)).classification;
    const people = law ? [law.by, law.confirmedBy].filter((one) => one !== null) : [];
    return { adopted: law, names: await memberNames(reader, people) };
  });
  return {
    inForce: await lawInForce(services, asker.organisation),
    adopted,
    names,
    release: services.catalogue.euAiAct,
  };
}

/** Rules that somebody wants in force: those sent, those of the release for good, or whatever each release brings. */
export type WantedRules = {
  readonly rules?: string | undefined;
  readonly follow: boolean;
  /** The version that the comparison showed: what somebody adopts is what they saw. */
  readonly expected: string;
  readonly reason?: string | undefined;
};

/** What the rules would change, as it is kept beside the proposal for whoever confirms it. */
export type KeptComparison = {
  /** One row for each result and each test case that changes, as CSV. */
  readonly text: string;
  readonly looked: number;
  readonly changed: number;
  /** Ids of the test cases in which they differ. */
  readonly cases: readonly string[];
};

/**
 * Puts other rules in force, or proposes them where another person could confirm it (see `takeHand`). Their text and what
 * they change are kept as files beside the log. What is in force already is proposed by nobody.
 * @throws {DomainError} `changed` where the rules are not those that were compared
 */
export async function adoptRuleSet(
  services: Services,
  ctx: Context,
  wanted: WantedRules,
  compared: KeptComparison,
): Promise<Hand> {
  ensurePerson(ctx);
  const { rules, follow, expected: version, reason } = wanted;
  const candidate = candidateOf(services, rules, await todayOf(services, ctx));
  if (version !== candidate.meta.rule_set_version)
    throw new DomainError('changed', 'These are not the rules that were compared. Compare them again.');
  return services.store.change(ctx, async (write) => {
    await oneAtATime(write, 'settings');
    await ensureOneText(services, write, candidate);
    const before = await organisationSettings(write);
    const { law } = before.classification;
    if (follow ? law === null : law?.version === version) return goesOn;
    const [asYaml, asJson] = fileNames(version);
    const text = rules ?? JSON.stringify(candidate);
    const [name, media] = rules === undefined ? [asJson, 'application/json'] : [asYaml, 'text/plain'];
    const file = follow ? null : await keep(write, name, media, text);
    const kept = await keep(write, `rules-compared-${safe(version)}.csv`, 'text/csv', compared.text);
    const { looked, changed, cases } = compared;
    const what = {
      ...{ version, file },
      base: await baseOf(services, write, before),
      compared: { file: kept, looked, changed, cases: [...cases] },
    };
    const hand = await takeHand(write, wish(what, reason), null);
    if (hand.waits === null) await putInForce(write, before, what, null);
    return hand;
  });
}

/**
 * Puts a rule set in force that another person proposed.
 * @param id the proposal, and `what` it was kept as
 * @throws {DomainError} `changed` where other rules are in force than it was compared with
 */
export async function confirmRuleSet(
  services: Services,
  ctx: Context,
  id: string,
  what: ProposedRules,
): Promise<void> {
  ensurePerson(ctx);
  const today = await todayOf(services, ctx);
  await services.store.change(ctx, async (write) => {
    await oneAtATime(write, 'settings');
    const before = await organisationSettings(write);
    const base = await baseOf(services, write, before);
    if (base.file !== what.base.file || base.version !== what.base.version) throw changedMeanwhile();
    // This release may have come after the proposal: what it follows, and which cases are kept, are its own.
    const text = what.file === null ? undefined : await textOf(write, what.file);
    if (candidateOf(services, text, today).meta.rule_set_version !== what.version) throw changedMeanwhile();
    const hand = await takeHand(write, wish(what, undefined), id);
    if (hand.waits === null) await putInForce(write, before, what, hand.askedBy);
  });
}

const changedMeanwhile = (): DomainError =>
  new DomainError('changed', 'Other rules are in force than this was compared with. Propose it anew.');

const wish = (what: ProposedRules, reason: string | undefined): Wish => ({
  matter: 'classification-rules',
  what,
  about: null,
  reason: reason ?? null,
  onBehalfOf: null,
});

function ensurePerson({ actor }: Context): void {
  if (actor.type !== 'person')
    throw new DomainError('forbidden', 'Rules are adopted by a person who signed in.');
}

/** @param askedBy whoever proposed it, where another person confirms it now */
async function putInForce(
  write: Write,
  before: OrganisationSettings,
  { version, file }: ProposedRules,
  askedBy: string | null,
): Promise<void> {
  const { actor, at } = write.ctx;
  const member = actor.type === 'person' ? actor.member : '';
  const hands = askedBy === null ? { by: member, confirmedBy: null } : { by: askedBy, confirmedBy: member };
  const law: AdoptedLaw | null = file === null ? null : { version, file, ...hands, at: at.toISOString() };
  await changeOrganisation(write, { ...before, classification: { ...before.classification, law } }, [
    'classification',
  ]);
}

/** Which rules something was compared with. */
async function baseOf(
  services: Services,
  reader: Reader,
  { classification }: OrganisationSettings,
): Promise<ProposedRules['base']> {
  const law = await lawOf(services, reader, classification);
  return { version: law.meta.rule_set_version, file: classification.law?.file ?? null };
}

const proposed = z.object({
  version: z.string(),
  file: z.string().nullable(),
  base: z.object({ version: z.string(), file: z.string().nullable() }),
  compared: z.object({
    file: z.string(),
    looked: z.int(),
    changed: z.int(),
    cases: z.array(z.string()),
  }),
});

/** Rules as they are proposed: without a file, whatever each release brings. */
export type ProposedRules = z.infer<typeof proposed>;
/** The rules of a proposal as it was kept, with those that were in force, and what they change. */
export const proposedRules = (what: unknown): ProposedRules => proposed.parse(what);

async function keep(write: Write, name: string, media: string, content: string): Promise<string> {
  const bytes = Buffer.from(content, 'utf8');
  const digest = createHash('sha256').update(bytes).digest();
  const id = newId(write.ctx.at.getTime());
  await addBlob(write, { id, name, media, size: bytes.length, digest, bytes });
  return id;
}

async function textOf(reader: Reader, file: string): Promise<string> {
  const bytes = await blobBytes(reader, file);
  if (!bytes) throw new DomainError('conflict', 'The text of these rules was erased. Propose them anew.');
  return bytes.toString('utf8');
}

/** How the text of a version is called that was sent, and how that of a release. */
function fileNames(version: string): [asYaml: string, asJson: string] {
  const name = `eu-ai-act-${safe(version)}`;
  return [`${name}.yaml`, `${name}.json`];
}

const safe = (version: string): string => version.replaceAll(/[^\w.-]/g, '_');

/**
 * A version names one text for good: results are stored with it. Throws `unprocessable` where this release, or rules that
 * were proposed or adopted before, say something else under the same version.
 */
async function ensureOneText({ catalogue }: Services, reader: Reader, candidate: Law): Promise<void> {
  const version = candidate.meta.rule_set_version;
  const known: Law[] = [catalogue.euAiAct];
  for (const file of await blobsNamed(reader, fileNames(version))) {
    const law = readable(await blobBytes(reader, file), catalogue);
    if (law) known.push(law);
  }
  const other = known.find(
    (law) => law.meta.rule_set_version === version && JSON.stringify(law) !== JSON.stringify(candidate),
  );
  if (!other) return;
  throw unprocessable([
    {
      at: 'rules.meta.rule_set_version',
      message: `Other rules are known as version ${version}. Give these a version of their own.`,
    },
  ]);
}

/** Rules that a file holds; nothing for any other file that somebody gave such a name. */
function readable(bytes: Buffer | null | undefined, catalogue: Services['catalogue']): Law | undefined {
  try {
    return bytes ? readRules(bytes.toString('utf8'), catalogue) : undefined;
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}
