import type { Retained } from '@throughline/domain/retention.ts';
import { newId } from './ids.ts';
import type { Write } from './write.ts';

/**
 * Where sessions came from that ended before a moment: browser, host and what the browser said of itself go. That there
 * was a session stays, as its entries in the log do.
 */
export async function forgetOrigins(write: Write, before: Date): Promise<number> {
  return taken(
    write,
    'forget-origins',
    before,
    `update session set browser = null, agent = null, host = null
    where organisation = $1 and coalesce(ended_at, expires_at) < $2
      and (browser is not null or agent is not null or host is not null) returning 1`,
  );
}

/** Jobs that ended before a moment. */
export async function removeJobs(write: Write, before: Date): Promise<number> {
  return taken(
    write,
    'remove-jobs',
    before,
    'delete from job where organisation = $1 and ended_at < $2 returning 1',
  );
}

/** Cells of files that were applied or undone before a moment; what came of each row stays. */
export async function forgetCells(write: Write, before: Date): Promise<number> {
  return taken(
    write,
    'forget-cells',
    before,
    `update import_row w set raw = null, salt = null, rejections = null from import i
    where i.organisation = $1 and i.state <> 'analysed' and coalesce(i.undone_at, i.applied_at) < $2
      and w.organisation = i.organisation and w.import = i.id and (w.raw is not null or w.rejections is not null) returning 1`,
  );
}

/** Says in the log what was taken away, in numbers. */
export function logTaken(
  write: Write,
  counts: Readonly<Partial<Record<Retained, number>>>,
  cellsBefore: Date | null,
): void {
  const cells = cellsBefore && counts.importCells ? { cellsBefore: cellsBefore.toISOString() } : {};
  const retention = newId(write.ctx.at.getTime());
  write.log({ act: 'retention.applied', retention, taken: counts, ...cells });
}

async function taken(write: Write, name: string, before: Date, text: string): Promise<number> {
  return (await write.run({ name, text, values: [write.organisation, before] })).length;
}
