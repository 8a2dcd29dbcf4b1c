import type { Actor } from '@throughline/domain/actor.ts';
import { refusalWords } from '@throughline/domain/kind-words.ts';
import { beginnings } from '@throughline/domain/kinds/beginning.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { may, recordActs, refusedBy, whoCan } from '@throughline/domain/permissions.ts';
import type { AbilitiesWire, KindWire } from '@throughline/domain/wire.ts';

/** A declaration as the pages read it, with what the caller may ever do with the kind. */
export function kindWire(kind: Kind, actor: Actor): KindWire {
  return {
    name: kind.name,
    prefix: kind.prefix,
    collection: kind.collection,
    label: kind.label,
    plural: kind.plural,
    purpose: kind.purpose,
    regime: kind.regime,
    title: kind.title,
    owner: kind.owner ?? null,
    fields: kind.fields,
    relations: kind.relations,
    index: kind.index,
    material: kind.material,
    stateLabel: kind.lifecycle.label ?? 'State',
    states: kind.lifecycle.states,
    initial: kind.lifecycle.initial,
    beginnings: beginnings(kind),
    transitions: Object.fromEntries(
      Object.entries(kind.lifecycle.transitions).map(([name, { label, from, to, requires = [] }]) => [
        name,
        { label, from, to, requires },
      ]),
    ),
    approvable: kind.approvable !== undefined,
    approving: kind.approvable?.as ?? 'approve',
    serves: kind.serves,
    abilities: kindAbilities(kind, actor),
  };
}

function kindAbilities(kind: Kind, actor: Actor): AbilitiesWire {
  return Object.fromEntries(
    recordActs.map((act) => [
      act,
      may(actor, kind.name, act)
        ? { allowed: true }
        : {
            allowed: false,
            reason: refusalWords(act, { these: kind.plural }, refusedBy(actor, kind.name, act)),
            who: whoCan(kind.name, act),
          },
    ]),
  );
}
