import { ensureMay, loadReadable } from '../../records/load.ts';
import { type RunSuggestions, suggestionsOf } from '../../records/run-suggestions.ts';
import type { Services } from '../../services.ts';
import type { Asker } from '../../store/reading.ts';
import type { StoredRecord } from '../../store/stored-record.ts';

export type SuggestionsView = RunSuggestions & { readonly run: StoredRecord };

/** What a run of the risk assessment can begin from, and what it says of each. */
export async function readSuggestions(
  services: Services,
  asked: Asker & { readonly ref: string },
): Promise<SuggestionsView> {
  const kind = services.registry.get('risk-assessment');
  ensureMay(asked.actor, kind, 'read');
  return services.store.read(asked, async (reader) => {
    const run = await loadReadable(reader, asked.actor, kind, asked.ref);
    return { run, ...(await suggestionsOf(services, reader, run)) };
  });
}
