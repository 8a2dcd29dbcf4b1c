import type { Actor } from '@throughline/domain/actor.ts';
import { dueOf } from '@throughline/domain/classification/side-by-side.ts';
import { addDays, dayIn, lastDay } from '@throughline/domain/day.ts';
import { canHandOn, may } from '@throughline/domain/permissions.ts';
import { dueDay } from '@throughline/domain/working-calendar.ts';
import type { Services } from '../../services.ts';
import { authorityRows } from '../../store/authority.ts';
import { type DueClass, dueClasses } from '../../store/classes.ts';
import { demoSystems } from '../../store/demo.ts';
import {
  type ChangeRow,
  type FallenRow,
  fallenApprovals,
  type OwnSystemRow,
  openTasks,
  ownSystems,
  type SubmittedRow,
  significantChanges,
  type TaskRow,
} from '../../store/home.ts';
import { type MentionRow, openMentions } from '../../store/mentions.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import { systemCounts, type TrendRow, trendRows } from '../../store/readiness.ts';
import { memberNames } from '../../store/records.ts';
import { outstanding } from '../../store/standing.ts';
import { type AnewRow, toDecide } from './to-decide.ts';

export type Home = {
  readonly overdue: readonly TaskRow[];
  readonly week: readonly TaskRow[];
  /** Tasks without a day: they would otherwise wait where nobody looks. */
  readonly undated: readonly TaskRow[];
  readonly next: TaskRow | null;
  /** Signed-off classes of the caller's that are due to be looked at again within the week, or were. */
  readonly classes: readonly (DueClass & { readonly due: string })[];
  readonly approve: readonly SubmittedRow[];
  /** Acceptances of risks, and approvals of their plans, that are stale: given by the caller, or theirs to give anew. */
  readonly anew: readonly AnewRow[];
  readonly fallen: readonly FallenRow[];
  readonly mentioned: readonly MentionRow[];
  readonly systems: readonly OwnSystemRow[];
  readonly counts: {
    readonly total: number;
    readonly running: number;
    readonly withGaps: number;
    readonly runningWithGaps: number;
    readonly demo: number;
  };
  readonly stale: number;
  /** Nothing ever stood in the table of authority, and the caller may fill it. */
  readonly authorityOpen: boolean;
  readonly trend: readonly TrendRow[];
  readonly changes: readonly ChangeRow[];
  readonly members: ReadonlyMap<string, string>;
  /** Today in the organisation's time zone. */
  readonly today: string;
};

const trendDays = 84;
const undatedAtMost = 20;

/** What needs the caller, how the register stands, and what changed: everything that the first page shows. */
export async function readHome(
  services: Services,
  asked: { readonly organisation: string; readonly actor: Actor },
): Promise<Home> {
  const { actor } = asked;
  const { states } = services.registry.get('system').lifecycle;
  const live = Object.keys(states).filter((state) => states[state]?.live);
  const member = actor.type === 'person' ? actor.member : null;
  return services.store.read(asked, async (reader) => {
    const { timeZone, calendar, intervals } = await organisationSettings(reader);
    const today = dayIn(services.clock(), timeZone);
    const tasks = member ? await openTasks(reader, member, 200) : [];
    const dated = tasks.filter((task) => task.due !== null);
    const due = (task: TaskRow) => dueDay(calendar, lastDay(task.due ?? '9999-12-31'));
    const changes = await significantChanges(reader, 8);
    const mentioned = await mentions(reader, actor);
    const people = [
      ...changes.filter((change) => change.actor_type === 'person').map((change) => change.actor_id),
      ...mentioned.filter((one) => one.by_type === 'person').map((one) => one.by_id),
    ];
    return {
      overdue: dated.filter((task) => due(task) < today),
      week: dated.filter((task) => due(task) >= today && due(task) <= addDays(today, 7)),
      undated: tasks.filter((task) => task.due === null).slice(0, undatedAtMost),
      next: dated.find((task) => due(task) > addDays(today, 7)) ?? null,
      classes:
        member && may(actor, 'classification', 'edit')
          ? ownDue(await dueClasses(reader, member), intervals.risk_classification ?? null, addDays(today, 7))
          : [],
      ...(await toDecide(services, reader, actor)),
      fallen: member ? await fallenApprovals(reader, member, 20) : [],
      mentioned,
      systems: member ? await ownSystems(reader, member, 20) : [],
      counts: { ...(await systemCounts(reader, live)), demo: await demoSystems(reader) },
      stale: (await outstanding(reader)).count,
      authorityOpen: canHandOn(actor, 'settings') && (await authorityRows(reader)).length === 0,
      trend: await trendRows(reader, trendDays),
      changes,
      members: await memberNames(reader, people),
      today,
    };
  });
}

const classesAtMost = 20;

function ownDue(
  rows: readonly DueClass[],
  period: string | null,
  until: string,
): (DueClass & { due: string })[] {
  return rows
    .flatMap((row) => {
      const due = dueOf({ fields: row.days, links: {} }, { fields: row.signed, links: {} }, period);
      return due !== null && due <= until ? [{ ...row, due }] : [];
    })
    .sort((a, b) => a.due.localeCompare(b.due) || a.number - b.number)
    .slice(0, classesAtMost);
}

const mentionsAtMost = 20;

/** Comments that speak to this person, on records that they may read. */
async function mentions(reader: Reader, actor: Actor): Promise<MentionRow[]> {
  if (actor.type !== 'person') return [];
  const found = await openMentions(reader, actor, { limit: mentionsAtMost });
  return found.filter((row) => may(actor, row.kind, 'read'));
}
