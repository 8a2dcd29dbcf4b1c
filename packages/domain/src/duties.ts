/**
 * Separation of duties (DESIGN 7; clauses 5.3, 9.2.2, 10.2) between persons, not between members or roles. Whoever holds
 * two roles, has two accounts, acts by a token of their own or stands in for somebody is one person all the same.
 */

/** What must not lie in one hand. Each bars a person from deciding, auditing, testing or judging. */
export const duties = ['recused', 'requester', 'auditor', 'doer', 'tester', 'submitter', 'author'] as const;
export type Duty = (typeof duties)[number];

/** A small organisation may waive these in writing, to an end; every report shows it. The rest nobody waives. */
export const waivable: readonly Duty[] = ['submitter', 'author'];

/** Who did something, as rows keep it; a deputy's deed is also that of the one stood in for. */
export type Deed = { readonly type: string; readonly id: string; readonly onBehalfOf?: string | null };

/** What is known of who is who. */
export type Identities = {
  /** Pairs of members declared to be one person. */
  readonly same: readonly (readonly [string, string])[];
  /** By token or service account: the members, and tokens, that made it or answer for it. */
  readonly behind: ReadonlyMap<string, readonly string[]>;
};

/** Answers with persons: a person is named by one of the members that they are, always the same one. */
export type Persons = {
  person(member: string): string;
  /** Everybody whose deed this is; nobody where the system acted by itself. */
  of(deed: Deed): string[];
};

/** A duty that stands in the way of the persons named. */
export type Bar = { readonly duty: Duty; readonly persons: ReadonlySet<string> };

export function personsOf({ same, behind }: Identities): Persons {
  const root = joined(same);
  const members = (id: string, seen: ReadonlySet<string>): string[] => {
    const makers = behind.get(id);
    if (makers === undefined || makers.length === 0) return [root(id)];
    // What made itself, over however many tokens, is nobody's; it stays barred under its own id.
    if (seen.has(id)) return [];
    return [root(id), ...makers.flatMap((maker) => members(maker, new Set([...seen, id])))];
  };
  const of = ({ type, id, onBehalfOf }: Deed): string[] => {
    if (type !== 'person' && type !== 'token') return [];
    return [...new Set([id, ...(onBehalfOf ? [onBehalfOf] : [])].flatMap((one) => members(one, new Set())))];
  };
  return { person: root, of };
}

/** The first of the members that are one person, in the order of their ids. */
function joined(same: Identities['same']): (member: string) => string {
  const parents = new Map<string, string>();
  const root = (member: string): string => {
    let at = member;
    for (let up = parents.get(at); up !== undefined; up = parents.get(at)) at = up;
    return at;
  };
  for (const [one, other] of same) {
    const [a, b] = [root(one), root(other)];
    if (a !== b) parents.set(a < b ? b : a, a < b ? a : b);
  }
  return root;
}

/** Bars everybody whose deeds these are. */
export function barOf(duty: Duty, deeds: readonly Deed[], who: Persons): Bar {
  return { duty, persons: new Set(deeds.flatMap((deed) => who.of(deed))) };
}

/** Bars the members named in fields. */
export function barOfMembers(duty: Duty, members: readonly string[], who: Persons): Bar {
  return barOf(
    duty,
    members.map((id) => ({ type: 'person', id })),
    who,
  );
}

export type Judged =
  | { readonly barred: Duty }
  /** Duties that only a waiver keeps from standing in the way: an act given so says it. */
  | { readonly barred: null; readonly waived: readonly Duty[] };

/** Whether persons may act past these bars. What nobody waives is looked at first, so that a refusal names it. */
export function judgeDuties(acting: readonly string[], bars: readonly Bar[], waiver: boolean): Judged {
  const hit = duties.filter((duty) =>
    bars.some((bar) => bar.duty === duty && acting.some((person) => bar.persons.has(person))),
  );
  const barred = hit.find((duty) => !waiver || !waivable.includes(duty));
  return barred === undefined ? { barred: null, waived: hit } : { barred };
}

/** Why, in a sentence that is said to the person. */
export const dutyWords: Readonly<Record<Duty, string>> = {
  recused: 'You stood back from this, so another person decides.',
  requester: 'You asked for this, so another person decides.',
  auditor: 'You had a part in what is audited, so another person audits it.',
  doer: 'You did this, so another person judges its effect.',
  tester: 'You had a part in what is tested, so another person tests it.',
  submitter: 'You submitted this version, so another person approves it.',
  author: 'You wrote this version, so another person approves it.',
};
