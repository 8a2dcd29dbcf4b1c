import { judgedRule, station } from '@throughline/catalogue/lookup.ts';
import type { Catalogue } from '@throughline/catalogue/types.ts';
import { withBrokenProofs } from '@throughline/domain/broken-proofs.ts';
import { kindWords } from '@throughline/domain/kind-words.ts';
import type { SealedFindings } from '@throughline/domain/trace/sealed.ts';
import type { RuledGap, Sentence, StationResult, Trace, Unjudged } from '@throughline/domain/trace/types.ts';
import type { GapWire, StationWire, TraceWire } from '@throughline/domain/wire.ts';
import type { OpenTask, TraceView } from '../../features/line/read-trace.ts';
import {
  actionWire,
  type Names,
  namedInAction,
  plainSentence,
  refsWire,
  sentenceWire,
  servesWire,
} from './sentence.ts';

/** A gap and a station name this many records at most; the sentence says how many there are. */
const shownRecords = 50;

/** Every record and member that a result names, to be read in one go. */
export function namedIn(
  stations: readonly Pick<StationResult, 'statement' | 'gaps' | 'unverifiable' | 'records'>[],
): {
  records: string[];
  members: string[];
} {
  const records = new Set<string>();
  const members = new Set<string>();
  const read = (sentence: Sentence) => {
    for (const part of sentence) {
      if (typeof part === 'string') continue;
      if ('record' in part) records.add(part.record);
      if ('member' in part) members.add(part.member);
    }
  };
  for (const result of stations) {
    read(result.statement);
    for (const { record } of result.records) records.add(record);
    for (const one of result.unverifiable) read(one.why);
    for (const gap of result.gaps) {
      read(gap.sentence);
      for (const id of gap.records) records.add(id);
      if (gap.accepted) members.add(gap.accepted.by);
      if (gap.action) for (const id of namedInAction(gap.action)) records.add(id);
    }
  }
  return { records: [...records], members: [...members] };
}

function traceWire(names: Names, trace: Trace, index: number, tasks: readonly OpenTask[]): TraceWire {
  const system = names.refs.get(trace.system);
  if (!system) throw new Error(`The system ${trace.system} of a trace was not read`);
  return {
    system: { ...system, owner: null },
    asOf: { at: trace.asOf, index },
    summary: trace.summary,
    strip: trace.strip,
    stations: trace.stations.map((result) => stationWire(names, result, tasks)),
  };
}

/** `GET /systems/{ref}/trace`: the line, with a gap wherever a record it was judged on does not match the log. */
export function provenTraceWire(names: Names, view: TraceView): TraceWire {
  const { trace, index, tasks, faults } = view;
  const judgedOn = trace.stations.map(({ records, gaps }) =>
    [...records.map(({ record }) => record), ...gaps.flatMap((gap) => gap.records)].flatMap(
      (id) => names.refs.get(id) ?? [],
    ),
  );
  const wire = withBrokenProofs(traceWire(names, trace, index, tasks), faults, judgedOn);
  const stations = wire.stations.map((one, at) => {
    const found = view.sealed.get(trace.stations[at]?.id ?? 'scope');
    return found ? { ...one, sealed: sealedWire(names, found) } : one;
  });
  return { ...wire, stations };
}

const sealedWire = (
  names: Names,
  { gaps, unverifiable }: SealedFindings,
): NonNullable<StationWire['sealed']> => ({
  gaps: gaps.map((gap) => gapWire(names, gap)),
  unverifiable: unverifiable.map((one) => unjudgedWire(names, one)),
});

const unjudgedWire = (names: Names, { rule, why }: Unjudged) => ({
  rule,
  ruleText: ruleText(names.catalogue, rule),
  why: plainSentence(names, why),
});

function stationWire(names: Names, result: StationResult, tasks: readonly OpenTask[]): StationWire {
  const declared = station(names.catalogue, result.id);
  return {
    id: result.id,
    order: declared.order,
    name: declared.name,
    question: declared.question,
    verdict: result.verdict,
    statement: sentenceWire(names, result.statement),
    holdsUntil: result.holdsUntil,
    soon: result.soon,
    gaps: result.gaps.map((gap) => ({ ...gapWire(names, gap), task: taskFor(names, tasks, gap) })),
    unverifiable: [
      ...result.unverifiable.map((one) => unjudgedWire(names, one)),
      ...result.later.map((one) => ({
        rule: one.rule,
        ruleText: ruleText(names.catalogue, one.rule),
        why: `Not judged by this release: it waits for ${kindWords(one.waitsFor)}.`,
      })),
    ],
    records: result.records.slice(0, shownRecords).flatMap((named) => {
      const ref = names.refs.get(named.record);
      return ref ? [{ ...ref, note: named.rules.join(', '), verdict: named.verdict }] : [];
    }),
    recordCount: result.records.length,
    serves: servesWire(names.catalogue, declared.serves),
  };
}

/** The task that is to close this gap: by its rule and, where it says which records it is about, by one of the gap's. */
function taskFor(names: Names, tasks: readonly OpenTask[], gap: RuledGap): GapWire['task'] {
  const task = tasks.find(
    ({ rule, concerns }) =>
      rule === gap.rule && (concerns.length === 0 || concerns.some((id) => gap.records.includes(id))),
  );
  const ref = task && names.refs.get(task.id);
  if (!ref) return null;
  const assignee = task.assignee === null ? null : (names.members.get(task.assignee) ?? null);
  return { ...ref, assignee, due: task.due };
}

/** One gap, of a system or of the organisation: rule, source and weight come from the catalogue. */
export function gapWire(names: Names, gap: RuledGap): GapWire {
  const rule = judgedRule(names.catalogue, gap.rule);
  return {
    rule: gap.rule,
    ruleText: ruleText(names.catalogue, gap.rule),
    source: rule?.source ?? 'standard',
    weight: rule?.weight ?? 'minor',
    sentence: sentenceWire(names, gap.sentence),
    records: refsWire(names, gap.records.slice(0, shownRecords)),
    since: gap.since,
    causedBy: gap.causedBy,
    refs: servesWire(names.catalogue, rule?.refs ?? []),
    action: actionWire(names, gap.action),
    task: null,
    ...(gap.accepted
      ? { accepted: { by: names.members.get(gap.accepted.by) ?? gap.accepted.by, until: gap.accepted.until } }
      : {}),
  };
}

function ruleText(catalogue: Catalogue, id: string): string {
  return judgedRule(catalogue, id)?.text ?? id;
}
