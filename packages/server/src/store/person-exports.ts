import { type ActorRef, actorRef } from '@throughline/domain/actor.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

/** Puts together everything that is held about a person, in the background. */
export const personExportJob = 'export-person';
/** So long it can be fetched: a document of all that is held about somebody does not lie about. */
export const personExportMs = 24 * 3_600_000;

/** Keeps the pieces of a finished document, compressed, with the entry that it was made. Those of an earlier try go. */
export async function keepPersonExport(
  write: Write,
  made: {
    readonly job: string;
    readonly member: string;
    readonly expiresAt: Date;
    readonly pieces: readonly Buffer[];
  },
): Promise<void> {
  const { job, member, expiresAt, pieces } = made;
  const by = actorRef(write.ctx.actor);
  await write.run({
    name: 'drop-person-export',
    text: 'delete from person_export where organisation = $1 and job = $2',
    values: [write.organisation, job],
  });
  for (const [piece, content] of pieces.entries())
    await write.run({
      name: 'keep-person-export',
      text: `insert into person_export (organisation, job, piece, member, by_type, by_id, expires_at, content)
        values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      values: [write.organisation, job, piece, member, by.type, by.id, expiresAt, content],
    });
  write.log({ act: 'export.made', export: job, member });
}

/** The pieces in order; none where nobody of this name asked for it, and once it expired. */
export async function personExport(
  reader: Reader,
  asked: { readonly job: string; readonly member: string; readonly by: ActorRef },
  now: Date,
): Promise<Buffer[]> {
  const { job, member, by } = asked;
  const rows = await reader.run<{ content: Buffer }>({
    name: 'person-export',
    text: `select content from person_export where organisation = $1 and job = $2 and member = $3 and by_type = $4 and by_id = $5
      and expires_at > $6 order by piece`,
    values: [reader.organisation, job, member, by.type, by.id, now],
  });
  return rows.map(({ content }) => content);
}

/** Takes away what expired; answers how many pieces. */
export async function dropExpiredExports(write: Write): Promise<number> {
  const rows = await write.run({
    name: 'drop-expired-exports',
    text: 'delete from person_export where organisation = $1 and expires_at <= $2 returning 1',
    values: [write.organisation, write.ctx.at],
  });
  return rows.length;
}
