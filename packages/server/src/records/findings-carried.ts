import { unprocessable } from '@throughline/domain/errors.ts';
import { type Json, sameJson } from '@throughline/domain/json.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { numberOf, rowsOf } from '@throughline/domain/trace/read.ts';
import type { Reader } from '../store/reader.ts';
import { recordsById } from '../store/records.ts';

const numbersIn = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.map((one) => String(one).trim()) : [];

/**
 * Refuses a risk that says anew that it carries a finding which none of the assessments it names has (6.1.4): the line
 * would take it for answered. A number counts as the assessment's working version or, where another one is in force,
 * as that one may have it. Throws `unprocessable` for the field.
 */
export async function ensureFindingsThere(
  reader: Reader,
  kind: Kind,
  before: Content,
  next: Content,
): Promise<void> {
  if (kind.name !== 'risk') return;
  const carries = next.links.carries ?? [];
  const moved = !sameJson([...carries], [...(before.links.carries ?? [])]);
  const stood = moved ? [] : numbersIn(before.fields.carriedEffects);
  const asked = numbersIn(next.fields.carriedEffects).filter((number) => !stood.includes(number));
  if (asked.length === 0 || carries.length === 0) return;
  const named = [...(await recordsById(reader, carries)).values()].filter(
    (record) => record.kind === 'impact-assessment',
  );
  if (named.length === 0 || named.some(({ inForce, version }) => inForce !== null && inForce !== version))
    return;
  const there = new Set(
    named.flatMap(({ content }) =>
      rowsOf(content, 'effects').map((row, at) =>
        String(numberOf({ fields: row, links: {} }, 'number') ?? at + 1),
      ),
    ),
  );
  const missing = asked.filter((number) => !there.has(number));
  if (missing.length === 0) return;
  const message = `Effects carried: no assessment that this risk names has an effect ${missing.join(', ')}.`;
  throw unprocessable([{ at: 'fields.carriedEffects', message }]);
}
