import { dayIn } from '@throughline/domain/day.ts';
import { dutyWords } from '@throughline/domain/duties.ts';
import { type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import { type Look, looksOf } from '@throughline/domain/independence.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { identitiesOf } from '../store/identities.ts';
import { type Part, partsOf } from '../store/involvement.ts';
import { organisationSettings } from '../store/organisations.ts';
import { memberActing } from '../store/powers.ts';
import type { Reader } from '../store/reader.ts';
import { refsById } from '../store/records.ts';
import { recusalsOf } from '../store/recusals.ts';
import type { Write } from '../store/write.ts';
import { testedBefore } from './tested-before.ts';

type Judging = {
  readonly id: string | null;
  readonly kind: string;
  readonly system: string | null;
  readonly content: Content;
};

/**
 * Refuses auditors, walkers and testers who had a part in what they judge, under whatever account, or who stood back
 * from it (9.2.2). Nobody waives this. Throws `unprocessable` with an item for each, naming what they had a part in.
 */
export async function ensureIndependent(
  write: Write,
  kind: Kind,
  record: Judging,
  state: string,
): Promise<void> {
  const problems = await dependences(write, kind, record, state, write.ctx.at);
  if (problems.length > 0) throw unprocessable(problems);
}

/**
 * Each state that a record could go to where somebody judges it who had a part in what is judged, with what that was:
 * pages say beforehand what the door would refuse.
 */
export async function dependentStates(
  reader: Reader,
  kind: Kind,
  record: Judging & { readonly state: string },
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  const steps = Object.values(kind.lifecycle.transitions).filter(({ from }) => from.includes(record.state));
  const found = new Map<string, string>();
  for (const state of new Set(steps.map(({ to }) => to))) {
    const [problem] = await dependences(reader, kind, record, state, now);
    if (problem) found.set(state, problem.message);
  }
  return found;
}

const judgingKinds: readonly string[] = ['audit', 'walk', 'control-test', 'verification', 'gate'];

/**
 * Each auditor, walker, tester or verifier of a record who had a part in what it judges, with what that was; and where
 * what is judged was not there on the day that is said.
 */
export async function dependences(
  reader: Reader,
  kind: Kind,
  record: Judging,
  state: string,
  now: Date,
): Promise<ErrorItem[]> {
  if (!judgingKinds.includes(kind.name)) return [];
  const { timeZone } = await organisationSettings(reader);
  const looks = looksOf(record, state, dayIn(now, timeZone), reader.registry.kinds);
  const problems = kind.name === 'control-test' && looks.length > 0 ? await testedBefore(reader, record) : [];
  for (const look of looks) {
    const stoodBack = await recusedFrom(reader, record, look);
    for (const { member, at } of look.judges) {
      const message = await partOf(reader, member, look, stoodBack, now);
      if (message !== undefined) problems.push({ at, message });
    }
  }
  return problems;
}

/** Why a member does not judge what is looked at, in words: by their own part, or by that of whom they stand in for. */
async function partOf(
  reader: Reader,
  member: string,
  look: Look,
  stoodBack: ReadonlySet<string>,
  now: Date,
): Promise<string | undefined> {
  const ids = await identitiesOf(reader, member);
  if (ids.some((id) => stoodBack.has(id)))
    return 'This person stood back from what is judged, so another one does it.';
  const own = await deedsNamed(reader, ids, look);
  if (own !== undefined) return `${words[look.duty]} ${own}.`;
  const absent: string[] = [];
  for (const one of (await memberActing(reader, member, now)).standsFor ?? [])
    absent.push(...(await identitiesOf(reader, one.member)));
  const theirs = await deedsNamed(reader, [...new Set(absent)], look);
  return theirs === undefined
    ? undefined
    : `This person stands in for somebody with a part in what is judged, so another one does it. In the period these ${theirs}.`;
}

/** What these wrote, moved on, approved or owned of what is judged, the first few by their numbers. */
async function deedsNamed(reader: Reader, ids: readonly string[], look: Look): Promise<string | undefined> {
  const parts = await partsOf(reader, ids, look);
  if (parts.length === 0) return undefined;
  const refs = await refsById(reader, [...new Set(parts.map((part) => part.record))].slice(0, namedAtMost));
  return parts
    .flatMap(({ how, record: id }) => {
      const row = refs.get(id);
      return row ? [`${howWords[how]} ${reader.registry.get(row.kind).prefix}-${row.number}`] : [];
    })
    .join(', ');
}

const namedAtMost = 3;

const howWords: Readonly<Record<Part['how'], string>> = {
  wrote: 'wrote',
  moved: 'moved on',
  approved: 'approved',
  owned: 'owned',
};

const words: Readonly<Record<Look['duty'], string>> = {
  auditor: `${dutyWords.auditor.replace('You had', 'This person had')} In the period they`,
  tester: `${dutyWords.tester.replace('You had', 'This person had')} Before the test was recorded they`,
  decider: 'This person had a part in what is decided on, so another person decides. They',
  verifier: 'This person had a part in what is verified, so another person gives the verdict. They',
};

async function recusedFrom(reader: Reader, record: Judging, { over }: Look): Promise<ReadonlySet<string>> {
  const judged = 'systems' in over ? over.systems : 'records' in over ? over.records : [];
  const recusals = await recusalsOf(reader, [record.id, record.system, ...judged]);
  return new Set(recusals.map((one) => one.member));
}
