import { dayText, momentText } from '@throughline/domain/day-text.ts';
import type { ActionWire, GapWire, StationWire, TraceWire, VerdictWire } from '@throughline/domain/wire.ts';
import type { Services } from '../../services.ts';
import { counted, type Terminal } from '../terminal.ts';
import { headline, orderedGaps, sentenceText, sources, supporting, verdictMarks } from './line.ts';
import { oneLine, wrapped } from './table.ts';

const widest = 100;

/** The page of one system's line, as lines of text: stations, gaps with rule and source, the one action of each. */
export function traceLines(
  terminal: Terminal,
  { registry }: Services,
  wire: TraceWire,
  timeZone: string,
): string[] {
  const { system, asOf } = wire;
  const states = registry.get(system.kind).lifecycle.states;
  const width = Math.min(terminal.width, widest);
  const names = Math.max(...wire.stations.map((station) => station.name.length));
  const { name } = { name: (id: string) => stationName(wire, id) };
  return [
    `${terminal.bold(system.ref)}  ${terminal.bold(oneLine(system.title))}`,
    `${states[system.state]?.label ?? system.state} · ${system.owner === null ? 'no owner' : `owner ${oneLine(system.owner)}`}`,
    '',
    `${headline(wire)}.`,
    supporting(wire),
    terminal.faint(
      `As of ${momentText(asOf.at, timeZone)}${asOf.index >= 0 ? `, log entry ${asOf.index}` : ''}.`,
    ),
    '',
    ...wire.stations.flatMap((station) => stationLines(terminal, station, { names, width, name })),
  ];
}

type Layout = { readonly names: number; readonly width: number; readonly name: (id: string) => string };

function stationLines(terminal: Terminal, station: StationWire, layout: Layout): string[] {
  const { shape, word } = verdictMarks[station.verdict];
  const head = `${paint(terminal, station.verdict, shape)} ${String(station.order).padStart(2)} ${station.name.padEnd(layout.names)}  ${paint(terminal, station.verdict, word)}`;
  const until =
    station.holdsUntil === null ? '' : `${station.soon ? '▲ ' : ''}until ${dayText(station.holdsUntil)}`;
  const statement = sentenceText(station.statement);
  const indent = ' '.repeat(5);
  return [
    until === '' ? head : `${head}, ${station.soon ? terminal.amber(until) : until}`,
    ...(statement === '' ? [] : wrapped(statement, layout.width, indent)),
    ...orderedGaps(station.gaps).flatMap((gap) => gapLines(terminal, gap, layout)),
    ...station.unverifiable.flatMap((one) => wrapped(`□ ${one.rule} ${one.why}`, layout.width, indent)),
  ];
}

/** One gap: what is wrong, the rule with where it comes from, and the one thing to do. */
export function gapLines(
  terminal: Terminal,
  gap: GapWire,
  layout: { readonly width: number; readonly name: (id: string) => string },
): string[] {
  const [lead = '', ...rest] = wrapped(sentenceText(gap.sentence), layout.width, ' '.repeat(7));
  const verdict: VerdictWire = gap.accepted ? 'accepted' : 'gap';
  const mark = paint(terminal, verdict, verdictMarks[verdict].shape);
  const serves = gap.refs.length === 0 ? '' : ` Serves ${gap.refs.map((one) => one.id).join(', ')}.`;
  const since = gap.since === null ? '' : `, since ${dayText(gap.since)}`;
  const rule = `${sources[gap.source]} ${gap.ruleText}${serves} (${gap.rule}, ${gap.weight}${since})`;
  return [
    `     ${mark} ${terminal.bold(lead.trimStart())}`,
    ...rest.map((line) => terminal.bold(line)),
    ...wrapped(rule, layout.width, ' '.repeat(7)).map((line) => terminal.faint(line)),
    ...acceptance(gap).map((line) => `       ${line}`),
    ...whatToDo(gap, layout.name).map((line) => `       ${line}`),
  ];
}

function acceptance({ accepted }: GapWire): string[] {
  if (!accepted) return [];
  return [
    accepted.until === null
      ? `Accepted by ${oneLine(accepted.by)}, without an end`
      : `Accepted until ${dayText(accepted.until)} by ${oneLine(accepted.by)}`,
  ];
}

function whatToDo(gap: GapWire, name: (id: string) => string): string[] {
  if (gap.causedBy)
    return [
      'organisation' in gap.causedBy
        ? `Falls with the organisation’s ${gap.causedBy.organisation}`
        : `Falls with station ${name(gap.causedBy.station)}`,
    ];
  return gap.action ? [`→ ${actionText(gap.action)}`] : [];
}

/** The label of the button, and where it leads. */
export function actionText(action: ActionWire): string {
  const { do: deed } = action;
  const label = oneLine(action.label);
  if (deed.type === 'create') return label;
  return label.includes(deed.ref) ? label : `${label} (${deed.ref})`;
}

function stationName(wire: TraceWire, id: string): string {
  const station = wire.stations.find((one) => one.id === id);
  return station ? `${station.order}, ${station.name}` : id;
}

/** Colour beside shape and word; never alone. */
export function paint(terminal: Terminal, verdict: VerdictWire, text: string): string {
  if (verdict === 'holds') return terminal.green(text);
  if (verdict === 'gap') return terminal.red(text);
  return verdict === 'accepted' ? terminal.amber(text) : text;
}

/** "3 gaps at 2 stations", for places with one line. */
export function gapCount(gaps: number): string {
  return counted(gaps, 'gap');
}
