import { stationRule } from '@throughline/catalogue/lookup.ts';
import type { Catalogue } from '@throughline/catalogue/types.ts';
import { stationIds } from '@throughline/catalogue/vocabulary.ts';
import type { Actor } from '@throughline/domain/actor.ts';
import { can } from '@throughline/domain/permissions.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { LineWire, MandatoryWire, ReadinessWire, RefWire } from '@throughline/domain/wire.ts';
import type { HomeWire, NeedWire } from '@throughline/domain/wire-pages.ts';
import type { Home } from '../../features/home/read-home.ts';
import type { FallenRow, OwnSystemRow, SubmittedRow, TaskRow } from '../../store/home.ts';
import type { MentionRow } from '../../store/mentions.ts';
import { partsWords } from './parts-words.ts';
import { refWire } from './ref.ts';

/** `GET /home`. Each thing stands in one group alone, the most pressing. */
export function homeWire(
  registry: Registry,
  catalogue: Catalogue,
  home: Home,
  { mandatory, stations }: Pick<ReadinessWire, 'mandatory' | 'stations'>,
  actor: Actor,
): HomeWire {
  const me = actor.type === 'person' ? actor.member : null;
  const task = (row: TaskRow): NeedWire => taskNeed(registry, catalogue, actor, row);
  const looked = home.classes.map((row) => ({ late: row.due < home.today, need: classNeed(registry, row) }));
  return {
    overdue: [...home.overdue.map(task), ...looked.filter(({ late }) => late).map(({ need }) => need)],
    approve: [
      ...home.approve.map((row) => approvalNeed(registry, row)),
      ...home.anew.map((row) => anewNeed(registry, row)),
      ...home.fallen.map((row) => fallenNeed(registry, row)),
    ],
    confirm: mandatory.flatMap((item) => confirmNeed(item, me)),
    mentioned: home.mentioned.map((row) => mentionNeed(registry, row, home.members)),
    week: [...home.week.map(task), ...looked.filter(({ late }) => !late).map(({ need }) => need)],
    undated: home.undated.map(task),
    next: home.next?.due
      ? { day: home.next.due, label: home.next.title, record: refWire(registry, home.next) }
      : null,
    systems: home.systems.map((row) => ({ ...refWire(registry, row), line: lineOf(row) })),
    readiness: {
      systems: home.counts.total,
      running: home.counts.running,
      runningWithGaps: home.counts.runningWithGaps,
      demo: home.counts.demo,
      stale: home.stale,
      mandatory: { passes: mandatory.filter((item) => item.passes).length, of: mandatory.length },
      worst: worstOf(stations),
      authorityOpen: home.authorityOpen,
      trend: home.trend.map((row) => ({ day: row.day, withGaps: row.with_gaps })),
    },
    changes: home.changes.map((change) => ({
      record: refWire(registry, change),
      what: partsWords(registry.get(change.kind), change.changed),
      by: home.members.get(change.actor_id) ?? null,
      at: change.at.toISOString(),
      significant: true,
    })),
  };
}

/** Enough to choose from; the rest is on the page of readiness. */
const worstAtMost = 5;

const worstOf = (stations: ReadinessWire['stations']): HomeWire['readiness']['worst'] =>
  stations
    .filter(({ gap }) => gap > 0)
    .sort((a, b) => b.gap - a.gap)
    .slice(0, worstAtMost)
    .map(({ id, name, gap }) => ({ station: id, name, systems: gap }));

const allowed = { allowed: true } as const;

/** The station that a rule stands at, as people see it; a rule of the organisation is its own number. */
function stationOf(catalogue: Catalogue, rule: string | null): string | null {
  if (rule === null) return null;
  const found = stationRule(catalogue, rule)?.station;
  return found ? `${stationIds.indexOf(found.id) + 1} ${found.name}` : rule;
}

/** A task is finished where it stands by whoever it was given to; who may only read it opens it. */
function taskNeed(registry: Registry, catalogue: Catalogue, actor: Actor, task: TaskRow): NeedWire {
  const record = refWire(registry, task);
  const me = actor.type === 'person' ? actor.member : null;
  const facts = { kind: task.kind, owner: me, assignee: me, systemOwner: null };
  const finishes = can(actor, 'transition', facts) && can(actor, 'edit', facts);
  return {
    record,
    label: task.title,
    closes: stationOf(catalogue, task.rule),
    due: task.due,
    action: finishes
      ? { label: 'Finish', do: { type: 'step', ref: record.ref, transition: 'finish' }, ability: allowed }
      : { label: 'Open', do: { type: 'open', ref: record.ref }, ability: allowed },
  };
}

function classNeed(registry: Registry, row: Home['classes'][number]): NeedWire {
  const record = refWire(registry, row);
  return {
    record,
    label: `Look at ${row.title} again`,
    closes: null,
    due: row.due,
    action: { label: 'Look again', do: { type: 'validate', ref: record.ref }, ability: allowed },
  };
}

function approvalNeed(registry: Registry, row: SubmittedRow): NeedWire {
  const record = refWire(registry, row);
  return {
    record,
    label: `Approve ${row.title}`,
    closes: null,
    due: null,
    action: { label: 'Look and decide', do: { type: 'approve', ref: record.ref }, ability: allowed },
  };
}

/** A decision that no longer stands on what it was given for: whoever gave it is told, and whoever may give it anew. */
function anewNeed(registry: Registry, row: Home['anew'][number]): NeedWire {
  const record = refWire(registry, row);
  const accepts = registry.get(row.kind).approvable?.as === 'accept';
  const given = accepts ? 'acceptance' : 'approval';
  const whose = row.mine ? `Your ${given} is stale` : `The ${given} is stale`;
  const then = row.may ? `, and is given anew: ${row.title}` : `: ${row.title}`;
  return {
    record,
    label: `${whose}${then}`,
    closes: null,
    due: null,
    action: row.may
      ? { label: 'Look and decide', do: { type: 'approve', ref: record.ref }, ability: allowed }
      : { label: 'See what changed', do: { type: 'open', ref: record.ref }, ability: allowed },
  };
}

function fallenNeed(registry: Registry, row: FallenRow): NeedWire {
  const record = refWire(registry, row);
  const given = registry.get(row.kind).approvable?.as === 'accept' ? 'acceptance' : 'approval';
  return {
    record,
    label: `A significant change took your ${given} away: ${row.title}`,
    closes: null,
    due: null,
    action: { label: 'See what changed', do: { type: 'open', ref: record.ref }, ability: allowed },
  };
}

/** Answering a comment, or saying that it is seen, takes it away. */
function mentionNeed(registry: Registry, row: MentionRow, names: ReadonlyMap<string, string>): NeedWire {
  const record = refWire(registry, row);
  const who = names.get(row.by_id) ?? 'Somebody';
  return {
    record,
    label: `${who} mentions you: ${row.title}`,
    closes: null,
    due: null,
    action: {
      label: 'Read and answer',
      do: { type: 'open', ref: record.ref, tab: 'comments' },
      ability: allowed,
    },
  };
}

/** Documents of the mandatory set whose owner has not yet said whether they can explain the version in force. */
function confirmNeed(item: MandatoryWire, me: string | null): NeedWire[] {
  const record: RefWire | null = item.record;
  // Only the owner's own word counts, so nobody else is asked.
  if (!me || !record || item.owner?.id !== me || item.exists.state !== 'yes') return [];
  if (item.ownerCanSpeak.state !== 'not-yet-judged') return [];
  return [
    {
      record,
      label: `Can you explain ${record.ref}, ${item.title}?`,
      closes: item.clause,
      due: null,
      action: { label: 'Answer', do: { type: 'open', ref: record.ref }, ability: allowed },
    },
  ];
}

function lineOf(row: OwnSystemRow): LineWire {
  return { strip: row.strip, gaps: row.gaps, holdsUntil: row.holds_until, stale: row.stale };
}
