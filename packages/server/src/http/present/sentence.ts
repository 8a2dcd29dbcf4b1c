import { resolveRef } from '@throughline/catalogue/lookup.ts';
import type { Catalogue } from '@throughline/catalogue/types.ts';
import type { Actor } from '@throughline/domain/actor.ts';
import { notAllowed } from '@throughline/domain/kind-words.ts';
import { may, type RecordAct, readingScope, scopeRefuses, whoCan } from '@throughline/domain/permissions.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { Action, Deed, Label, Sentence } from '@throughline/domain/trace/types.ts';
import type { AbilityWire, ActionWire, RefWire, SentenceWire } from '@throughline/domain/wire.ts';

/** What a page of the line needs to turn ids into words: read once for everything that the trace names. */
export type Names = {
  readonly registry: Registry;
  readonly catalogue: Catalogue;
  readonly actor: Actor;
  readonly refs: ReadonlyMap<string, RefWire>;
  readonly members: ReadonlyMap<string, string>;
};

/** A sentence with its records and people named; what was erased or may not be seen is named as such. */
export function sentenceWire(names: Names, sentence: Sentence): SentenceWire {
  return sentence.map((part) => {
    if (typeof part === 'string' || 'day' in part) return part;
    if ('member' in part)
      return {
        member: part.member,
        name: names.members.get(part.member) ?? 'somebody whose name was erased',
      };
    const ref = names.refs.get(part.record);
    if (ref) return { ref };
    return readingScope(names.actor) ? 'a record outside your scope' : 'a record that is gone';
  });
}

/** A sentence as plain text, with refs for records: where nothing can be pressed. */
export function plainSentence(names: Names, sentence: Sentence): string {
  return sentenceWire(names, sentence)
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('ref' in part) return part.ref.ref;
      return 'day' in part ? part.day : part.name;
    })
    .join('');
}

export function refsWire(names: Names, ids: readonly string[]): RefWire[] {
  return ids.flatMap((id) => names.refs.get(id) ?? []);
}

/**
 * Ids of the catalogue with their titles: what a rule or a station serves. Where the catalogue's author read a thing is
 * kept in the catalogue and serves nobody on a page.
 */
export function servesWire(catalogue: Catalogue, ids: readonly string[]): { id: string; title: string }[] {
  return ids.flatMap((id) => {
    const resolved = resolveRef(catalogue, id);
    return resolved?.type === 'source' ? [] : [{ id, title: resolved?.title ?? id }];
  });
}

/** Every record that a button names or acts on. */
export function namedInAction({ label, do: deed }: Action): string[] {
  const words = typeof label === 'string' ? [] : label;
  return [
    ...words.flatMap((part) => (typeof part === 'string' ? [] : 'record' in part ? part.record : part.title)),
    ...(deed.type === 'create' ? Object.values(deed.links).flat() : [deed.record]),
  ];
}

/**
 * The one action of a gap, with whether the caller may take it and who could. There is none on what they may not see: its
 * words and what it fills in would name it.
 */
export function actionWire(names: Names, action: Action | null): ActionWire | null {
  if (!action || namedInAction(action).some((id) => !names.refs.has(id))) return null;
  const deed = deedWire(names, action.do);
  return deed && { label: labelText(names, action.label), do: deed.wire, ability: deed.ability };
}

function labelText({ refs }: Names, label: Label): string {
  if (typeof label === 'string') return label;
  return label
    .map((part) => {
      if (typeof part === 'string') return part;
      return 'record' in part ? refs.get(part.record)?.ref : refs.get(part.title)?.title;
    })
    .join('');
}

function deedWire(names: Names, deed: Deed): { wire: ActionWire['do']; ability: AbilityWire } | null {
  if (deed.type === 'create') {
    const links = Object.fromEntries(
      Object.entries(deed.links).map(([relation, ids]) => [relation, refsWire(names, ids)]),
    );
    const wire = { type: 'create' as const, kind: deed.kind, fields: deed.fields, links };
    return { wire, ability: abilityOf(names, deed.kind, 'create') };
  }
  const ref = names.refs.get(deed.record);
  if (!ref) return null;
  switch (deed.type) {
    case 'open':
      return {
        wire: { type: 'open', ref: ref.ref, ...(deed.part ? { part: deed.part } : {}) },
        ability: abilityOf(names, ref.kind, 'read'),
      };
    case 'edit':
      return {
        wire: { type: 'edit', ref: ref.ref, part: deed.part },
        ability: abilityOf(names, ref.kind, 'edit'),
      };
    case 'step':
      return {
        wire: { type: 'step', ref: ref.ref, transition: deed.transition },
        ability: abilityOf(names, ref.kind, 'transition'),
      };
    case 'validate':
      return { wire: { type: 'validate', ref: ref.ref }, ability: abilityOf(names, ref.kind, 'edit') };
    case 'approve':
      return { wire: { type: 'approve', ref: ref.ref }, ability: abilityOf(names, ref.kind, 'approve') };
  }
}

export function abilityOf(names: Pick<Names, 'actor'>, kind: string, act: RecordAct): AbilityWire {
  if (may(names.actor, kind, act)) return { allowed: true };
  return {
    allowed: false,
    reason: notAllowed(scopeRefuses(names.actor, kind, act) ? 'scope' : 'roles'),
    who: whoCan(kind, act),
  };
}
