import { refusalWords } from '@throughline/domain/kind-words.ts';
import { may, refusedBy, whoCan } from '@throughline/domain/permissions.ts';
import type { AbilityWire } from '@throughline/domain/wire.ts';
import type { DueRemovalsWire } from '@throughline/domain/wire-pages.ts';
import { type DueRemoval, readDueRemovals } from '../../features/organisation/due-removals.ts';
import { dueRemovals } from '../answers/due-removals.ts';
import type { Caller } from '../caller.ts';
import { refWire } from '../present/ref.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';

/** What is due for removal. It is removed by erasing each record, which nothing does by itself. */
export function dueRemovalRoutes(services: HttpServices): Route[] {
  const { registry } = services;
  const erasable = ({ actor }: Caller, row: DueRemoval): AbilityWire => {
    const kind = registry.get(row.kind);
    const no = (reason: string, who: readonly string[] = []) => ({ allowed: false as const, reason, who });
    if (row.hold !== null) return no('It is under a legal hold, which is lifted first.');
    if (!may(actor, kind.name, 'erase')) {
      const by = refusedBy(actor, kind.name, 'erase');
      return no(refusalWords('erase', kind, by), whoCan(kind.name, 'erase'));
    }
    if (row.own)
      return {
        allowed: false,
        reason: row.own.reason,
        who: whoCan(kind.name, 'erase'),
        people: row.own.people,
      };
    return row.archived ? { allowed: true } : no('Archive this record first. Erasing cannot be undone.');
  };
  return [
    route({
      method: 'GET',
      path: '/due-removals',
      tag: 'Organisation',
      summary:
        'Records whose time to be kept is over, earliest first: proposed for removal, never removed by itself',
      access: 'signed-in',
      answers: { 200: { description: 'At most 500 of them.', shape: dueRemovals } },
      handle: async ({ caller }) => {
        const { items, more } = await readDueRemovals(services, caller);
        const wire: DueRemovalsWire = {
          items: items.map((row) => ({
            record: refWire(registry, row),
            ...{ version: row.version, until: row.until, hold: row.hold, archived: row.archived },
            erase: erasable(caller, row),
          })),
          more,
        };
        return ok(wire);
      },
    }),
  ];
}
