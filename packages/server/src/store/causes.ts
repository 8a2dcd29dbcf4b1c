import type { Reader } from './reader.ts';

/** What an entry of the log names as having led to it: a file that was imported, or what two hands confirmed. */
export type Cause = 'import' | 'proposal';

/** What the ids among some reasons stand for; words, and ids of anything else, are left out. */
export async function causesOf(reader: Reader, reasons: readonly string[]): Promise<Map<string, Cause>> {
  const ids = [...new Set(reasons)].filter((text) =>
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text),
  );
  if (ids.length === 0) return new Map();
  const rows = await reader.run<{ id: string; cause: Cause }>({
    name: 'causes',
    text: `select id, 'import' as cause from import where organisation = $1 and id = any($2::uuid[])
      union all select id, 'proposal' from proposal where organisation = $1 and id = any($2::uuid[])`,
    values: [reader.organisation, ids],
  });
  return new Map(rows.map(({ id, cause }) => [id, cause]));
}
