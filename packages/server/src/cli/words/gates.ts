import { dayText } from '@throughline/domain/day-text.ts';
import type { GateCriterionWire, SystemGatesWire } from '@throughline/domain/wire-gates.ts';
import type { Terminal } from '../terminal.ts';
import { sentenceText } from './line.ts';
import { oneLine, wrapped } from './table.ts';

const widest = 100;

const findings: Readonly<Record<GateCriterionWire['finding'], string>> = {
  met: 'met',
  'not-met': '◆ not met',
  undetermined: '□ cannot be told',
  'does-not-apply': 'does not apply',
  person: '○ a person says',
};

/** Each gate of a system with what it misses: criteria that are not met first, then what people have to say. */
export function gateLines(terminal: Terminal, wires: readonly SystemGatesWire[]): string[] {
  const [first] = wires;
  if (!first) return [];
  const { system, stages, stage, exceptions } = first;
  return [
    `${terminal.bold(system.ref)}  ${terminal.bold(oneLine(system.title))}`,
    `Stage: ${stages.find(({ id }) => id === stage)?.label ?? stage}`,
    ...exceptions.map(({ gate, type, until, over, stands }) =>
      over
        ? terminal.amber(`The exception of ${gate.ref} ended on ${dayText(until)}.`)
        : `${gate.ref}, ${type === 'emergency' ? 'an emergency' : 'admitted afterwards'}, until ${dayText(until)}${stands ? '' : ', no longer stands'}.`,
    ),
    ...wires.flatMap((wire) => ['', ...gateOf(terminal, wire)]),
  ];
}

function gateOf(terminal: Terminal, { next, passed }: SystemGatesWire): string[] {
  if (next === null) return [];
  const width = Math.min(terminal.width, widest);
  const decided = passed.filter(({ type }) => type === next.type);
  const open = next.criteria.filter(({ finding }) => finding !== 'met' && finding !== 'does-not-apply');
  const missed = open.filter(({ finding }) => finding === 'not-met');
  return [
    `${terminal.bold(next.label)}  ${missed.length} of ${next.criteria.length} criteria not met`,
    ...decided.map(({ gate, stands, fallen }) =>
      stands
        ? `  ${gate.ref} was passed and stands.`
        : terminal.amber(
            `  ${gate.ref} was passed and no longer stands, because of ${fallen.map(({ ref }) => ref).join(', ')}.`,
          ),
    ),
    ...[...missed, ...open.filter((one) => !missed.includes(one))].flatMap((criterion) => [
      ...wrapped(`${findings[criterion.finding]}: ${criterion.text}`, width, '  '),
      ...criterion.says.flatMap((sentence) => wrapped(sentenceText(sentence), width, '    ')),
    ]),
  ];
}
