import { coverageOf } from '@throughline/domain/crosswalk/coverage.ts';
import {
  baselineRows,
  controlStandings,
  dutyStandings,
  frameworkStandings,
  type ItemProgress,
  type ItemStanding,
  judgedByPeople,
  progressOf,
} from '@throughline/domain/crosswalk/progress.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { rowsOf } from '@throughline/domain/trace/read.ts';
import { editInside } from '../../records/edit-record.ts';
import { ensureMay, ensureVersion, loadReadable, lockFor } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import {
  controlCounts,
  dutyCounts,
  exclusions,
  type PlanTask,
  runningSystems,
  tasksAbout,
} from '../../store/coverage.ts';
import { logIndexAt } from '../../store/history.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames } from '../../store/records.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { runningStates } from './coverage.ts';

export type GapView = {
  readonly record: StoredRecord;
  readonly today: string;
  readonly items: readonly ItemProgress[];
  readonly tasks: ReadonlyMap<string, PlanTask>;
  readonly names: ReadonlyMap<string, string>;
};

async function standingsOf(
  { registry, catalogue }: Services,
  reader: Reader,
  { content }: StoredRecord,
): Promise<ItemStanding[]> {
  if (content.fields.measures === 'eu-ai-act') return dutyStandings(catalogue, await dutyCounts(reader));
  const states = runningStates(registry);
  const systems = await runningSystems(reader, states);
  const counted = {
    controls: await controlCounts(reader, states),
    exclusions: await exclusions(reader),
    duties: [],
    systems,
  };
  const framework = judgedByPeople.find((one) => one === content.fields.measures);
  return framework === undefined
    ? controlStandings(catalogue, systems, counted.controls, counted.exclusions)
    : frameworkStandings(content, systems, coverageOf(catalogue, framework, counted).rows);
}

/** A gap analysis with where each item stood, stands now, and is to be. */
export async function readGaps(
  services: Services,
  asked: Asker & { readonly ref: string },
): Promise<GapView> {
  const { registry, clock, store } = services;
  const kind = registry.get('gap-analysis');
  for (const name of ['gap-analysis', 'control', 'obligation', 'applicability', 'task'])
    ensureMay(asked.actor, registry.get(name), 'read');
  return store.read(asked, async (reader) => {
    const record = await loadReadable(reader, asked.actor, kind, asked.ref);
    const { timeZone } = await organisationSettings(reader);
    const today = dayIn(clock(), timeZone);
    const tasks = await tasksAbout(reader, record.id);
    const { states } = registry.get('task').lifecycle;
    const planned = tasks.map(({ id, item, state }) => ({ id, item, done: states[state]?.ended === true }));
    const items = progressOf(record.content, await standingsOf(services, reader, record), planned, today);
    const people = [
      ...tasks.flatMap(({ assignee }) => assignee ?? []),
      ...items.flatMap(({ target }) => target?.owner ?? []),
    ];
    return {
      ...{ record, today, items },
      tasks: new Map(tasks.map((task) => [task.id, task])),
      names: await memberNames(reader, [...new Set(people)]),
    };
  });
}

/**
 * Counts where every item stands now and keeps it as the baseline, with the place in the log that it was counted at. It
 * is kept once: whoever wants another begins another analysis, so that no start moves closer to the goal.
 */
export async function freezeBaseline(
  services: Services,
  ctx: Context,
  input: { readonly ref: string; readonly version: number },
): Promise<void> {
  const kind = services.registry.get('gap-analysis');
  ensureMay(ctx.actor, kind, 'edit');
  await services.store.change(ctx, async (write) => {
    const record = await lockFor(write, kind, input.ref, 'edit');
    ensureVersion(record, input.version);
    if (kind.lifecycle.states[record.state]?.ended === true)
      throw new DomainError('conflict', 'This analysis is closed. Open it again first.');
    if (rowsOf(record.content, 'baseline').length > 0)
      throw new DomainError('conflict', 'The baseline stands. Begin another analysis to count from today.');
    const { timeZone } = await organisationSettings(write);
    const rows = baselineRows(await standingsOf(services, write, record));
    if (rows.length === 0)
      throw new DomainError('conflict', 'Nothing is on record to count. Register the duties first.');
    await editInside(write, kind, record, {
      byAct: true,
      fields: {
        baseline: rows,
        baselineOn: dayIn(services.clock(), timeZone),
        baselineAt: (await logIndexAt(write, ctx.at)) ?? -1,
      },
      links: {},
    });
  });
}
