import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseDay } from '@throughline/domain/day.ts';
import { exitCodes } from '../../exit-codes.ts';
import { compareRuleSets } from '../../features/classification/compare-rule-sets.ts';
import { readDue } from '../../features/classification/validate.ts';
import { dueClassesWire } from '../../http/present/classes.ts';
import { comparisonWire } from '../../http/present/rules.ts';
import { CommandRefused, Ended, usage } from '../refuse.ts';
import { changedLines, dueLines } from '../words/classifications.ts';
import { askerOf, type Work } from '../work.ts';

export type ClassificationsOptions = {
  readonly until?: string;
  /** A file of rules; `true` for those that this release brings. */
  readonly rules?: string | true;
  readonly failOnGap?: true;
  readonly json?: true;
};

/** `classifications`: signed-off classes by the day they are due; with `--rules`, which results other rules would change. */
export async function classifications(work: Work, options: ClassificationsOptions): Promise<void> {
  const { terminal } = work;
  if (options.rules !== undefined && options.until !== undefined)
    throw usage('--until is for what is due. Name it without --rules.');
  if (options.until !== undefined && 'problem' in parseDay(options.until))
    throw usage('--until takes a day, such as 2026-06-30.');
  const found = options.rules === undefined ? await due(work, options) : await compared(work, options.rules);
  if (options.json) terminal.json(found.wire);
  else for (const line of found.lines) terminal.print(line);
  if (options.failOnGap && found.wrong) throw new Ended(exitCodes.gaps);
}

type Found = { readonly wire: object; readonly lines: readonly string[]; readonly wrong: boolean };

async function due(work: Work, { until }: ClassificationsOptions): Promise<Found> {
  const { list, names } = await readDue(work.services, askerOf(work), until);
  const wire = dueClassesWire(work.services.registry, names, list);
  return { wire, lines: dueLines(work.terminal, wire), wrong: wire.over > 0 };
}

async function compared(work: Work, rules: string | true): Promise<Found> {
  const text = rules === true ? undefined : await textOf(rules);
  const comparison = await compareRuleSets(work.services, askerOf(work), text);
  const wire = comparisonWire(work.services.registry, comparison);
  return { wire, lines: changedLines(work.terminal, wire), wrong: wire.changed.length > 0 };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(resolve(path), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw new CommandRefused(exitCodes.notFound, `${path} cannot be read: ${error.message}.`);
    throw error;
  }
}
