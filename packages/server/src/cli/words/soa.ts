import { momentText } from '@throughline/domain/day-text.ts';
import { publicationBar } from '@throughline/domain/soa/publication-bar.ts';
import type { SoaRowWire, SoaWire } from '@throughline/domain/wire-soa.ts';
import { grouped, type Terminal } from '../terminal.ts';
import { sentenceText } from './line.ts';
import { wrapped } from './table.ts';

const widest = 100;

/** The statement in counts, then everything that it says against itself, control by control. */
export function soaLines(
  terminal: Terminal,
  wire: SoaWire,
  { timeZone }: { readonly timeZone: string },
): string[] {
  const { counts } = wire;
  const wrong = wire.rows.filter(({ faults }) => faults.length > 0);
  const bar = wire.past ? null : publicationBar(wire);
  const place = wire.index < 0 ? ', before the first entry of the log' : `, entry ${wire.index} of the log`;
  return [
    terminal.bold(`${wire.organisation}: Statement of Applicability`),
    `${counts.annexADecided} of ${counts.annexA} controls of Annex A are decided, with ${counts.own} own ones: ${counts.applicable} apply, ${counts.excluded} are excluded, ${counts.open} are open.`,
    `Contradictions: ${counts.contradictions}. Called for and left out: ${counts.leftOut}. Applicable, neither in place nor planned: ${counts.withoutPlan}. Running systems: ${grouped(counts.runningSystems)}.`,
    ...(bar ? wrapped(`It cannot be published: ${bar.words}`, Math.min(terminal.width, widest), '  ') : []),
    terminal.faint(`As of ${momentText(wire.asOf, timeZone)}${place}.`),
    ...(wrong.length === 0
      ? ['', 'Nothing contradicts it, and nothing is missing.']
      : wrong.flatMap((row) => ['', ...rowLines(terminal, row)])),
  ];
}

function rowLines(terminal: Terminal, row: SoaRowWire): string[] {
  const width = Math.min(terminal.width, widest);
  const said = row.faults.flatMap(({ type, sentence }) => {
    const [first = '', ...rest] = wrapped(sentenceText(sentence), width, '    ');
    const mark = type === 'contradiction' ? '  ◆ Contradiction: ' : '  ○ ';
    return [`${mark}${first.trimStart()}`, ...rest];
  });
  const step = row.action === null ? [] : [`    → ${row.action.label}`];
  return [terminal.bold(`${row.id}  ${row.title}`), ...said, ...step];
}
