import { quoted } from '@throughline/domain/text.ts';
import { exitCodes } from '../../exit-codes.ts';
import { type DueRemoval, readDueRemovals } from '../../features/organisation/due-removals.ts';
import { refWire } from '../../http/present/ref.ts';
import { eraseRecord } from '../../records/erase-record.ts';
import { archiveRecord } from '../../records/transition-record.ts';
import { CommandRefused } from '../refuse.ts';
import { table } from '../words/table.ts';
import { askerOf, type Work } from '../work.ts';

export type RetentionOptions = { readonly confirm?: readonly string[]; readonly json?: true };

/** `retention`: what is due for removal; with `--confirm`, removes what it names and nothing else. */
export async function retention(work: Work, { confirm, json }: RetentionOptions): Promise<void> {
  const { terminal, services } = work;
  const { items, more } = await readDueRemovals(services, askerOf(work));
  const due = new Map(items.map((item) => [refWire(services.registry, item).ref, item]));
  if (confirm !== undefined) {
    await remove(work, due, confirm);
    if (json) terminal.json({ removed: confirm });
    else for (const ref of confirm) terminal.print(`${ref} is erased; its log stays and verifies.`);
    return;
  }
  if (json) {
    const listed = [...due].map(([ref, { title, until, hold, archived }]) => ({
      ref,
      title,
      until,
      hold,
      archived,
    }));
    terminal.json({ items: listed, more });
    return;
  }
  if (due.size === 0) {
    terminal.print('Nothing is due for removal.');
    return;
  }
  const columns = [
    { header: 'Ref' },
    { header: 'Title', most: 60 },
    { header: 'Kept until' },
    { header: 'Held back', most: 60 },
  ];
  const rows = [...due].map(([ref, { title, until, hold }]) => [ref, title, until, hold ?? '']);
  for (const line of table(columns, rows, terminal.width)) terminal.print(line);
  terminal.print('');
  terminal.print('Nothing was removed. --confirm REF removes what you name, for good.');
  if (more) terminal.note('There are more, which come once these are gone.');
}

/** All that is named is looked at before anything goes: a slip in one word removes nothing. */
async function remove(
  { services, context }: Work,
  due: ReadonlyMap<string, DueRemoval>,
  refs: readonly string[],
): Promise<void> {
  const found = [...new Set(refs)].map((ref) => {
    const item = due.get(ref);
    if (!item)
      throw new CommandRefused(
        exitCodes.notFound,
        `${quoted(ref)} is not due for removal. Nothing was removed.`,
      );
    if (item.hold !== null)
      throw new CommandRefused(
        exitCodes.refused,
        `${ref} is under a legal hold: ${item.hold}. Nothing was removed.`,
      );
    return item;
  });
  for (const { kind: name, id, archived, version } of found) {
    const kind = services.registry.get(name);
    const turned = archived
      ? { version }
      : await archiveRecord(services, context(), kind, { ref: id, version });
    await eraseRecord(services, context(), kind, { ref: id, version: turned.version, reason: 'retention' });
  }
}
