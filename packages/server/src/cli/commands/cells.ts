import type { CellTarget } from '@throughline/domain/soa/set-cells.ts';
import { exitCodes } from '../../exit-codes.ts';
import { FactsCache } from '../../features/line/facts.ts';
import { memberCalled } from '../../features/members/member-called.ts';
import { cellsAtOnce, setCells } from '../../features/soa/set-cells.ts';
import { Ended, usage } from '../refuse.ts';
import { cellsLines } from '../words/cells.ts';
import { askerOf, type Work } from '../work.ts';

export type CellsOptions = {
  readonly control: readonly string[];
  readonly system: readonly string[];
  readonly state: CellTarget;
  readonly how?: string;
  /** Address of a member, or their id. */
  readonly owner?: string;
  readonly since?: string;
  readonly plannedOn?: string;
  readonly movedBecause?: string;
  readonly endedOn?: string;
  readonly because?: string;
  readonly dryRun?: true;
  readonly strict?: true;
  readonly json?: true;
};

/**
 * `cells`: sets cells of the matrix, every control named on every system named, in one change; what refuses is named and
 * leaves the others alone, unless `--strict` keeps all of it from being written.
 */
export async function cells(work: Work, options: CellsOptions): Promise<void> {
  const { services, terminal } = work;
  const { control, system, state, because, dryRun, strict } = options;
  const pairs = control.flatMap((one) => system.map((other) => ({ control: one, system: other })));
  if (pairs.length > cellsAtOnce)
    throw usage(`${pairs.length} cells are too many at once: ${cellsAtOnce} are the most.`);
  const owner =
    options.owner === undefined ? {} : { owner: await memberCalled(services, askerOf(work), options.owner) };
  const asked = { cells: pairs, state, fields: { ...fieldsOf(options), ...owner } };
  const set = (dry: boolean) =>
    setCells(services, FactsCache.of(services), { ...work.context(), because: because ?? null }, asked, {
      dryRun: dry,
    });
  const before = dryRun || strict ? await set(true) : null;
  const refused = strict === true && before !== null && before.refused.length > 0;
  const done = before !== null && (dryRun || refused) ? before : await set(false);
  if (options.json) terminal.json(done);
  else for (const line of cellsLines(terminal, done, done === before)) terminal.print(line);
  if (refused) throw new Ended(exitCodes.rejected);
}

function fieldsOf({ how, since, plannedOn, movedBecause, endedOn }: CellsOptions) {
  return {
    ...(how === undefined ? {} : { howItWorks: how }),
    ...(since === undefined ? {} : { inPlaceSince: since }),
    ...(plannedOn === undefined ? {} : { plannedOn }),
    ...(movedBecause === undefined ? {} : { movedBecause }),
    ...(endedOn === undefined ? {} : { endedOn }),
  };
}
