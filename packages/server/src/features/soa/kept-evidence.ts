import { EvidenceCount, type EvidenceFound } from '@throughline/domain/soa/evidence.ts';
import type { Groups } from '@throughline/domain/soa/groups.ts';
import { runningSystems, sameSet } from '@throughline/domain/soa/statement.ts';
import type { SoaRecord } from '@throughline/domain/soa/types.ts';
import { Clock } from '@throughline/domain/trace/clock.ts';
import { adopted, type OrganisationFacts } from '@throughline/domain/trace/organisation-facts.ts';
import type { Reader } from '../../store/reader.ts';
import { touchedSince } from '../../store/soa.ts';
import { anyEvidence, evidenceNow } from '../../store/soa-evidence.ts';
import type { Store } from '../../store/store.ts';
import { KeptFew } from './kept-few.ts';

type Kept = {
  /** The place in the log that it was counted at. */
  readonly index: number;
  readonly groups: Groups;
  readonly running: ReadonlySet<string>;
  readonly judgedBy: string;
  readonly found: EvidenceFound;
};

/** What evidence says of each control, kept until a piece, an implementation, a system or the day changes what was counted. */
export class EvidenceCache {
  static readonly #byStore = new WeakMap<Store, EvidenceCache>();
  readonly #kept = new KeptFew<Kept>();

  static of(store: Store): EvidenceCache {
    const known = EvidenceCache.#byStore.get(store) ?? new EvidenceCache();
    EvidenceCache.#byStore.set(store, known);
    return known;
  }

  /** As the reader's transaction sees it. What one narrow reader may see is kept for nobody. */
  async found(reader: Reader, facts: OrganisationFacts, groups: Groups): Promise<EvidenceFound> {
    if (reader.narrow) return counted(facts, groups, evidenceNow(reader));
    const kept = this.#kept.get(reader.organisation);
    const running = runningSystems(facts);
    const judgedBy = JSON.stringify([facts.today, adopted(facts, 'control_test'), facts.inputs.calendar]);
    const same = kept?.groups === groups && kept.judgedBy === judgedBy && sameSet(kept.running, running);
    const { index, records: touched } = await touchedSince(reader, kept?.index ?? -1);
    const still = same && touched !== null && !(await anyEvidence(reader, touched));
    const found = still ? kept.found : await counted(facts, groups, evidenceNow(reader));
    this.#kept.keep(reader.organisation, { index, groups, running, judgedBy, found });
    return found;
  }
}

/** Evidence by the control that it speaks for, one piece at a time: they are too many to keep. */
export async function counted(
  facts: OrganisationFacts,
  groups: Groups,
  pieces: AsyncIterable<readonly SoaRecord[]>,
): Promise<EvidenceFound> {
  const clock = new Clock(facts.today);
  const count = new EvidenceCount({ organisation: facts, groups, clock, running: runningSystems(facts) });
  for await (const some of pieces) for (const piece of some) count.add(piece);
  return count.found;
}
