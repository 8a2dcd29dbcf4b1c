import type { Json } from '@throughline/domain/json.ts';
import type { Reader } from './reader.ts';

/** A record of a system, as far as suggestions for a risk assessment look at it. */
export type SystemPart = {
  readonly id: string;
  readonly kind: string;
  readonly number: number;
  readonly title: string;
  readonly state: string;
  readonly fields: Readonly<Record<string, Json>>;
  readonly links: Readonly<Record<string, readonly string[]>>;
};

const most = 1_000;

/** Records of some kinds that belong to a system, not archived, in the order of their numbers. */
export async function systemParts(
  reader: Reader,
  system: string,
  kinds: readonly string[],
): Promise<SystemPart[]> {
  return reader.run<SystemPart>({
    name: 'system-parts',
    text: `select id, kind, number, title, state, fields, links from record
      where organisation = $1 and system = $2 and kind = any($3::text[]) and archived_at is null order by kind, number limit ${most}`,
    values: [reader.organisation, system, [...kinds]],
  });
}
