import { acceptanceBy } from '../trace/acceptance.ts';
import { approvedVersion } from '../trace/approved.ts';
import type { Clock } from '../trace/clock.ts';
import { standsInPlace } from '../trace/in-place.ts';
import { movedTimes } from '../trace/moved.ts';
import { dayOf, linksOf, textOf } from '../trace/read.ts';
import type { PlaceState, Placing, SoaFacts, SoaRecord } from './types.ts';

/** A control's places, with the implementations behind what is wrong with them. */
export type Places = {
  readonly placing: Placing;
  /** Implementations that count: on running systems, or for the organisation. */
  readonly counted: readonly SoaRecord[];
  /** Those of them that are in place. */
  readonly standing: readonly SoaRecord[];
  /** Planned for a first day that has passed, or for none. */
  readonly late: readonly SoaRecord[];
  /** Planned, and nobody with authority accepted the risk until then. */
  readonly unaccepted: readonly SoaRecord[];
  /** Moved to a later day more than once, and the risk until then not accepted since (8.3). */
  readonly redated: readonly SoaRecord[];
  /** Planned where law in force or a gate demands it now. */
  readonly demanded: readonly SoaRecord[];
};

export type Around = Pick<SoaFacts, 'organisation' | 'interim'> & {
  readonly clock: Clock;
  readonly running: ReadonlySet<string>;
};

export const open = (record: SoaRecord): boolean => record.state !== 'ended';

/**
 * How a control is put in place. A system's own implementation is a deviation and counts before the organisation's; a
 * control that each system puts in place counts on running systems alone.
 */
export function placesOf(
  around: Around,
  at: Placing['at'],
  implementations: readonly SoaRecord[],
  demanded: ReadonlySet<string>,
): Places {
  const counted = implementations.filter(
    (record) => open(record) && (record.system === null || around.running.has(record.system)),
  );
  const own = Map.groupBy(
    counted.filter(({ system }) => system !== null),
    ({ system }) => system ?? '',
  );
  const shared = counted.filter(({ system }) => system === null);
  const groups = at === 'organisation' ? [shared, ...own.values()] : [...own.values()];
  const asked = at === 'organisation' ? 1 : around.running.size;
  const stateIn = (group: readonly SoaRecord[]) => best(group, around.clock);
  const states = (at === 'organisation' ? [shared] : groups).map(stateIn);
  const number = (state: string) => states.filter((one) => one === state).length;
  const [inPlace, partly, planned] = [number('in-place'), number('partly'), number('planned')];
  const numbers = { inPlace, partly, planned, missing: asked - inPlace - partly - planned };
  const waiting = groups.filter((group) => stateIn(group) !== 'in-place').flat();
  const isDemanded = ({ system }: SoaRecord) => (system === null ? demanded.size > 0 : demanded.has(system));
  const held = waiting.map((record) => ({ record, plan: planOf(around, record) }));
  const waits = (plan: Plan) =>
    held.flatMap((one) => (one.plan === plan && !isDemanded(one.record) ? [one.record] : []));
  return {
    placing: {
      at,
      of: asked,
      ...numbers,
      state: stateOf(asked, numbers),
      deviations: at === 'organisation' ? own.size : 0,
    },
    counted: groups.flat(),
    standing: groups.flat().filter((record) => standsInPlace(record, around.clock)),
    late: waits('late'),
    unaccepted: waits('unaccepted'),
    redated: waits('redated'),
    demanded: waiting.filter(isDemanded),
  };
}

/**
 * The furthest state of several implementations in one place; nothing where there are none. What says that it is in
 * place from a day that is still to come is planned until then.
 */
export function best(group: readonly SoaRecord[], clock: Clock): 'in-place' | 'partly' | 'planned' | null {
  if (group.some((record) => standsInPlace(record, clock))) return 'in-place';
  if (group.some(({ state }) => state === 'partly')) return 'partly';
  return group.some(({ state }) => state === 'planned' || state === 'in-place') ? 'planned' : null;
}

function stateOf(
  of: number,
  { inPlace, partly, planned }: Pick<Placing, 'inPlace' | 'partly' | 'planned'>,
): PlaceState {
  if (of === 0) return 'no-systems';
  if (inPlace === of) return 'in-place';
  if (inPlace + partly > 0) return 'partly';
  return planned > 0 ? 'planned' : 'missing';
}

export type Plan = 'late' | 'unaccepted' | 'redated' | 'accepted';

/**
 * Whether a plan counts: only before the day first named, and with the risk until then accepted within authority. A
 * moved date does not move that end (CO3, CO5); a plan without a day promises nothing. Who bears the risk agreed to one
 * delay: from the second on, only an acceptance given since counts.
 */
export function planOf({ organisation, interim, clock }: Omit<Around, 'running'>, record: SoaRecord): Plan {
  const first = dayOf(record, 'firstPlannedOn') ?? dayOf(record, 'plannedOn');
  if (first === null || clock.over(first)) return 'late';
  const given = linksOf(record, 'interimRisk').flatMap((id) => {
    const risk = interim.get(id);
    if (!risk) return [];
    const acceptance = acceptanceBy(
      organisation,
      clock,
      risk,
      approvedVersion(risk, () => undefined),
      linksOf(risk, 'carries').flatMap((assessment) => interim.get(assessment) ?? []),
    );
    return acceptance.state === 'in-force' && acceptance.interim ? [Date.parse(acceptance.at)] : [];
  });
  const again = movedTimes(record) > 1;
  if (given.length === 0) return again ? 'redated' : 'unaccepted';
  if (!again || record.materialAt === undefined) return 'accepted';
  const changed = Date.parse(record.materialAt);
  return given.some((at) => at >= changed) ? 'accepted' : 'redated';
}

/** Where a control is put in place; one that does not say is put in place on each system. */
export const placeAt = (control: Parameters<typeof textOf>[0]): Placing['at'] =>
  textOf(control, 'implementedAt') === 'organisation' ? 'organisation' : 'system';
