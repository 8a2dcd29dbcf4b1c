import { whoAdministers } from '@throughline/domain/permissions.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { AbilityWire } from '@throughline/domain/wire.ts';
import type { DutyWaiversWire, RecusalRowWire } from '@throughline/domain/wire-duties.ts';
import type { NamedRight, WaiversView } from '../../features/duties/duty-waivers.ts';
import type { EndRight, RecusalsView } from '../../features/duties/recusals.ts';
import { namedMember, standingIn } from './actor.ts';
import { refWire } from './ref.ts';

/** `GET /duty-waivers`. */
export function dutyWaiversWire(registry: Registry, view: WaiversView): DutyWaiversWire {
  const { names } = view;
  return {
    items: view.waivers.map(({ id, reason, by, onBehalfOf, askedBy, at, lastDay, inForce, ...end }) => ({
      id,
      reason,
      by: namedMember(by, names),
      ...standingIn(onBehalfOf, names),
      ...(askedBy === null ? {} : { askedBy: namedMember(askedBy, names) }),
      at,
      until: lastDay,
      inForce,
      ...(end.endedAt !== null && end.endedBy !== null
        ? { ended: { at: end.endedAt, by: namedMember(end.endedBy, names), reason: end.endReason ?? '' } }
        : {}),
    })),
    counts: view.counts.map((count) => ({ ...count, label: registry.get(count.kind).plural })),
    abilities: { give: rightWire(view.give), end: rightWire(view.end) },
  };
}

function rightWire(right: NamedRight): AbilityWire {
  if (right.may) return { allowed: true };
  const { reason, who, people } = right;
  return { allowed: false, reason, who, ...(people ? { people } : {}) };
}

/** `GET /recusals`. */
export function recusalsWire(registry: Registry, view: RecusalsView): RecusalRowWire[] {
  return view.recusals.flatMap(({ id, record, member, reason, at, endedAt, endedBy, endReason }) => {
    const row = view.refs.get(record);
    if (!row) return [];
    return [
      {
        id,
        record: refWire(registry, row),
        member: namedMember(member, view.names),
        reason,
        at: at.toISOString(),
        ...(endedAt !== null && endedBy !== null
          ? { ended: { at: endedAt.toISOString(), by: namedMember(endedBy, view.names), reason: endReason } }
          : {}),
        abilities: { end: endWire(view.ends.get(id)) },
      },
    ];
  });
}

/** What has ended is ended by nobody. */
function endWire(right: EndRight | undefined): AbilityWire {
  if (right?.may === true) return { allowed: true };
  const { reason = 'This has ended already.', people } = right ?? {};
  return {
    ...{ allowed: false, reason, who: right ? whoAdministers('settings') : [] },
    ...(people ? { people } : {}),
  };
}
