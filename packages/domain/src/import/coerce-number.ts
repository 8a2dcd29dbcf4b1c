import { type Coerced, type CoercionOptions, type DecimalSign, shown } from './coerced.ts';

const grouped = /^[+-]?\d{1,3}(?:[ \u00a0\u202f'’.,]\d{3})+$/;

/** Reads a number with the separators of its column. `1,234` alone can be two numbers and is read only with evidence. */
export function coerceNumber(cell: string, unit: string | undefined, options: CoercionOptions): Coerced {
  const bare = cell.replace(/[\u00a0\u202f]/g, ' ').replace(unit === '%' ? /\s*%$/ : /$^/, '');
  if (/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(bare) && !ambiguous(bare)) return kept(Number(bare), cell, bare);
  const signs = [...bare.replace(/[^.,]/g, '')];
  if (!/^[+-]?[\d .,'’]+$/.test(bare) || !/\d/.test(bare)) return unreadable(cell);
  const decimal = decimalOf(bare, signs, options.decimal);
  if (decimal === undefined)
    return { problem: `${shown(cell)} can be read with a decimal sign or with groups of three. Say which.` };
  const group = decimal === 'comma' ? '.' : ',';
  const [whole = '', fraction, ...rest] = bare.split(decimal === 'comma' ? ',' : '.');
  const badGroups = /[.,\s'’]/.test(whole) && !grouped.test(whole);
  if (rest.length > 0 || badGroups || (fraction !== undefined && !/^\d+$/.test(fraction)))
    return unreadable(cell);
  const digits = whole.replaceAll(group, '').replace(/[\s'’]/g, '');
  return kept(Number(fraction === undefined ? digits : `${digits}.${fraction}`), cell, '');
}

function kept(value: number, cell: string, plain: string): Coerced {
  if (!Number.isFinite(value)) return unreadable(cell);
  return String(value) === plain || plain === cell ? { value } : { value, note: `Read as ${value}.` };
}

function unreadable(cell: string): Coerced {
  return { problem: `${shown(cell)} is not a number.` };
}

/** One sign followed by exactly three digits, at most three before it: thousands or a fraction. */
function ambiguous(bare: string): boolean {
  return /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(bare);
}

function decimalOf(
  bare: string,
  signs: readonly string[],
  stated: DecimalSign | undefined,
): DecimalSign | undefined {
  if (stated) return stated;
  const last = signs.at(-1);
  if (last === undefined) return 'point';
  const mixed = signs.some((sign) => sign !== last);
  if (mixed) return last === ',' ? 'comma' : 'point';
  if (signs.length > 1) return last === ',' ? 'point' : 'comma';
  if (ambiguous(bare)) return undefined;
  return last === ',' ? 'comma' : 'point';
}

/** The decimal sign that the cells of a column prove; nothing where they prove none, or both. */
export function decimalEvidence(cells: Iterable<string>): DecimalSign | undefined {
  const seen = new Set<DecimalSign>();
  for (const cell of cells) {
    const bare = cell.trim();
    if (!/^[+-]?[\d.,]+$/.test(bare) || ambiguous(bare)) continue;
    const signs = [...bare.replace(/[^.,]/g, '')];
    const found = signs.length > 0 ? decimalOf(bare, signs, undefined) : undefined;
    if (found) seen.add(found);
  }
  return seen.size === 1 ? [...seen][0] : undefined;
}
