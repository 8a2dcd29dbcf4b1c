import type { CellsSetWire } from '@throughline/domain/wire-soa.ts';
import { grouped, type Terminal } from '../terminal.ts';
import { table } from './table.ts';

/** What setting cells wrote, or would write, then what refused and why. */
export function cellsLines(terminal: Terminal, wire: CellsSetWire, dry: boolean): string[] {
  const { made, changed, unchanged, cells, refused } = wire;
  const head = `${dry ? 'Nothing is written. Made would be' : 'Made'} ${grouped(made)}, changed ${grouped(changed)}, as they were ${grouped(unchanged)}, refused ${grouped(refused.length)}.`;
  const columns = ['Control', 'System', 'Record', 'Before', 'After'].map((header) => ({ header }));
  const rows = cells.map(({ control, system, record, before, after }) => [
    ...[control, system, record ?? '', before ?? '', after ?? ''],
  ]);
  return [
    head,
    ...(rows.length === 0 ? [] : ['', ...table(columns, rows, terminal.width)]),
    ...(refused.length === 0 ? [] : ['', terminal.bold('Refused')]),
    ...refused.map(({ control, system, reason }) => `  ${control} on ${system}: ${reason}`),
  ];
}
