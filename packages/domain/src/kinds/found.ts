import type { Approval } from '../approvals.ts';
import { type ErrorItem, unprocessable } from '../errors.ts';
import type { Json } from '../json.ts';
import type { Content, Kind } from './kind.ts';

/**
 * What a judgement found on a day is a fact (8.3, 9.1, A.6.2.4): it is not called off once it was found, who found it and
 * on what stay, and it is opened again with a reason by somebody else than who found it. Until it is concluded anew, what
 * it found against what was judged counts; a good word is not relied on while it is in doubt.
 */
export type Found = {
  /** The state in which it was found. */
  readonly in: string;
  /** The member field whose person found it. */
  readonly by: string;
  /** What was judged, by relations: on something else it is another judgement. */
  readonly of: readonly string[];
  /** The field that says what was found, and the day of it. */
  readonly word: string;
  readonly on: string;
  /** What speaks against what was judged. */
  readonly against: readonly string[];
  /** What speaks for it by half: while it is in doubt, no older good word stands in its place. */
  readonly half?: readonly string[];
};

/** A version in which it was found, and until when that stood. */
export type FoundVersion = {
  readonly version: number;
  readonly digest: string;
  readonly fields: Readonly<Record<string, Json>>;
  readonly links: Content['links'];
  /** RFC 3339: when material content last changed by then, and when the next version came. */
  readonly material: string;
  readonly until: string;
};

/** What such a version says against what was judged. */
export const isAgainst = ({ found }: Kind, { fields }: Pick<Content, 'fields'>): boolean =>
  found !== undefined &&
  typeof fields[found.word] === 'string' &&
  found.against.includes(`${fields[found.word]}`);

type Judged = Content & {
  readonly doubted?: string;
  readonly state: string;
  readonly version?: number;
  readonly digest?: string;
  readonly materialAt?: string;
  readonly approvals?: readonly Approval[];
};

/**
 * A judgement that is open again as the rules read it: what it found against what was judged goes on counting, and what
 * spoke for it by half is marked with the day on which it did (`doubted`).
 */
export function asFound<Of extends Judged>(kind: Kind, record: Of, before: FoundVersion | null): Of {
  if (!kind.found || !before || record.state === kind.found.in) return record;
  const { word, on, half = [] } = kind.found;
  if (half.includes(`${before.fields[word]}`)) return { ...record, doubted: `${before.fields[on] ?? ''}` };
  if (!isAgainst(kind, before)) return record;
  const { version, digest, fields, links, material, until } = before;
  const then = (act: Approval) => Date.parse(act.at) < Date.parse(until);
  return {
    ...record,
    ...{ state: kind.found.in, fields, links },
    ...(record.version === undefined ? {} : { version }),
    ...(record.digest === undefined ? {} : { digest }),
    ...(record.materialAt === undefined ? {} : { materialAt: new Date(material).toISOString() }),
    ...(record.approvals === undefined ? {} : { approvals: record.approvals.filter(then) }),
  };
}

/** That a judgement is not opened again by taking back the step that gave it. */
export const openedByStep = 'What was found stays. It is opened again by its step, with the reason.';

/** Why nobody takes back the approval of what was found, in words: what was found would be gone by one hand. */
export const foundWithdrawal = (kind: Kind, { state, content }: { state: string; content: Content }) =>
  state === kind.found?.in && isAgainst(kind, content) ? openedByStep : undefined;

/** Why a judgement that was given does not go to a state, in words: nobody calls off what was found. */
export function foundObstacle({ found, lifecycle, label }: Kind, to: string): string | undefined {
  if (!found || lifecycle.states[to]?.ended !== true) return undefined;
  const concluded = lifecycle.states[found.in]?.label.toLowerCase() ?? found.in;
  return `It was ${concluded} once, and what was found stays. Bring it to a conclusion as it was found, or write another ${label.toLowerCase()}.`;
}

/**
 * What may not change of a judgement that was given once: who found it and on what; and with the step that opens it again,
 * anything but why, so that what was found can be read as it was.
 * @param state in which it stands
 * @param leaving the step that follows in the same change
 */
export function foundFaults(
  { found, fields, relations, lifecycle, label }: Kind,
  state: string,
  changed: readonly string[],
  leaving?: string,
): ErrorItem[] {
  if (!found) return [];
  const says = leaving === undefined ? undefined : lifecycle.transitions[leaving]?.says;
  return changed.flatMap((part) => {
    if (part === says) return [];
    const name = (fields[part] ?? relations[part])?.label ?? part;
    const at = `${part in fields ? 'fields' : 'links'}.${part}`;
    if (part === found.by || found.of.includes(part))
      return [
        {
          at,
          message: `${name} stays as it was when this was judged. Write another ${label.toLowerCase()}.`,
        },
      ];
    return state === found.in && leaving !== undefined
      ? [{ at, message: `${name} stays as it was found until this is open again.` }]
      : [];
  });
}

/** Refuses that. Throws `unprocessable`. */
export function refuseFound(kind: Kind, state: string, changed: readonly string[], leaving?: string): void {
  const faults = foundFaults(kind, state, changed, leaving);
  if (faults.length > 0) throw unprocessable(faults);
}

/** What a declaration of it contradicts in its own kind. */
export function declaredFoundFaults({ found, fields, lifecycle }: Kind): string[] {
  if (!found) return [];
  if (!(found.in in lifecycle.states)) return [`found names state "${found.in}"`];
  return Object.entries(lifecycle.transitions)
    .filter(([, step]) => step.from.includes(found.in))
    .flatMap(([name, { from, to, says, notBy }]) => [
      ...(from.length > 1 ? [`transition ${name} leads from "${found.in}" and from elsewhere`] : []),
      ...(lifecycle.states[to]?.ended ? [`transition ${name} ends what was found`] : []),
      ...(says === undefined || fields[says]?.byAct !== true ? [`transition ${name} does not say why`] : []),
      ...(notBy?.includes(found.by) ? [] : [`transition ${name} is taken by who found it`]),
    ]);
}
