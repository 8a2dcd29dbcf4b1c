import { isShared } from '@throughline/domain/soa/matrix-view.ts';
import { create } from '@throughline/domain/trace/judge.ts';
import type { MatrixCellWire, MatrixPart, MatrixWire } from '@throughline/domain/wire-soa.ts';
import type { CellRead, MatrixRead } from '../../features/soa/read-matrix.ts';
import { unlimitedFor } from './approval.ts';
import { abilityOf, actionWire, type Names } from './sentence.ts';
import { evidenceWire } from './soa.ts';

/** `GET /soa/matrix`. */
export function matrixWire(names: Names, { at, index, matrix }: MatrixRead): MatrixWire {
  const { systems, rows } = matrix;
  const { states } = names.registry.get('system').lifecycle;
  const { topics } = names.catalogue.iso42001.annex_a;
  return {
    asOf: at.toISOString(),
    index,
    systems: {
      ref: systems.map(({ ref }) => ref),
      title: systems.map(({ title }) => title),
      running: systems.map(({ running }) => (running ? '1' : '0')).join(''),
      stage: partOf(systems.map(({ state }) => states[state]?.label ?? state)),
      unit: partOf(systems.map(({ unit }) => unit)),
      owner: partOf(systems.map(({ owner }) => (owner === null ? null : (names.members.get(owner) ?? null)))),
    },
    rows: rows.map(({ row, cells }) => {
      const topic = topics.find(({ id }) => id === row.topic);
      return {
        ...{ id: row.id, title: row.title, decided: row.decided, cells },
        topic: topic ? { id: topic.id, title: topic.title } : null,
        control: row.control && (names.refs.get(row.control.id) ?? null),
        at: row.placing?.at ?? null,
      };
    }),
    abilities: {
      export: abilityOf(names, 'applicability', 'export'),
      set: abilityOf(names, 'implementation', 'edit'),
    },
  };
}

function partOf(values: readonly (string | null)[]): MatrixPart {
  const known = new Map<string, number>();
  const of = values.map((value) => {
    if (value === null) return -1;
    const at = known.get(value) ?? known.size;
    known.set(value, at);
    return at;
  });
  return { values: [...known.keys()], of };
}

/** One cell; `null` where the asker sees one of its two sides not. */
export function matrixCellWire(names: Names, read: CellRead): MatrixCellWire | null {
  const [control, system] = [names.refs.get(read.control), names.refs.get(read.system)];
  if (!control || !system) return null;
  const lacking = 'mM'.includes(read.cell);
  const links = isShared(read.cell) ? { control: [control] } : { control: [control], system: [system] };
  return {
    ...{ control, system, cell: read.cell },
    implementations: read.implementations.flatMap(({ record, plannedOn, plan }) => {
      const found = names.refs.get(record.id);
      return found ? [{ record: found, own: record.system !== null, plannedOn, plan }] : [];
    }),
    evidence: evidenceWire(names, read.evidence),
    ...(read.unlimited && read.implementations.some(({ plan }) => plan === 'accepted')
      ? { unlimited: unlimitedFor(names.actor) }
      : {}),
    action: lacking ? actionWire(names, create('Put it in place', 'implementation', links)) : null,
  };
}
