import { setImmediate as others } from 'node:timers/promises';
import { changeWords } from '@throughline/domain/classification/change-words.ts';
import {
  failedCases,
  resultUnder,
  type StoredResult,
} from '@throughline/domain/classification/compare-rules.ts';
import {
  type CaseChange,
  casesLeftOut,
  changedCases,
} from '@throughline/domain/classification/kept-cases.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { type Law, lawInForce, readRules } from '../../records/law-in-force.ts';
import { listPage } from '../../records/list-records.ts';
import { ensureMay } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import type { ListRow } from '../../store/list.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Asker } from '../../store/reading.ts';

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
  /** Test cases in which the candidate differs from the rules in force. */
  readonly cases: readonly CaseChange[];
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
  return { inForce, candidate, looked, changed, cases: changedCases(inForce, candidate) };
}

/** Nothing is compared where nothing was answered and no outcome stands. */
function resultOf({ content }: ListRow): StoredResult | null {
  const { answers, outcomes } = content.fields;
  const stands = Array.isArray(outcomes) ? outcomes.filter((one) => typeof one === 'string') : [];
  return answers === undefined && stands.length === 0 ? null : { answers, outcomes: stands };
}

/**
 * Rules that somebody sent, or those of the release.
 * @throws {DomainError} `unprocessable` for rules that cannot be run, that leave out a case of the release, or that do
 * not lead to their own
 */
export function candidateOf({ catalogue }: Services, sent: string | undefined, today: string): Law {
  const release = catalogue.euAiAct;
  if (sent === undefined) return release;
  const candidate = readRules(sent, catalogue);
  const left = casesLeftOut(release, candidate);
  if (left.length > 0)
    throw refusedCases(
      'These rules leave out test cases.',
      `Every test case of this release stays, with its facts; what it expects may differ. ${left.length} of ${release.test_cases.length} are missing: ${some(left)}.`,
    );
  const failed = failedCases(candidate, today);
  if (failed.length > 0)
    throw refusedCases('These rules do not lead to their own cases.', `Not reached: ${some(failed)}.`);
  return candidate;
}

const some = (ids: readonly string[]): string =>
  `${ids.slice(0, 20).join(', ')}${ids.length > 20 ? ' …' : ''}`;

const refusedCases = (words: string, message: string): DomainError =>
  new DomainError('unprocessable', words, [{ at: 'rules.test_cases', message }]);

export async function todayOf(
  services: Services,
  { organisation }: { readonly organisation: string },
): Promise<string> {
  const { timeZone } = await services.store.readWhole(organisation, organisationSettings);
  return dayIn(services.clock(), timeZone);
}
