import type { Fields } from '@throughline/domain/risk/criteria.ts';
import type { Decision } from '@throughline/domain/risk/lowered.ts';
import type { RiskVersion } from '@throughline/domain/trace/closed-risks.ts';
import type { Reader } from './reader.ts';

/**
 * How a risk was rated as somebody last accepted it, or approved a plan for it; an approval that was taken back or fell
 * since was given all the same. Nothing where nobody decided yet, or where what it said was erased.
 */
export async function decidedRating(reader: Reader, risk: string): Promise<Decision | undefined> {
  const [row] = await reader.run<{
    as: 'accepted' | 'planned';
    at: Date;
    fields: Fields | null;
    links: Decision['links'] | null;
  }>({
    name: 'decided-rating',
    text: `select case when a.record = $2::uuid then 'accepted' else 'planned' end as "as", a.at, v.fields, v.links
      from approval a join revision v on v.organisation = a.organisation and v.record = $2::uuid
        and (case when a.record = $2::uuid then v.version = a.version
          else a.basis @> jsonb_build_array(jsonb_build_object('record', $2::text, 'digest', encode(v.digest, 'hex'))) end)
      where a.organisation = $1 and a.act = 'approve'
        and (a.record = $2::uuid or a.basis @> jsonb_build_array(jsonb_build_object('record', $2::text)))
      order by a.at desc, a.id desc, v.version desc limit 1`,
    values: [reader.organisation, risk],
  });
  if (!row?.fields || !row.links) return undefined;
  return { as: row.as, at: row.at.toISOString(), fields: row.fields, links: row.links };
}

/** What people and programs wrote of a risk, version by version, oldest first. */
export async function versionsWritten(reader: Reader, risk: string): Promise<RiskVersion[]> {
  const rows = await reader.db
    .selectFrom('revision')
    .select(['fields', 'changed', 'actor_type', 'actor_id', 'on_behalf_of'])
    .where('organisation', '=', reader.organisation)
    .where('record', '=', risk)
    .where('act', 'in', ['created', 'edited'])
    .orderBy('version')
    .execute();
  return rows.map(({ fields, changed, actor_type, actor_id, on_behalf_of }) => ({
    fields,
    changed,
    by: { type: actor_type, id: actor_id, onBehalfOf: on_behalf_of },
  }));
}
