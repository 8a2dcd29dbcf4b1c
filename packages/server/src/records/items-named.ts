import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { itemFaults } from '@throughline/domain/crosswalk/known-items.ts';
import { type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { codedControls } from '../store/control-codes.ts';
import type { Reader } from '../store/reader.ts';
import type { Write } from '../store/write.ts';
import { rhythmOf } from './days-come.ts';

/** Refuses items that no framework has, and days for them that are over, where a change names them anew. */
export async function ensureItemsKnown(
  write: Write,
  kind: Kind,
  before: Content,
  next: Content,
): Promise<void> {
  const faults = await unknownItems(write, kind, { before, next }, write.ctx.at);
  if (faults.length > 0) throw unprocessable(faults);
}

/** The same for a door that refuses in its own way. */
export async function unknownItems(
  reader: Reader,
  kind: Kind,
  { before, next }: { readonly before: Content; readonly next: Content },
  at: Date,
): Promise<ErrorItem[]> {
  const named = { before: kind.names?.(before) ?? [], next: kind.names?.(next) ?? [] };
  if (named.next.length === 0) return [];
  const asksOwn = named.next.some(({ of }) => of === 'own');
  const codes = asksOwn ? (await codedControls(reader)).map(({ code }) => code) : [];
  return itemFaults(loadCatalogue(), named, codes, (await rhythmOf(reader, at)).today);
}
