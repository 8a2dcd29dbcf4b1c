import { clause, control, organisationQuestion, resolveRef, station } from '@throughline/catalogue/lookup.ts';
import { indexOf } from '@throughline/catalogue/lookup-index.ts';
import { stationIds } from '@throughline/catalogue/vocabulary.ts';
import type { Check, MandatoryItem } from '@throughline/domain/trace/organisation/mandatory.ts';
import type { QuestionResult, Sentence } from '@throughline/domain/trace/types.ts';
import type { CheckWire, MandatoryWire, ReadinessWire } from '@throughline/domain/wire.ts';
import type { CoverageWire } from '@throughline/domain/wire-readiness.ts';
import type { Readiness } from '../../features/line/read-readiness.ts';
import type { CoverageRow } from '../../store/readiness.ts';
import { namedMember, standingIn } from './actor.ts';
import { actionWire, type Names, namedInAction, plainSentence, sentenceWire } from './sentence.ts';
import { gapWire, namedIn } from './trace.ts';

/** Every record and member that readiness names, to be read in one go. */
export function namedInReadiness(readiness: Readiness): { records: string[]; members: string[] } {
  const items = [...readiness.mandatory, ...readiness.supporting];
  const sentences = items.flatMap((item) =>
    [item.exists, item.approved, item.current, item.holds, item.ownerCanSpeak].flatMap((check) =>
      check ? [check.why] : [],
    ),
  );
  const bare = (statement: Sentence) => ({ statement, gaps: [], unverifiable: [], records: [] });
  const named = namedIn([...readiness.line.questions, ...sentences.map(bare)]);
  const carried = items.flatMap((item) => {
    const linked = item.action ? namedInAction(item.action) : [];
    return item.record ? [item.record, ...linked] : linked;
  });
  const owners = items.flatMap((item) => [
    ...(item.owner ? [item.owner] : []),
    ...(item.approval ? [item.approval.by, item.approval.onBehalfOf ?? []].flat() : []),
  ]);
  return { records: [...named.records, ...carried], members: [...named.members, ...owners] };
}

/** Of how many clauses or controls a coverage could have rows. */
const sizes: Readonly<Record<string, (catalogue: Names['catalogue']) => number>> = {
  clause: (catalogue) => indexOf(catalogue).leafClauses.length,
  control: (catalogue) => indexOf(catalogue).controls.size,
};

/** `GET /readiness/coverage`: rows under the names that people know them by. */
export function coverageWire(
  names: Pick<Names, 'catalogue' | 'members'>,
  by: CoverageWire['by'],
  rows: readonly (CoverageRow & Pick<CoverageWire['rows'][number], 'below'>)[],
): CoverageWire {
  const label = (key: string) =>
    by === 'owner' ? (names.members.get(key) ?? '') : (resolveRef(names.catalogue, key)?.title ?? key);
  return {
    by,
    of: sizes[by]?.(names.catalogue) ?? null,
    rows: rows.map(({ systems_with_gaps: systemsWithGaps, organisation_gaps: organisationGaps, ...row }) => ({
      ...row,
      organisationGaps,
      label: label(row.key),
      systemsWithGaps,
    })),
  };
}

/** `GET /readiness`. */
export function readinessWire(names: Names, readiness: Readiness): ReadinessWire {
  return {
    asOf: readiness.at.toISOString(),
    stale: readiness.stale,
    systems: readiness.systems,
    stations: stationIds.map((id) => stationCount(names, readiness, id)),
    organisation: readiness.line.questions.map((question) => questionWire(names, question)),
    mandatory: readiness.mandatory.map((item) => mandatoryWire(names, item)),
    supporting: readiness.supporting.map((item) => mandatoryWire(names, item)),
  };
}

function stationCount(
  names: Names,
  readiness: Readiness,
  id: (typeof stationIds)[number],
): ReadinessWire['stations'][number] {
  const count = (verdict: string) =>
    readiness.stations.find((row) => row.station === id && row.verdict === verdict)?.count ?? 0;
  return {
    id,
    name: station(names.catalogue, id).name,
    holds: count('holds'),
    gap: count('gap'),
    accepted: count('accepted'),
    unverifiable: count('unverifiable'),
    notStarted: count('not-started'),
    notApplicable: count('not-applicable'),
  };
}

function questionWire(names: Names, result: QuestionResult): ReadinessWire['organisation'][number] {
  const declared = organisationQuestion(names.catalogue, result.id);
  const title = (result.type === 'clause' ? clause : control)(names.catalogue, result.id)?.title ?? result.id;
  return {
    id: result.id,
    title,
    question: declared?.question ?? '',
    rule: declared?.rule ?? '',
    type: result.type,
    verdict: result.verdict,
    statement: sentenceWire(names, result.statement),
    gaps: result.gaps.map((gap) => gapWire(names, gap)),
  };
}

function mandatoryWire(names: Names, item: MandatoryItem): MandatoryWire {
  const check = (one: Check): CheckWire => ({ state: one.state, why: plainSentence(names, one.why) });
  return {
    id: item.id,
    title: item.title,
    clause: item.clause,
    nature: item.nature,
    record: item.record ? (names.refs.get(item.record) ?? null) : null,
    version: item.version,
    owner: item.owner ? { id: item.owner, name: names.members.get(item.owner) ?? '' } : null,
    approvedOn: item.approvedOn,
    approval: item.approval && {
      by: namedMember(item.approval.by, names.members),
      ...standingIn(item.approval.onBehalfOf, names.members),
      waived: item.approval.waived,
    },
    due: item.due,
    exists: check(item.exists),
    approved: check(item.approved),
    current: check(item.current),
    holds: item.holds ? check(item.holds) : null,
    ownerCanSpeak: check(item.ownerCanSpeak),
    passes: item.passes,
    action: actionWire(names, item.action),
  };
}
