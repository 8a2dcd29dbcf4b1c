import { may } from '@throughline/domain/permissions.ts';
import type { ImportWire } from '@throughline/domain/wire-import.ts';
import type { ImportProfileWire, ImportSummaryWire } from '@throughline/domain/wire-pages.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { recentImports } from '../../store/imports.ts';
import type { Asker } from '../../store/reading.ts';
import { actorNames } from '../../store/records.ts';
import { allProfiles } from './analyse-file.ts';
import { presentImport } from './present-import.ts';
import { withImport } from './preview-import.ts';
import { undoability } from './undo-import.ts';

export async function showImport(services: Services, ctx: Context, id: string): Promise<ImportWire> {
  return withImport(services, ctx, id, presentImport);
}

/** Imports into registers that the actor may read, newest first. */
export async function listImports(
  services: Services,
  who: Asker,
  limit: number,
): Promise<ImportSummaryWire[]> {
  return services.store.read(who, async (reader) => {
    const seen = (await recentImports(reader, limit)).filter((one) => may(who.actor, one.kind, 'import'));
    const people = seen.map((one) => one.by.id);
    const names = await actorNames(reader, people);
    const wires: ImportSummaryWire[] = [];
    for (const one of seen)
      wires.push({
        id: one.id,
        kind: one.kind,
        state: one.state,
        appliedAt: one.appliedAt?.toISOString() ?? null,
        undoable: await undoability(reader, one),
        name: one.fileName,
        rows: one.analysis.file.rows,
        by: names.get(one.by.id) ?? null,
        at: one.createdAt.toISOString(),
        counts: one.counts && {
          added: one.counts.added,
          changed: one.counts.changed,
          rejected: one.counts.rejected,
        },
      });
    return wires;
  });
}

export async function listProfiles(services: Services, who: Asker): Promise<ImportProfileWire[]> {
  return services.store.read(who, async (reader) =>
    (await allProfiles(reader)).map((profile) => ({
      id: profile.id,
      name: profile.label,
      kind: profile.kind,
      columns: Object.values(profile.columns).filter((column) => column.target !== null).length,
    })),
  );
}
