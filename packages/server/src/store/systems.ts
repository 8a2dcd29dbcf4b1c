import type { Reader } from './reader.ts';
import type { RefRow } from './records.ts';

/** Systems in the register with exactly this name, by its folded text; two are enough to know that the name does not decide. */
export async function systemsByTitle(reader: Reader, folded: string): Promise<RefRow[]> {
  return reader.run<RefRow>({
    name: 'systems-by-title',
    text: `select id, kind, number, title, state, false as archived from record
      where organisation = $1 and kind = 'system' and k1 = $2 and k1 is not null and archived_at is null order by id limit 2`,
    values: [reader.organisation, folded],
  });
}

/** Gaps of the lines of the systems given; a line never computed is left out. */
export async function gapsOfSystems(
  reader: Reader,
  systems: readonly string[],
): Promise<Map<string, number>> {
  if (systems.length === 0) return new Map();
  const rows = await reader.run<{ system: string; gaps: number | null }>({
    name: 'gaps-of-systems',
    text: 'select system, gaps from system_line where organisation = $1 and system = any($2::uuid[]) and strip is not null',
    values: [reader.organisation, [...systems]],
  });
  return new Map(rows.map((row) => [row.system, row.gaps ?? 0]));
}
