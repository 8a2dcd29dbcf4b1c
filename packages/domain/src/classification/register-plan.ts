import type { Catalogue } from '@throughline/catalogue/types.ts';
import type { Json } from '../json.ts';
import type { Classified } from './classify.ts';
import type { ListedObligation } from './obligations.ts';

type Law = Catalogue['euAiAct'];

/** A duty of the law as the register of a system holds it. */
export type RegisteredDuty = {
  readonly id: string;
  /** Id in the catalogue, such as `OB-27`. */
  readonly item: string;
  /** `YYYY-MM-DD`, or a shorter day. */
  readonly appliesFrom: string | null;
  /** Ended or declined: nothing is owed by it. */
  readonly over: boolean;
};

/** What happens to one obligation that follows: written, moved to another day, left as it stands, or held back by the law. */
export type PlannedDuty = {
  readonly item: string;
  readonly does: 'add' | 'move' | 'stand' | 'hold';
  /** `null` where the law holds it back without a day (Art. 111(2)). */
  readonly from: string | null;
  readonly because: string | null;
  readonly record: string | null;
  /** The day that the register says now. */
  readonly before: string | null;
};

export type RegisterPlan = {
  readonly duties: readonly PlannedDuty[];
  /** Duties in the register that follow from none of the outcomes any more; nothing is done to them. */
  readonly fellAway: readonly RegisteredDuty[];
};

/**
 * What the register of a system needs so that it holds each obligation of its signed-off outcomes once. Uses of one
 * system share a duty, and the earliest day binds. Planning again after the plan was carried out plans nothing.
 */
export function planRegister(
  law: Law,
  outcomes: readonly Classified[],
  register: readonly RegisteredDuty[],
): RegisterPlan {
  const follow = followed(outcomes);
  const standing = new Map<string, RegisteredDuty>();
  for (const duty of register) if (!duty.over && !standing.has(duty.item)) standing.set(duty.item, duty);
  const ofTheLaw = new Set(law.obligations.map(({ id }) => id));
  return {
    duties: law.obligations.flatMap(({ id }) => {
      const listed = follow.get(id);
      return listed === undefined || listed.status === 'open' ? [] : [planned(listed, standing.get(id))];
    }),
    fellAway: register.filter(({ item, over }) => !over && ofTheLaw.has(item) && !follow.has(item)),
  };
}

function planned({ id, from, because }: ListedObligation, duty: RegisteredDuty | undefined): PlannedDuty {
  const before = duty?.appliesFrom ?? null;
  const does =
    from === null ? 'hold' : duty === undefined ? 'add' : before === from ? 'stand' : ('move' as const);
  return { item: id, does, from, because, record: duty?.id ?? null, before };
}

/** Each obligation once: with a day before held back, held back before open, and of several days the earliest. */
function followed(outcomes: readonly Classified[]): Map<string, ListedObligation> {
  const follow = new Map<string, ListedObligation>();
  for (const listed of outcomes.flatMap(({ obligations }) => obligations)) {
    const other = follow.get(listed.id);
    if (other === undefined || rank(listed) < rank(other)) follow.set(listed.id, listed);
  }
  return follow;
}

const rank = ({ status, from }: ListedObligation): string => from ?? (status === 'dormant' ? 'x' : 'y');

/**
 * The fields of a duty as it is written into the register: the article, the day, what is owed, and the records that
 * show it. Nothing is marked as met.
 * @param label what a kind of record is called
 */
export function dutyFields(
  law: Law,
  duty: PlannedDuty,
  owner: string | null,
  label: (kind: string) => string,
): Record<string, Json> {
  const said = law.obligations.find(({ id }) => id === duty.item);
  if (!said) throw new TypeError(`The rules name no obligation ${duty.item}`);
  const content = [
    said.summary,
    duty.because,
    `Shown by: ${said.discharged_by.map((kind) => label(kind).toLowerCase()).join(', ')}.`,
  ];
  return {
    name: said.title,
    source: 'law',
    act: actOf(law),
    provision: `Art. ${said.article}`,
    item: duty.item,
    content: content.filter((line) => line !== null).join('\n\n'),
    appliesFrom: duty.from,
    owner,
  };
}

/** The act by its number alone: "Regulation (EU) 2024/1689". */
const actOf = ({ meta }: Law): string => /^\S+ \(EU\) [\d/]+/.exec(meta.law)?.[0] ?? meta.law.slice(0, 200);
