import type { DueClassesWire } from '@throughline/domain/wire-classes.ts';
import type { ComparisonWire } from '@throughline/domain/wire-rules.ts';
import { grouped, type Terminal } from '../terminal.ts';
import { table } from './table.ts';

/** Classes by the day on which they are looked at again, those over it marked. */
export function dueLines(terminal: Terminal, { of, over, undated, rows }: DueClassesWire): string[] {
  const head = `${grouped(over)} of ${grouped(of)} signed-off classes are over their day; ${grouped(undated)} have none.`;
  if (rows.length === 0) return [head];
  const columns = [
    { header: '' },
    { header: 'Due' },
    { header: 'Class' },
    { header: 'Scheme' },
    { header: 'Owner' },
  ];
  const cells = rows.map(({ record, scheme, owner, due, over: late }) => [
    late ? '◆' : '',
    due,
    `${record.ref} ${record.title}`,
    scheme,
    owner ?? '',
  ]);
  return [head, '', ...table(columns, cells, terminal.width)];
}

/** What other rules make of the stored answers: each result that changes, and how. Nothing is changed. */
export function changedLines(terminal: Terminal, wire: ComparisonWire): string[] {
  const { inForce, candidate, looked, changed, cases } = wire;
  return [
    `Rules ${candidate} beside ${inForce} in force: ${grouped(changed.length)} of ${grouped(looked)} stored results change.`,
    ...changed.flatMap(({ record, before, after, says }) => [
      '',
      terminal.bold(`${record.ref}  ${record.title}`),
      `  ${before.join('; ') || 'No outcome'} → ${after.join('; ') || 'No outcome'}`,
      ...says.map((one) => `  ${one}`),
    ]),
    ...(cases.length === 0 ? [] : ['', terminal.bold('Test cases that differ from those in force')]),
    ...cases.map(({ id, name, says }) => `  ${id}  ${name}: ${says}`),
    ...(changed.length === 0
      ? []
      : ['', 'Nothing is changed by this: each result stays what it was signed off as.']),
  ];
}
