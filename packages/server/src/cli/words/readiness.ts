import { momentText } from '@throughline/domain/day-text.ts';
import type { CheckWire, MandatoryWire, ReadinessWire } from '@throughline/domain/wire.ts';
import type { CoverageWire } from '@throughline/domain/wire-readiness.ts';
import { counted, grouped, type Terminal } from '../terminal.ts';
import { sentenceText, verdictMarks } from './line.ts';
import { table, wrapped } from './table.ts';
import { gapLines, paint } from './trace.ts';

const widest = 100;

/** Readiness as sentences and tables; every count says of how many. */
export function readinessLines(
  terminal: Terminal,
  wire: ReadinessWire,
  organisation: { readonly name: string; readonly timeZone: string },
): string[] {
  const { systems, stale } = wire;
  return [
    terminal.bold(organisation.name),
    `${grouped(systems.runningWithGaps)} of ${counted(systems.running, 'running system')} ${systems.runningWithGaps === 1 ? 'has' : 'have'} a gap; ${grouped(systems.withGaps)} of all ${grouped(systems.total)}.`,
    ...(systems.demo > 0
      ? [
          `${grouped(systems.demo)} of them ${systems.demo === 1 ? 'is a demo system' : 'are demo systems'}; their documents and records count too.`,
        ]
      : []),
    `${passing(wire.mandatory)} of the mandatory set pass; ${passing(wire.supporting)} of the supporting items.`,
    ...(stale.count > 0
      ? [`${grouped(stale.count)} of ${counted(stale.of, 'line')} are being computed again.`]
      : []),
    terminal.faint(`As of ${momentText(wire.asOf, organisation.timeZone)}.`),
    '',
    terminal.bold('Stations, in systems'),
    ...stationTable(terminal, wire),
    '',
    terminal.bold('The mandatory set'),
    ...mandatoryTable(terminal, wire.mandatory),
    '',
    terminal.bold('Supporting items'),
    ...mandatoryTable(terminal, wire.supporting),
    '',
    terminal.bold('The organisation’s own line'),
    ...organisationLines(terminal, wire),
  ];
}

function passing(items: readonly MandatoryWire[]): string {
  return `${items.filter((item) => item.passes).length} of ${items.length}`;
}

function stationTable(terminal: Terminal, wire: ReadinessWire): string[] {
  const { shape } = { shape: (verdict: keyof typeof verdictMarks) => verdictMarks[verdict].shape };
  const columns = [
    { header: '', right: true },
    { header: 'Station' },
    { header: `${shape('holds')} Holds`, right: true },
    { header: `${shape('gap')} Gap`, right: true },
    { header: `${shape('accepted')} Accepted`, right: true },
    { header: `${shape('unverifiable')} Cannot be judged`, right: true },
    { header: `${shape('not-started')} Not started`, right: true },
    { header: `${shape('not-applicable')} Does not apply`, right: true },
    { header: 'Of', right: true },
  ];
  const rows = wire.stations.map((one, at) => {
    const counts = [one.holds, one.gap, one.accepted, one.unverifiable, one.notStarted, one.notApplicable];
    const all = counts.reduce((sum, count) => sum + count, 0);
    return [String(at + 1), one.name, ...counts.map(grouped), grouped(all)];
  });
  return table(columns, rows, terminal.width);
}

const checkShapes: Readonly<Record<CheckWire['state'], string>> = {
  yes: '✓',
  no: '◆',
  'not-yet-judged': '◌',
};

function mandatoryTable(terminal: Terminal, items: readonly MandatoryWire[]): string[] {
  const columns = [
    { header: 'Clause' },
    { header: 'Item' },
    { header: 'Record' },
    { header: 'Exists' },
    { header: 'Approved' },
    { header: 'Current' },
    { header: 'Owner can speak' },
    { header: 'Why not', most: 70 },
  ];
  const rows = items.map((item) => {
    const checks = [item.exists, item.approved, item.current, item.ownerCanSpeak];
    const missing = [...checks, item.holds].find((check) => check?.state === 'no');
    return [
      item.clause,
      item.title,
      item.record?.ref ?? '',
      ...checks.map((check) => checkShapes[check.state]),
      missing?.why ?? '',
    ];
  });
  return table(columns, rows, terminal.width);
}

function organisationLines(terminal: Terminal, wire: ReadinessWire): string[] {
  const width = Math.min(terminal.width, widest);
  return wire.organisation.flatMap((question) => {
    const { shape, word } = verdictMarks[question.verdict];
    const statement = sentenceText(question.statement);
    return [
      `${paint(terminal, question.verdict, shape)} ${question.id.padEnd(8)} ${question.title}: ${paint(terminal, question.verdict, word)}`,
      ...(statement === '' || question.gaps.length > 0 ? [] : wrapped(statement, width, ' '.repeat(5))),
      ...question.gaps.flatMap((gap) => gapLines(terminal, gap, { width, name: (id) => id })),
    ];
  });
}

const heads: Readonly<Record<string, string>> = {
  clause: 'Clause',
  control: 'Control',
  unit: 'Unit',
  owner: 'Owner',
};

/** Gaps by clause, control, unit or owner: how many, on how many systems, of how many. */
export function coverageLines(terminal: Terminal, wire: CoverageWire): string[] {
  if (wire.rows.length === 0) return ['No gap is counted.'];
  const named = wire.by === 'clause' || wire.by === 'control';
  const columns = [
    { header: heads[wire.by] ?? wire.by },
    ...(named ? [{ header: 'Title', most: 60 }] : []),
    { header: 'Gaps', right: true },
    ...(named ? [{ header: 'Of the organisation', right: true }] : []),
    { header: 'Systems with gaps', right: true },
    { header: 'Of systems', right: true },
  ];
  const rows = wire.rows.map((row) => [
    ...(named ? [row.key, row.label] : [row.label || 'none named']),
    grouped(row.gaps),
    ...(named ? [grouped(row.organisationGaps)] : []),
    grouped(row.systemsWithGaps),
    grouped(row.systems),
  ]);
  return table(columns, rows, terminal.width);
}
