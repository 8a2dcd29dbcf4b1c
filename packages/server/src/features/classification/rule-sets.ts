import { createHash } from 'node:crypto';
import { setImmediate as others } from 'node:timers/promises';
import { changeWords } from '@throughline/domain/classification/change-words.ts';
import {
  failedCases,
  resultUnder,
  type StoredResult,
} from '@throughline/domain/classification/compare-rules.ts';
import type { AdoptedLaw } from '@throughline/domain/classification/settings.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { DomainError, unprocessable } from '@throughline/domain/errors.ts';
import { type Law, lawInForce, readRules } from '../../records/law-in-force.ts';
import { listPage } from '../../records/list-records.ts';
import { ensureMay } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { addBlob, blobBytes, blobsNamed } from '../../store/blobs.ts';
import type { Context } from '../../store/context.ts';
import { newId } from '../../store/ids.ts';
import type { ListRow } from '../../store/list.ts';
import { oneAtATime } from '../../store/one-at-a-time.ts';
import { changeOrganisation, organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames } from '../../store/records.ts';

/** The rules in force, and those of the release where they are others. */
export type RulesView = {
  readonly inForce: Law;
  /** How they were adopted; `null` while the organisation follows the release. */
  readonly adopted: AdoptedLaw | null;
  /** Name of whoever did; `null` where nobody is called that any more. */
  readonly adoptedBy: string | null;
  readonly release: Law;
};

export async function readRuleSets(services: Services, asker: Asker): Promise<RulesView> {
  ensureMay(asker.actor, services.registry.get('classification'), 'read');
  const { adopted, adoptedBy } = await services.store.read(asker, async (reader) => {
    const { law } = (await organisationSettings(reader)).classification;
    const names = law ? await memberNames(reader, [law.by]) : null;
    return { adopted: law, adoptedBy: (law && names?.get(law.by)) ?? null };
  });
  return {
    inForce: await lawInForce(services, asker.organisation),
    adopted,
    adoptedBy,
    release: services.catalogue.euAiAct,
  };
}

/** One stored result that other rules change, and how, in words. */
export type ChangedResult = {
  readonly row: ListRow;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly says: readonly string[];
};

export type Comparison = {
  readonly inForce: Law;
  readonly candidate: Law;
  /** Stored results that were looked at: classifications under the law that have answers or an outcome. */
  readonly looked: number;
  readonly changed: readonly ChangedResult[];
};

const pageSize = '500';

/**
 * Holds every stored result against other rules, before anybody adopts them. Nothing is changed: each outcome stays what
 * it was signed off as. Between pages other requests come in, because ten thousand results take a while.
 * @param sent the text of a rule set; without it that of the release
 * @throws {DomainError} `unprocessable` for rules that cannot be run, or that do not lead to their own cases
 */
export async function compareRuleSets(
  services: Services,
  asker: Asker,
  sent: string | undefined,
): Promise<Comparison> {
  const kind = services.registry.get('classification');
  ensureMay(asker.actor, kind, 'read');
  const today = await todayOf(services, asker);
  const candidate = candidateOf(services, sent, today);
  const inForce = await lawInForce(services, asker.organisation);
  const changed: ChangedResult[] = [];
  let looked = 0;
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = {
      scheme: 'eu-ai-act',
      state: 'open,final',
      sort: 'ref',
      limit: pageSize,
      ...(cursor === null ? {} : { cursor }),
    };
    const { rows, next } = await listPage(services, { ...asker, kind, query });
    for (const row of rows) {
      const stored = resultOf(row);
      if (stored === null) continue;
      looked += 1;
      const change = resultUnder(inForce, candidate, stored, today);
      if (change === null) continue;
      const { before, after } = change;
      changed.push({ row, before, after, says: changeWords(inForce, candidate, change) });
    }
    cursor = next;
    await others();
  } while (cursor !== null);
  return { inForce, candidate, looked, changed };
}

/** Nothing is compared where nothing was answered and no outcome stands. */
function resultOf({ content }: ListRow): StoredResult | null {
  const { answers, outcomes } = content.fields;
  const stands = Array.isArray(outcomes) ? outcomes.filter((one) => typeof one === 'string') : [];
  return answers === undefined && stands.length === 0 ? null : { answers, outcomes: stands };
}

/**
 * Puts other rules in force: those sent, or those of the release, which then stay until others are adopted. The text is
 * kept as a file beside the log. With `follow` the organisation goes on with whatever each release brings.
 * @param expected the version that the comparison showed: what somebody adopts is what they saw
 */
export async function adoptRuleSet(
  services: Services,
  ctx: Context,
  input: { readonly rules?: string | undefined; readonly follow: boolean; readonly expected: string },
): Promise<void> {
  const { actor } = ctx;
  if (actor.type !== 'person')
    throw new DomainError('forbidden', 'Rules are adopted by a person who signed in.');
  const candidate = candidateOf(services, input.rules, await todayOf(services, ctx));
  const version = candidate.meta.rule_set_version;
  if (version !== input.expected)
    throw new DomainError('changed', 'These are not the rules that were compared. Compare them again.');
  const bytes = Buffer.from(input.rules ?? JSON.stringify(candidate), 'utf8');
  await services.store.change(ctx, async (write) => {
    await oneAtATime(write, 'settings');
    await ensureOneText(services, write, candidate);
    const before = await organisationSettings(write);
    let law: AdoptedLaw | null = null;
    if (!input.follow) {
      const file = newId(ctx.at.getTime());
      const digest = createHash('sha256').update(bytes).digest();
      const [asYaml, asJson] = fileNames(version);
      const name = input.rules === undefined ? asJson : asYaml;
      const media = input.rules === undefined ? 'application/json' : 'text/plain';
      await addBlob(write, { id: file, name, media, size: bytes.length, digest, bytes });
      law = { version, file, by: actor.member, at: ctx.at.toISOString() };
    }
    await changeOrganisation(write, { ...before, classification: { ...before.classification, law } }, [
      'classification',
    ]);
  });
}

/** How the text of a version is called that was sent, and how that of a release. */
function fileNames(version: string): [asYaml: string, asJson: string] {
  const name = `eu-ai-act-${version.replaceAll(/[^\w.-]/g, '_')}`;
  return [`${name}.yaml`, `${name}.json`];
}

/**
 * A version names one text for good: results are stored with it. Throws `unprocessable` where this release, or rules that
 * were adopted before, say something else under the same version.
 */
async function ensureOneText({ catalogue }: Services, reader: Reader, candidate: Law): Promise<void> {
  const version = candidate.meta.rule_set_version;
  const known: Law[] = [catalogue.euAiAct];
  for (const file of await blobsNamed(reader, fileNames(version))) {
    const bytes = await blobBytes(reader, file);
    if (bytes) known.push(readRules(bytes.toString('utf8'), catalogue));
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

function candidateOf({ catalogue }: Services, sent: string | undefined, today: string): Law {
  if (sent === undefined) return catalogue.euAiAct;
  const candidate = readRules(sent, catalogue);
  const failed = failedCases(candidate, today);
  if (failed.length === 0) return candidate;
  throw new DomainError('unprocessable', 'These rules do not lead to their own cases.', [
    { at: 'rules.test_cases', message: `Not reached: ${failed.slice(0, 20).join(', ')}.` },
  ]);
}

async function todayOf(
  services: Services,
  { organisation }: { readonly organisation: string },
): Promise<string> {
  const { timeZone } = await services.store.readWhole(organisation, organisationSettings);
  return dayIn(services.clock(), timeZone);
}
