import { isLeftOut, type LeftOut, type Result, type Target } from './result.ts';

const columns = ['measure', 'side by side', 'p50', 'p95', 'max', 'target', '', 'note'] as const;

/** The table as text, in Markdown's form. */
export function table(lines: readonly (Result | LeftOut)[]): string {
  const rows = [columns, columns.map(() => '---'), ...lines.map(cells)];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function cells(result: Result | LeftOut): readonly string[] {
  if (isLeftOut(result)) return [result.name, '', '', '', '', '', 'left out', result.leftOut];
  const { unit, target } = result;
  return [
    result.name,
    String(result.concurrency),
    result.p50 === null ? '' : figure(result.p50, unit),
    result.p95 === null ? '' : figure(result.p95, unit),
    figure(result.max, unit),
    target ? said(target, unit) : '',
    result.met === null ? '' : result.met ? 'met' : 'missed',
    result.note,
  ];
}

/** One object a line: the machine first, then each figure, and why one is left out. */
export function jsonLines(results: readonly (Result | LeftOut)[], machine: string): string {
  return [{ machine }, ...results].map((line) => `${JSON.stringify(line)}\n`).join('');
}

function figure(value: number, unit: string): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}

function said(target: Target, unit: string): string {
  if ('atLeast' in target) return `≥ ${target.atLeast} ${unit}`;
  return `${target.of === 'p95' ? 'p95 ' : ''}≤ ${target.atMost} ${unit}`;
}
