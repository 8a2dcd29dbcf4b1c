import type { Reader } from './reader.ts';

/** Size of the log and the moment of its last place; 0 while nothing was placed. */
export async function logHead(reader: Reader): Promise<{ size: number; at: string | null }> {
  const rows = await reader.run<{ index: string; at: Date }>({
    name: 'log-head',
    text: 'select index, at from log_leaf where organisation = $1 order by index desc limit 1',
    values: [reader.organisation],
  });
  const last = rows[0];
  return last ? { size: Number(last.index) + 1, at: last.at.toISOString() } : { size: 0, at: null };
}
