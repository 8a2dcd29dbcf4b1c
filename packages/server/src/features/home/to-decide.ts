import type { Actor } from '@throughline/domain/actor.ts';
import { type Approval, inForce } from '@throughline/domain/approvals.ts';
import { can, may } from '@throughline/domain/permissions.ts';
import { deputyFor, dutiesFor, dutyObstacle, readDuties } from '../../records/deciders.ts';
import { staleAmong } from '../../records/standings.ts';
import type { Services } from '../../services.ts';
import { approvalsOf } from '../../store/approvals.ts';
import { doubtedDecisions, type SubmittedRow, submittedRecords } from '../../store/home.ts';
import type { Reader } from '../../store/reader.ts';
import { ownerOf } from '../../store/records.ts';

/** A risk or a plan whose approval is stale. */
export type AnewRow = SubmittedRow & {
  /** The caller gave it. */
  readonly mine: boolean;
  /** The caller may give it anew. */
  readonly may: boolean;
};

type Acts = ReadonlyMap<string, readonly Approval[]>;
const shownAtMost = 20;

/** What waits for the word of a person: versions that were submitted, and decisions on risks that are to be given anew. */
export async function toDecide(
  services: Services,
  reader: Reader,
  actor: Actor,
): Promise<{ readonly approve: readonly SubmittedRow[]; readonly anew: readonly AnewRow[] }> {
  if (actor.type !== 'person') return { approve: [], anew: [] };
  const submitted = await submittedRecords(reader, 100);
  const doubted = await doubtedDecisions(reader, 100);
  const acts = await approvalsOf(
    reader,
    [...submitted, ...doubted].map(({ id }) => id),
  );
  const mayDecide = await decider(services, reader, actor, acts);
  const approve: SubmittedRow[] = [];
  for (const row of submitted) {
    if (await mayDecide(row)) approve.push(row);
    if (approve.length === shownAtMost) break;
  }
  const now = services.clock();
  return { approve, anew: await givenAnew(reader, actor, { doubted, acts, mayDecide, now }) };
}

type Doubted = {
  readonly doubted: readonly SubmittedRow[];
  readonly acts: Acts;
  readonly mayDecide: (row: SubmittedRow) => Promise<boolean>;
  readonly now: Date;
};

/** Those of them that are stale, and that the caller gave or may give anew; what was submitted since waits as that. */
async function givenAnew(
  reader: Reader,
  actor: Actor & { type: 'person' },
  { doubted, acts, mayDecide, now }: Doubted,
): Promise<AnewRow[]> {
  const of = (row: SubmittedRow) => acts.get(row.id) ?? [];
  const isMine = (row: SubmittedRow): boolean => inForce(of(row))?.by === actor.member;
  const concerned = doubted.filter(
    (row) => of(row).at(-1)?.act !== 'submit' && (isMine(row) || may(actor, row.kind, 'approve')),
  );
  // All of them in one reading; who may decide is asked of the few that are stale.
  const about = new Map(concerned.map((row) => [row.id, of(row)]));
  const stale = await staleAmong(reader, concerned, about, { at: now, index: null });
  const found: AnewRow[] = [];
  for (const row of concerned.filter(({ id }) => stale.has(id))) {
    const one = { ...row, mine: isMine(row), may: await mayDecide(row) };
    if (one.mine || one.may) found.push(one);
    if (found.length === shownAtMost) break;
  }
  return found;
}

/** Whether a person may approve a record as it stands: by role and authority, and as no author of it. */
async function decider(services: Services, reader: Reader, actor: Actor & { type: 'person' }, acts: Acts) {
  const duties = await readDuties(reader, services.clock());
  return async (row: SubmittedRow): Promise<boolean> => {
    const systemOwner = row.system ? await ownerOf(reader, row.system) : null;
    const facts = { kind: row.kind, owner: row.owner, assignee: row.assignee, systemOwner };
    if (!can(actor, 'approve', facts)) return false;
    const kind = services.registry.get(row.kind);
    const own = await dutiesFor(reader, kind, row, acts.get(row.id) ?? [], duties);
    return dutyObstacle(kind, row.fields, actor, own, deputyFor(actor, facts)) === undefined;
  };
}
