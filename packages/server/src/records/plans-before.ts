import { dayIn } from '@throughline/domain/day.ts';
import { unprocessable } from '@throughline/domain/errors.ts';
import { changedParts, type Edit, type Patch } from '@throughline/domain/kinds/edit.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { continued, plansBefore, puttingBack } from '@throughline/domain/kinds/plans-before.ts';
import { dayOf } from '@throughline/domain/trace/read.ts';
import { organisationSettings } from '../store/organisations.ts';
import { planVersions } from '../store/plan-versions.ts';
import type { Reader } from '../store/reader.ts';
import type { LockedRecord, Write } from '../store/write.ts';

type Planning = {
  /** `null` for a new record. */
  readonly id: string | null;
  readonly before: Content;
  readonly system: string | null;
  readonly state: string;
  readonly at: Date;
  /** The plan says again what it said before today: it goes on from nothing. */
  readonly putBack?: boolean;
};

const dates = ['plannedOn', 'firstPlannedOn', 'plannedDates'];
const places = ['control', 'system'];

/** The patch of an implementation as one that puts a date back that was moved today, where it does that. */
export async function asPutBack(
  write: Write,
  kind: Kind,
  { id, content }: Pick<LockedRecord, 'id' | 'content'>,
  patch: Patch,
): Promise<Patch> {
  if (kind.name !== 'implementation' || typeof patch.fields?.plannedOn !== 'string') return patch;
  const { timeZone } = await organisationSettings(write);
  const own = await planVersions(write, { control: null, system: null, record: id }, timeZone);
  return puttingBack(own, dayIn(write.ctx.at, timeZone), content, patch) ?? patch;
}

/**
 * The edit of an implementation with the dates that were named for its control in its place before, by whichever record:
 * ending a plan and writing another one names no fresh first date. Throws `unprocessable` where that delays without a
 * reason, or a plan is moved to another control or system to be rid of its dates.
 */
export async function withPlansBefore(
  reader: Reader,
  kind: Kind,
  edit: Edit,
  { id, before, system, state, at, putBack = false }: Planning,
): Promise<Edit> {
  if (kind.name !== 'implementation' || state === 'in-place') return edit;
  const moves = id !== null && places.some((part) => edit.changed.includes(part));
  const named = !putBack && edit.changed.some((part) => dates.includes(part));
  const plans = dayOf(edit.next, 'plannedOn') !== null && (moves || named);
  if (!moves && !plans) return edit;
  const { timeZone } = await organisationSettings(reader);
  const today = dayIn(at, timeZone);
  // What this record said earlier today is still being written, and held to its own rules.
  const earlierOf = async (control: string | null) =>
    plansBefore(
      (await planVersions(reader, { control, system, record: id }, timeZone)).filter(
        ({ record, on }) => record !== id || on !== today,
      ),
    );
  if (moves && (await earlierOf(null)))
    throw unprocessable([
      {
        at: `links.${places.find((part) => edit.changed.includes(part))}`,
        message:
          'A date was planned for this control here. End this plan and write another one: the date first planned stays with the control and its place.',
      },
    ]);
  const [control = null] = edit.next.links.control ?? [];
  const earlier = plans && (await earlierOf(control));
  if (!earlier) return edit;
  // What it planned elsewhere is no date that was named here.
  const here = moves ? { ...before, fields: {} } : before;
  const { next, faults } = continued(kind, here, edit.next, earlier);
  const said = Object.entries(faults).map(([field, message]) => ({ at: `fields.${field}`, message }));
  if (said.length > 0) throw unprocessable(said);
  const changed = changedParts(before, next);
  return { next, changed, material: changed.filter((part) => kind.material.includes(part)) };
}
