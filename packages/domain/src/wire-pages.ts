/**
 * The shapes of answers on `/api/v1` that belong to one page and to no register: home, log, people, tokens, settings,
 * authority, walks, imports. The rest stands in wire.ts, with the same conventions.
 */

import type { ActorRef } from './actor.ts';
import type { EntryBody } from './entry.ts';
import type { StepUpRule } from './factors.ts';
import type { Structure } from './organisation-structure.ts';
import type { Role } from './permissions.ts';
import type { Retention } from './retention.ts';
import type { SecondFactorRule } from './second-factor.ts';
import type { TokenScope } from './token-scope.ts';
import type { UsualHolder } from './usual-authority.ts';
import type { AbilityWire, ActionWire, LineWire, RefWire, VerdictWire } from './wire.ts';
import type { NamedMember } from './wire-duties.ts';
import type { ImportWire } from './wire-import.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** `GET /setup`, and `POST /setup/link` with a token: whether an administrator is missing, and whether this token may name one. */
export type SetupWire = {
  needed: boolean;
  allowed: boolean;
  link?: LinkStateWire | null;
  /** This server sends mail, so that whoever lost a password asks for a link by themselves. */
  mail: boolean;
};
export type LinkStateWire = 'usable' | 'used' | 'expired' | 'unknown';

/** `POST /invitations/link`: what an invitation is worth, and whom it is for. */
export type InvitationStateWire = {
  link: LinkStateWire;
  organisation: string | null;
  name: string | null;
  email: string | null;
  /** Whoever asks is signed in with this address: they join as who they are. Nobody else learns whether there is such an account. */
  yours: boolean;
  /** The link was handed over and this server sends mail: it takes no password, one that goes to the address does. */
  byMail: boolean;
};

/** One thing that waits for the caller: a task, an approval, a confirmation, a comment. */
export type NeedWire = {
  record: RefWire;
  /** Verb and object: "Reassess IA-31". */
  label: string;
  /** The station of a system, or the item of the mandatory set, that it closes. */
  closes: string | null;
  due: string | null;
  action: ActionWire;
};

/** `GET /home`. Each thing stands in one group alone, the most pressing. */
export type HomeWire = {
  overdue: readonly NeedWire[];
  approve: readonly NeedWire[];
  confirm: readonly NeedWire[];
  /** Comments that speak to the caller and that they have not answered or put away. */
  mentioned: readonly NeedWire[];
  week: readonly NeedWire[];
  /** Tasks that nobody gave a day. */
  undated: readonly NeedWire[];
  /** What comes after this week, where nothing is due. */
  next: { day: string; label: string; record: RefWire } | null;
  /** The caller's own systems, at most 20, those with gaps first. */
  systems: readonly (RefWire & { line: LineWire | null })[];
  readiness: {
    systems: number;
    running: number;
    runningWithGaps: number;
    /** How many of the systems are demo systems: they count like any other, and are said to. */
    demo: number;
    stale: number;
    mandatory: { passes: number; of: number };
    /** Where most systems have a gap, at most 5 stations, the most first. */
    worst: readonly { station: string; name: string; systems: number }[];
    /** Nothing stands in the table of authority, and the caller may fill it. */
    authorityOpen: boolean;
    /** At most 84 days, oldest first. */
    trend: readonly { day: string; withGaps: number }[];
  };
  /** The last significant changes, at most 8, newest first. */
  changes: readonly { record: RefWire; what: string; by: string | null; at: string; significant: boolean }[];
};

/** A member, a group or a token by the name that it has today; `''` where none is left. */
export type NamedId = { readonly id: string; readonly name: string };

/** `GET /log?actor=&kind=&record=&act=&from=&to=`, newest first: `ListWire<LogEntryWire>`. */
export type LogEntryWire = {
  id: string;
  /** Its place in the log; `null` until sequenced. */
  index: number | null;
  at: string;
  by: ActorRef;
  byName: string | null;
  /** In whose place a deputy or a delegate acted. */
  onBehalfOf?: NamedMember;
  /** Who asked for what was confirmed. */
  askedBy?: NamedMember;
  act: EntryBody['act'];
  /** Members, groups and tokens that it is about, beside who acted, as they are called today. */
  about: readonly NamedId[];
  /** Roles that a member, a group or a token has from here on. */
  roles?: readonly Role[];
  record: RefWire | null;
  kind: string | null;
  version: number | null;
  /** Parts that changed, as ids of the declaration. */
  changed: readonly string[];
  /** Hex SHA-256 of the entry as it is hashed. */
  digest: string;
  because: string | null;
  /** What `because` is, where it is an id: an import, or what one person proposed and another confirmed. */
  cause?: 'import' | 'proposal';
  request: string | null;
};

/** `GET /tokens`. The secret is in the answer of `POST /tokens` alone. */
export type TokenWire = {
  id: string;
  name: string;
  roles: readonly Role[];
  /** It reaches what its roles and its scope both allow. */
  scope: TokenScope;
  /** The service account that it belongs to, by name. */
  service: { id: string; name: string } | null;
  /** Whoever made it; of a token that a token made, whoever stands behind that one. */
  madeBy: readonly { id: string; name: string }[];
  createdAt: string;
  /** `null` for a token of an earlier release, which never ends. */
  expiresAt: string | null;
  usedAt: string | null;
  rotatedAt: string | null;
  /** Until when the secret before the last rotation still works; `null` once it does not. */
  previousUntil: string | null;
  revokedAt: string | null;
  /** Whether whoever asks gets another secret of it, or ends it. */
  abilities: { rotate: AbilityWire; end: AbilityWire };
};
/** `GET /tokens`: newest first. */
export type TokensWire = { items: readonly TokenWire[]; abilities: { make: AbilityWire } };
export type NewTokenWire = { token: TokenWire | null; secret: string | null };

/** `POST /members` answers with the link that the person opens to choose a password; it is shown once. */
export type InvitationWire = {
  member: string;
  link: string | null;
  until: string | null;
  /** The link goes to the member by mail, and is shown to nobody else. */
  mailed: boolean;
  /** The proposal to make them an administrator, which waits for another person. */
  waits?: string;
};

/** A password or the second factors of a member were reset: the link, shown this once, or that it goes by mail. */
export type ResetWire = {
  member: string;
  link: string | null;
  until: string | null;
  mailed: boolean;
};

/** `POST /password-resets/link`: what the link in hand is worth, and whose password it sets. */
export type ResetStateWire = {
  link: LinkStateWire;
  organisation: string | null;
  email: string | null;
  /** The second factor is shown before the password is set. */
  secondFactor: boolean;
};

/** `GET /organisation`. */
export type OrganisationWire = {
  id: string;
  name: string;
  /** Its short name, which commands take and whoever operates the installation gave it. */
  slug: string | null;
  timeZone: string;
  /** Every rhythm of the catalogue; `months` is what the organisation adopted, `null` while it has not. */
  intervals: readonly { id: string; name: string; advised: string; months: number | null }[];
  /** Anyone may read the log, without signing in. */
  logPublic: boolean;
  /** The longest that an API token may work, in days. */
  tokenMaxDays: number;
  /** How old the last proof of presence may be when somebody approves or accepts. */
  stepUp: StepUpRule;
  /** On which days people work, and what becomes of what is due on another one. */
  calendar: WorkingCalendar;
  /** Days that each is kept after its end; `null`: it stays. */
  retention: Retention;
  /** Of whom a second factor is demanded, and how many days they have to add one. */
  secondFactor: Omit<SecondFactorRule, 'decidersSince'>;
  /** Units, sites and legal entities; `state` says which ones a change was written for. */
  structure: Structure & { state: string };
  /** First month of the financial year, 1 to 12; `null` where it was not said. */
  financialYear: number | null;
  /** `secure`: what outlasts an absence, such as who reads the log, proofs asked for, and how long things are kept. */
  abilities: { edit: AbilityWire; secure: AbilityWire };
};

/** `GET /organisation/units`: as systems name them. */
export type UnitsWire = {
  items: readonly {
    name: string;
    /** Short names that systems of the unit give it: more than one is worth a look. */
    codes: readonly string[];
    systems: number;
    /** Registered units below this one, at every depth, and how many systems name it or one of them. */
    below: readonly string[];
    systemsWithin: number;
    /** Whether it stands among the registered units; `endsOn` is the last day of one that does. */
    registered: boolean;
    endsOn: string | null;
    subUnits: readonly { name: string; systems: number }[];
  }[];
  /** Systems that name none. */
  without: number;
};

/** `GET /same-persons`: members that are one person, for whom duties hold at once. */
export type SamePersonWire = {
  id: string;
  members: readonly { member: string; name: string }[];
  at: string;
  /** Whether whoever asks proposes that it is taken back. */
  abilities: { end: AbilityWire };
};

/** `GET /authority`: level × dimension → who decides. */
export type AuthorityWire = {
  levels: readonly { id: string; name: string }[];
  /** By what each is decided on the day: `roles` alone, `nobody` as its lines have ended, or the `table`. */
  dimensions: readonly { id: string; name: string; decidedBy: 'roles' | 'nobody' | 'table' }[];
  grants: readonly AuthorityGrantWire[];
  /** The usual table to begin with, by duty: filled with people, it becomes lines. */
  usual: readonly UsualHolder[];
  abilities: { edit: AbilityWire };
};
export type AuthorityGrantWire = {
  level: string;
  dimension: string;
  holder: { role: Role } | { member: string; name: string };
  delegate: { member: string; name: string } | null;
  until: string | null;
};

/** `GET /demo`. `partly`: a load was stopped and goes on when it is asked for again. */
export type DemoWire = {
  standing: 'none' | 'partly' | 'loaded';
  systems: number;
  records: readonly RefWire[];
};

/** `POST /walks/draw`: which system was drawn, and what repeats the draw exactly. */
export type WalkDrawWire = {
  walk: RefWire;
  /** `null` when the item drawn outside is not in the register: that is a finding before anything else. */
  system: RefWire | null;
  seed: string;
  /** Rows in the draw. */
  population: number;
  from: 'register' | 'outside';
  /** Where an outside list comes from, an option of the population of a walk, and what was said of it. */
  source: string | null;
  note: string | null;
  /** The filter of the register as in its address; `null` for an outside population. */
  filter: string | null;
  /** Of an outside population: the drawn row's text. */
  row: string | null;
  drawnAt: string;
};

/** Body of `POST /walks/{ref}/record`. Seconds count only while the walk was not paused. */
export type WalkRecordWire = {
  seconds: number;
  pauses: readonly { at: string; seconds: number }[];
  stations: readonly {
    station: string;
    seen: 'seen' | 'gap' | 'not-looked-at';
    known: VerdictWire;
    note: string;
  }[];
  note: string;
};

/** `GET /due-removals`: what is due for removal as the time that it is kept for is over, earliest first. */
export type DueRemovalsWire = {
  items: readonly {
    record: RefWire;
    version: number;
    /** Last day of the time that it was kept for. */
    until: string;
    /** Why it is held back; `null` where it is not. */
    hold: string | null;
    archived: boolean;
    erase: AbilityWire;
  }[];
  /** There are more, which come once these are gone. */
  more: boolean;
};

/** `GET /imports`: one past import. */
export type ImportSummaryWire = Pick<ImportWire, 'id' | 'kind' | 'state' | 'appliedAt' | 'undoable'> & {
  name: string;
  rows: number;
  by: string | null;
  at: string;
  counts: { added: number; changed: number; rejected: number } | null;
};

/** `GET /catalogue?of=`: one thing that a field of the catalogue can point at. */
export type CatalogueItemWire = { id: string; title: string };

/** `GET /import-profiles`. */
export type ImportProfileWire = { id: string; name: string; kind: string; columns: number };
