import type { AskedAuthority } from '../authority.ts';
import type { NamedItem } from '../crosswalk/known-items.ts';
import type { Json } from '../json.ts';
import type { Undecided } from '../soa/undecided.ts';
import type { Compared } from './compared.ts';
import type { Comes, Decided, NotPutOff } from './day-rules.ts';
import type { Fields } from './fields.ts';
import type { Fixed } from './fixed.ts';
import { declaredFoundFaults, type Found } from './found.ts';
import { type Apart, type Binds, type Doing, type Seal, sealFaults } from './hands.ts';
import type { TwoHands } from './two-hands.ts';

/**
 * How one record stands to another (the trace reads by this):
 * `within` belongs to its target and shares its home system; `uses` makes use of a shared thing, and a change of
 * that thing reaches this record; `about` mentions, and never propagates.
 */
export type RelationType = 'within' | 'uses' | 'about';

export type Relation = {
  readonly type: RelationType;
  /** Kinds that may stand at the other end. */
  readonly to: readonly string[];
  readonly many: boolean;
  readonly required: boolean;
  /** What stands at the other end belongs to the record's own system. */
  readonly ownSystem?: true;
  readonly label: string;
  /** The same relation read from the other end: "risks of this system". */
  readonly inverse: string;
  /** Written by an act of its own alone, as fields may be (`fields.ts`); as many as there are. */
  readonly byAct?: true;
};

type RelationOptions = {
  label: string;
  inverse: string;
  many?: boolean;
  required?: boolean;
  byAct?: true;
  ownSystem?: true;
};

const relation =
  (type: RelationType, manyByDefault: boolean) =>
  (to: string | readonly string[], o: RelationOptions): Relation => ({
    type,
    to: typeof to === 'string' ? [to] : to,
    many: o.many ?? manyByDefault,
    required: o.required ?? false,
    ...(o.ownSystem ? { ownSystem: o.ownSystem } : {}),
    label: o.label,
    inverse: o.inverse,
    ...(o.byAct ? { byAct: true } : {}),
  });

/** Belongs to one target. At most one `within` link of a record is set: it gives the record its home system. */
export const within = relation('within', false);
export const uses = relation('uses', true);
export const about = relation('about', true);

/** Why nobody approves content as it stands, and the fields and relations where that is put right. */
export type Lack = { readonly says: string; readonly parts: readonly string[] };

/** What is lacking in these parts, where anything is. */
export const lackIn = (parts: readonly string[], says: string | undefined): Lack | undefined =>
  says === undefined ? undefined : { says, parts };

/** What an approval is asked with beside the content itself. */
export type Around = {
  /** The organisation's day, YYYY-MM-DD. */
  readonly today: string;
  /** Ids of the controls of Annex A, in its order. */
  readonly annexA: readonly string[];
  /** The records that a relation leads to, as they are now. */
  readonly linked: (
    relation: string,
  ) => readonly (Content & { readonly state: string; readonly archived: boolean })[];
  /**
   * Controls of Annex A without an approved decision, as the records stand now and as the content itself was published;
   * read for content that speaks of all of them, else none.
   */
  readonly undecided: { readonly now: readonly Undecided[]; readonly published: readonly Undecided[] };
  /** What the approved versions of criteria say by which a risk names its points rated, by those names. */
  readonly ratedBy: ReadonlyMap<string, Content['fields']>;
};

/** The quiet shape of a state: hollow (before), half (under way), full (in force), crossed (over). */
export type StateShape = 'hollow' | 'half' | 'full' | 'crossed';

export type State = {
  readonly label: string;
  readonly shape: StateShape;
  /** Counts as running: rules of the line ask for everything. */
  readonly live?: true;
  /** Over: nothing is asked of it any more. */
  readonly ended?: true;
};

/** Content as it is kept: fields by name, links by relation name to record ids. Missing and empty are both absent. */
export type Content = {
  readonly fields: Readonly<Record<string, Json>>;
  readonly links: Readonly<Record<string, readonly string[]>>;
};

export type Transition = {
  readonly label: string;
  readonly from: readonly string[];
  readonly to: string;
  /** Fields or relations that must be filled. */
  readonly requires?: readonly string[];
  /** Needs an approval that stands on exactly this version. */
  readonly approved?: true;
  /** A member field whose person may not do this (effectiveness ≠ doer), nor whoever was named there before. */
  readonly notBy?: readonly string[];
  /** A member field whose person alone does this: a decision is not entered in another's name. */
  readonly takenBy?: string;
  /** A field that this step says, each time anew and in a sentence, and that nothing else writes. */
  readonly says?: string;
  /** What it needs is asked of a file too that brings a record in where it leads: elsewhere it was no less needed. */
  readonly askedOfFiles?: true;
  /** A decision of its own, whether or not an approval comes before it: it takes the authority and the duties of one. */
  readonly decides?: true;
  /** Why it is not taken of such content, whatever else is filled in; nothing where it may be. Pure. */
  readonly never?: (content: Content) => string | undefined;
  /** What else must be so; answers in words, or nothing when it may. Pure. */
  readonly guard?: (content: Content, now: string) => string | undefined;
};

export type Lifecycle = {
  /** What a state is called for this kind: "State", or "Stage" for a system. */
  readonly label?: string;
  readonly initial: string;
  /**
   * An import brings records in in any state, because it says how things stood elsewhere, but for what a step asks of files
   * too (`askedOfFiles`). What is written anew begins where steps lead that bind nobody (`beginnings`).
   */
  readonly mayBeBroughtIn?: true;
  /**
   * States say how things are in the world, whoever says it: a system runs or does not. Without it, a state that no free
   * step leads to is somebody's word.
   */
  readonly observed?: true;
  readonly states: Readonly<Record<string, State>>;
  readonly transitions: Readonly<Record<string, Transition>>;
};

/**
 * `factual`: the edit is reality; a material one voids the approvals that stood on it.
 * `versioned`: an edit makes a working version; the approved one stays in force until superseded or withdrawn.
 */
export type Regime = 'factual' | 'versioned';

export type KindDeclaration = {
  /** Id in the product-records vocabulary, kebab-case. */
  readonly name: string;
  /** Letters of the ref: `SYS` gives `SYS-42`. */
  readonly prefix: string;
  /** The word in the URL: `systems`. */
  readonly collection: string;
  readonly label: string;
  readonly plural: string;
  /** What the register is for, in one or two sentences, with the clause: shown where it is empty. */
  readonly purpose: string;
  readonly regime: Regime;
  /** Number of the content's shape; older shapes are upcast on read, never rewritten. */
  readonly schema?: number;
  readonly fields: Fields;
  /** The field that names a record. Default `name`. */
  readonly title?: string;
  /** The member field whose person owns the record. Default `owner` where there is one. */
  readonly owner?: string;
  /** Sortable and filterable: fields, single relations, or `state`, `title`, `owner`. Append-only; position is the slot (at most 8). */
  readonly index: readonly string[];
  readonly relations?: Readonly<Record<string, Relation>>;
  /** Fields and relations whose change is significant. */
  readonly material?: readonly string[];
  /** Relations whose targets' change makes an approval of this record stale. */
  readonly drawsOn?: readonly string[];
  /** Fields and relations that approvals of others stand on, where they draw on this kind: a change of the others leaves them. All, where it names none. */
  readonly drawn?: readonly string[];
  /** Fields of which rules hold what they say now against what earlier approved versions said: others cite or looked at those. */
  readonly cited?: readonly string[];
  /** Relations, of this kind and of those it leads to, over which no record may come back to itself. */
  readonly acyclic?: readonly string[];
  /**
   * Fields of an act of their own whose change is undone like any edit: what the act wrote before comes back, whole. Any
   * other is changed by its act again, and never by undoing.
   */
  readonly takenBack?: readonly string[];
  /** Whether versions are approved, and by whom beyond the table of authority. */
  readonly approvable?: {
    readonly by: readonly string[];
    /** What approving is called on this kind. Default `approve`. */
    readonly as?: 'approve' | 'accept';
    /** The authority that an approval of this content takes (5.3): nothing is approved without asking for it. Pure. */
    readonly authority: (fields: Content['fields']) => AskedAuthority;
    /** States in which it is approved: what is still being worked on is nobody's word yet. All where none is named. */
    readonly in?: readonly string[];
    /** Fields and relations without which there is nothing to approve. */
    readonly requires?: readonly string[];
    /** The step that an approval of this content is for: what keeps that from being taken keeps this from being given. Pure. */
    readonly for?: (fields: Content['fields']) => string;
    /** What the content still lacks before anybody may approve it, in words. Pure. */
    readonly lacks?: (content: Content, around: Around) => Lack | undefined;
    /** Whether it speaks of every control of Annex A: then it is judged over what is decided about them. Pure. */
    readonly speaksOfAnnexA?: (fields: Content['fields']) => boolean;
    /** Member fields whose person asked for the decision, and so does not give it. */
    readonly requestedBy?: readonly string[];
    readonly binds?: Binds;
  };
  readonly lifecycle: Lifecycle;
  /** Read by its parties alone, whatever the roles of others: filtered wherever records are read. */
  readonly sealed?: Seal;
  /** Reviewed every so many months after the day in `from`. */
  readonly cadence?: { readonly months: number; readonly from: string };
  /**
   * The day for which the next look is planned, counted from the last of these days, and the entry of the calendar that
   * limits it; without one, the cadence does.
   */
  readonly nextLook?: {
    readonly field: string;
    readonly from: readonly string[];
    readonly interval?: string;
  };
  /** Clauses and controls of the standard that the record can prove. */
  readonly serves: readonly string[];
  /** Fields worked out from the others, written with them. Pure. */
  readonly derive?: (content: Content) => Readonly<Record<string, Json>>;
  /** By what it is known who did what is judged later: `notBy` of a step binds them all (10.2). */
  readonly doing?: Doing;
  /** Comes to a judgement (8.2, 9.1, 9.2, 10.2): what was judged is not rewritten under it. */
  readonly judges?: true;
  readonly fixed?: Fixed;
  readonly found?: Found;
  /** Days on which something was done: none of them is still to come. */
  readonly happened?: readonly string[];
  /** Days on which something was over: none of them ends after today. */
  readonly ended?: readonly string[];
  readonly compared?: Compared;
  readonly notPutOff?: NotPutOff;
  readonly comes?: Comes;
  readonly decided?: Decided;
  /** Which day ends the time that it is kept for, and which field says why it is held back from removal beyond it (7.5.3). */
  readonly kept?: { readonly until: string; readonly hold: string };
  /** Days, and links that say for what, which others are held to: they outlive the erasing of what the record says. */
  readonly outlives?: readonly string[];
  /** What the content names of frameworks: each is known, and due on a day to come where it says by when. Pure. */
  readonly names?: (content: Content) => readonly NamedItem[];
  /** What must not lie in one hand inside one record (5.3, 9.1, 10.2). */
  readonly apart?: readonly Apart[];
  /** What one person alone does not take away once it stood. */
  readonly twoHands?: TwoHands;
  /** What cannot be kept: contradictions inside one record. Answers by field. Pure. */
  readonly guard?: (content: Content) => Readonly<Record<string, string>>;
  /**
   * What may not follow what stood: what is set first and stays. Asked at creation too, of nothing; `undoing` where the
   * newest change is taken back. Answers by field. Pure.
   */
  readonly sequence?: (before: Content, next: Content, undoing?: boolean) => Readonly<Record<string, string>>;
};

type Optional =
  | 'doing'
  | 'judges'
  | 'fixed'
  | 'found'
  | 'owner'
  | 'approvable'
  | 'sealed'
  | 'cadence'
  | 'nextLook'
  | 'apart'
  | 'happened'
  | 'ended'
  | 'decided'
  | 'compared'
  | 'takenBack'
  | 'notPutOff'
  | 'comes'
  | 'kept'
  | 'outlives'
  | 'twoHands'
  | 'names'
  | 'derive'
  | 'guard'
  | 'sequence';
export type Kind = Required<Omit<KindDeclaration, Optional>> & Pick<KindDeclaration, Optional>;

/** How many slot columns a record has (`k1` to `k8`). */
export const slotCount = 8;

/** Completes a declaration and refuses one that contradicts itself: a wrong declaration never reaches a request. */
export function defineKind(declaration: KindDeclaration): Kind {
  const owner = declaration.owner ?? ('owner' in declaration.fields ? 'owner' : undefined);
  const kind: Kind = {
    ...declaration,
    schema: declaration.schema ?? 1,
    title: declaration.title ?? 'name',
    relations: declaration.relations ?? {},
    material: materialOf(declaration),
    drawsOn: declaration.drawsOn ?? [],
    drawn: declaration.drawn ?? [],
    cited: declaration.cited ?? [],
    acyclic: declaration.acyclic ?? [],
    ...(owner ? { owner } : {}),
  };
  const faults = declarationFaults(kind);
  if (faults.length > 0) throw new TypeError(`Kind ${kind.name}: ${faults.join('; ')}`);
  return Object.freeze(kind);
}

/**
 * What was approved was approved for where it stands: a record that is approved and moves to another system or use case
 * says something else there, whatever its own words (6.1.3, 8.2).
 */
function materialOf({ material = [], approvable, relations = {} }: KindDeclaration): readonly string[] {
  if (!approvable) return material;
  const homes = Object.keys(relations).filter((name) => relations[name]?.type === 'within');
  return [...new Set([...material, ...homes])];
}

function declarationFaults(kind: Kind): string[] {
  const faults: string[] = [];
  const parts = new Set([...Object.keys(kind.fields), ...Object.keys(kind.relations)]);
  const known = (where: string, names: readonly string[], extra: readonly string[] = []) => {
    for (const name of names)
      if (!parts.has(name) && !extra.includes(name)) faults.push(`${where} names "${name}"`);
  };
  if (parts.size !== Object.keys(kind.fields).length + Object.keys(kind.relations).length)
    faults.push('a field and a relation share a name');
  known('title', [kind.title]);
  known('index', kind.index, ['state', 'title', 'owner']);
  known('material', kind.material);
  known('drawsOn', kind.drawsOn);
  known('drawn', kind.drawn);
  known('cited', kind.cited);
  known('fixed', kind.fixed?.parts ?? []);
  for (const state of kind.fixed?.in ?? [])
    if (!(state in kind.lifecycle.states)) faults.push(`fixed names state "${state}"`);
  if (kind.found) known('found', [kind.found.by, kind.found.word, kind.found.on, ...kind.found.of]);
  faults.push(...declaredFoundFaults(kind));
  known('happened', kind.happened ?? []);
  known('ended', kind.ended ?? []);
  known('decided', kind.decided ? [kind.decided.day, kind.decided.what] : []);
  known('compared', kind.compared ? [kind.compared.found, ...kind.compared.of] : []);
  known('takenBack', kind.takenBack ?? []);
  const { fields: heldTo = [], look } = kind.notPutOff ?? {};
  known('notPutOff', look === undefined ? heldTo : [...heldTo, look]);
  known('comes', kind.comes ? [kind.comes.day, kind.comes.what] : []);
  known('nextLook', kind.nextLook ? [kind.nextLook.field, ...kind.nextLook.from] : []);
  known('outlives', kind.outlives ?? []);
  known('twoHands', [...(kind.twoHands?.said ?? []), ...(kind.twoHands?.callsFor ?? [])]);
  known('kept', kind.kept ? [kind.kept.until, kind.kept.hold] : []);
  known('requestedBy', kind.approvable?.requestedBy ?? []);
  known('binds', kind.approvable?.binds?.ownersOf ?? []);
  known('approvable', kind.approvable?.requires ?? []);
  for (const state of kind.approvable?.in ?? [])
    if (!(state in kind.lifecycle.states)) faults.push(`approvable names state "${state}"`);
  known('doing', [...(kind.doing?.people ?? []), ...(kind.doing?.parts ?? [])]);
  for (const step of kind.doing?.steps ?? [])
    if (!(step in kind.lifecycle.transitions)) faults.push(`doing names step "${step}"`);
  for (const { field, from } of kind.apart ?? [])
    for (const name of [field, ...from])
      if (memberField(kind, name)?.type !== 'member')
        faults.push(`apart names "${name}", which is no member`);
  const isMember = (name: string) => memberField(kind, name)?.type === 'member';
  faults.push(...sealFaults(kind.sealed, kind.relations, isMember));
  if (kind.index.length > slotCount) faults.push(`index has more than ${slotCount} entries`);
  if (!(kind.lifecycle.initial in kind.lifecycle.states)) faults.push('initial state is not a state');
  for (const [name, transition] of Object.entries(kind.lifecycle.transitions)) {
    for (const state of [...transition.from, transition.to]) {
      if (!(state in kind.lifecycle.states)) faults.push(`transition ${name} names state "${state}"`);
    }
    const { requires = [], notBy = [], takenBy, says } = transition;
    known(`transition ${name}`, [
      ...requires,
      ...notBy,
      ...(takenBy ? [takenBy] : []),
      ...(says ? [says] : []),
    ]);
    if (transition.decides && !kind.approvable)
      faults.push(`transition ${name} decides, and nothing is approved`);
  }
  return faults;
}

/** The field that a name such as `owner` or `actions.owner` stands for. */
function memberField(kind: Pick<Kind, 'fields'>, name: string) {
  const [field = '', column] = name.split('.');
  const found = kind.fields[field];
  if (column === undefined) return found;
  return found?.type === 'rows' ? found.columns[column] : undefined;
}
