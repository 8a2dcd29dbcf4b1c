import { confirmableParts } from '../kinds/vocabulary/impact.ts';
import { listOf, type Readable } from '../trace/read.ts';

/** The id under which a field waits for confirmation: `intendedUse` is `intended-use`. */
export const confirmId = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const fieldOf = (id: string): string => id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Fields that were filled in from elsewhere and that nobody confirmed yet, in the order in which they are asked. */
export function waitingFields(content: Readable): string[] {
  const waiting = listOf(content, 'toConfirm');
  return confirmableParts.filter(({ id }) => waiting.includes(id)).map(({ id }) => fieldOf(id));
}

/** What still waits once these fields were confirmed or written by a person, as it is kept. */
export const confirmed = (content: Readable, fields: readonly string[]): string[] =>
  listOf(content, 'toConfirm').filter((id) => !fields.map(confirmId).includes(id));
