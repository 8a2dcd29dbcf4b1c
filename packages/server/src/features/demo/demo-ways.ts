import { registry } from '@throughline/domain/kinds/all.ts';
import { beginningObstacle, leadsFreely } from '@throughline/domain/kinds/beginning.ts';
import type { Kind, Transition } from '@throughline/domain/kinds/kind.ts';
import type { SourceRecord } from './demo-source.ts';

/** Nothing that the demo keeps is kept until a day, so guards that look at the day are asked for the last of all. */
const someDay = '9999-12-31';

/**
 * How a record of the demo comes to the state that it is declared in: it begins where steps lead that bind nobody, and a
 * person of the demo takes the one that binds, after what the folder says is done before. Systems are brought in as they
 * stand. Throws where no step leads there.
 */
export function begun(record: SourceRecord): SourceRecord {
  return byWhomNamed(record.kind === 'system' ? record : beganFreely(record));
}

/** A step that the person alone takes whom the record names is theirs in the demo too, where the folder names nobody. */
function byWhomNamed(record: SourceRecord): SourceRecord {
  const kind = registry.find(record.kind);
  const steps = record.steps.map((text) => {
    const [act, name = '', by] = text.split(':');
    const step = act === 'do' && by === undefined ? kind?.lifecycle.transitions[name] : undefined;
    const person = kind && step?.takenBy ? takenBy(kind, step, record) : undefined;
    return person === undefined ? text : `${text}:${person}`;
  });
  return { ...record, steps };
}

function beganFreely(record: SourceRecord): SourceRecord {
  const { state } = record;
  const kind = registry.find(record.kind);
  if (!kind || state === undefined) return record;
  const content = { fields: record.fields, links: record.links };
  if (beginningObstacle(kind, state, content, someDay) === undefined) return record;
  const { initial, transitions } = kind.lifecycle;
  const last = Object.entries(transitions)
    .filter(([, step]) => step.to === state)
    .flatMap(([name, step]) => step.from.map((from) => ({ name, step, from })))
    .findLast(({ from }) => leadsFreely(kind, initial, from, content, someDay));
  if (!last) throw new RangeError(`No step of the demo takes ${record.key} to ${state}`);
  const by = takenBy(kind, last.step, record);
  const step = `do:${last.name}${by === undefined ? '' : `:${by}`}`;
  return { ...record, state: last.from, steps: [...record.steps, step] };
}

/** The person of the demo who takes a step: whom the record names for it, else whoever answers for the record. */
function takenBy(kind: Kind, { takenBy: named, requires = [] }: Transition, record: SourceRecord) {
  const judge = kind.apart?.find(({ field }) => requires.includes(field))?.field;
  const field = named ?? judge ?? kind.owner;
  const value = field === undefined ? undefined : record.fields[field];
  return typeof value === 'string' ? /^@member:(.+)$/.exec(value)?.[1] : undefined;
}
