import type { LogVerificationWire } from '@throughline/domain/wire-log.ts';
import type { Services } from '../../services.ts';
import { keepVerification } from '../../store/log-checkpoint.ts';
import { organisationIds } from '../../store/organisations.ts';
import { faultsInWords } from './known-faults.ts';
import type { LogVerdict } from './verify-organisation.ts';
import { verifyTrusted } from './verify-trusted.ts';

/** A verdict as it is kept, shown and printed. What is kept has no names: they are put in when it is read. */
export function verdictWire(verdict: LogVerdict, names?: ReadonlyMap<string, string>): LogVerificationWire {
  const { checkpoint } = verdict;
  return {
    at: verdict.at.toISOString(),
    size: verdict.size,
    holds: verdict.faultCount === 0,
    report: {
      checkpoint: checkpoint && {
        origin: checkpoint.origin,
        size: checkpoint.size,
        root: Buffer.from(checkpoint.root).toString('base64'),
      },
      trust: verdict.trust,
      held: verdict.held,
      records: verdict.records,
      faults: faultsInWords(verdict.faults, names),
      faultCount: verdict.faultCount,
      complete: verdict.complete,
      unbound: verdict.unbound,
      treeMs: Math.round(verdict.treeMs),
      rowsMs: Math.round(verdict.rowsMs),
    },
  };
}

/** Keeps what a verification found, for the state of the log and the pages. */
export async function keepVerdict(
  services: Services,
  organisation: string,
  { size, holds, report }: LogVerificationWire,
  at: Date,
): Promise<void> {
  await services.store.asOwner((db) => keepVerification(db, organisation, { at, size, holds, report }));
}

/** Verifies the log of every organisation, keeps what was found and says where something does not hold. */
export async function verifyEveryLog(
  services: Services,
  directory: string,
  tell: (line: string) => void,
): Promise<void> {
  for (const organisation of await services.store.asOwner(organisationIds)) {
    const given = { directory, key: undefined, checkpoints: [], note: tell };
    const verdict = await verifyTrusted(services, organisation, given);
    const wire = verdictWire(verdict);
    await keepVerdict(services, organisation, wire, verdict.at);
    services.store.announce(organisation);
    const [first] = wire.report.faults;
    if (first)
      tell(
        `The log of organisation ${organisation} does not verify: ${wire.report.faultCount} faults. The first: ${first.message}. All: throughline log verify.`,
      );
  }
}
