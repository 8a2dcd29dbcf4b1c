import { inSentence } from '@throughline/domain/kind-words.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { SentenceWire } from '@throughline/domain/wire.ts';
import type { AroundWire } from '@throughline/domain/wire-around.ts';
import type { Around } from '../../records/read-around.ts';
import type { AroundRow } from '../../store/around.ts';
import { actorRefWire } from './actor.ts';
import { partsWords } from './parts-words.ts';
import { refWire } from './ref.ts';

/** `GET /{collection}/{ref}/around`. */
export function aroundWire(registry: Registry, found: Around): AroundWire {
  return {
    items: found.rows.map((row) => ({
      sentence: sentenceOf(registry, row, row.id === found.record.id),
      significant: row.act === 'edited' && row.material,
      by: actorRefWire(row.actor_type, row.actor_id),
      byName: found.names.get(row.actor_id) ?? null,
      at: row.at.toISOString(),
    })),
    comments: found.comments,
  };
}

/** One line in words; of another record it begins with that record's ref. */
function sentenceOf(registry: Registry, row: AroundRow, own: boolean): SentenceWire {
  const kind = registry.get(row.kind);
  const said = words(kind, row);
  if (own) return [`${said.charAt(0).toUpperCase()}${said.slice(1)}`];
  return [{ ref: refWire(registry, row) }, ` ${said}`];
}

function words(kind: Kind, row: AroundRow): string {
  const group = kind.relations[row.relation ?? '']?.inverse ?? kind.plural;
  switch (row.act) {
    case 'created':
      return 'created';
    case 'edited':
      return `changed: ${partsWords(kind, row.changed)}`;
    case 'moved':
      return `moved to ${inSentence(kind.lifecycle.states[row.new_state ?? '']?.label ?? row.new_state ?? '')}`;
    case 'linked':
      return `came under ${group}`;
    case 'unlinked':
      return `left ${group}`;
    case 'restored':
      return 'brought back';
    case 'archived':
      return 'archived';
    case 'erased':
      return 'erased';
    default:
      return approvalWords(kind, row);
  }
}

function approvalWords(kind: Kind, row: AroundRow): string {
  const given = kind.approvable?.as === 'accept' ? 'acceptance' : 'approval';
  const version = `version ${row.version}`;
  switch (row.act.slice('approval.'.length)) {
    case 'submit':
      return `${version} submitted`;
    case 'approve':
      return `${version} ${given === 'acceptance' ? 'accepted' : 'approved'}`;
    case 'reject':
      return `${version} rejected`;
    case 'withdraw':
      return `${given} of ${version} withdrawn`;
    case 'reinstate':
      return `withdrawal taken back: ${given} of ${version} stands again`;
    case 'restore':
      return `${given} of ${version} stands: the change had no effect`;
    default:
      return `${given} of ${version} lost by a significant change`;
  }
}
