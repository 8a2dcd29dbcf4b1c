import { ownReasons } from '../kinds/applicability.ts';
import type { Clock } from '../trace/clock.ts';
import type { TraceRecord } from '../trace/inputs.ts';
import { approve, create, edit, open, step } from '../trace/judge.ts';
import { label, listed, on, rec, say, wordList } from '../trace/say.ts';
import type { Action, Sentence } from '../trace/types.ts';
import type { Places } from './placing.ts';
import type { Call } from './sources.ts';
import type { Tests } from './testing.ts';
import type { Fault, Reason, SoaRecord, SoaRow } from './types.ts';

/** What a row is judged from beside itself. */
export type Judged = Pick<SoaRow, 'control' | 'line' | 'decided' | 'says' | 'reasons' | 'justified'> & {
  /** Another adopted control for the same item of the standard. */
  readonly twin: TraceRecord | null;
  /** Another adopted control with the same code, of the same framework. */
  readonly namesake: TraceRecord | null;
  /** Other lines in force for the same control. */
  readonly rivals: readonly TraceRecord[];
  /** What changed since the line was approved. */
  readonly stale: readonly string[];
  readonly calls: readonly Call[];
  readonly implementations: readonly SoaRecord[];
  readonly places: Places | null;
  readonly tests: Tests | null;
  readonly clock: Clock;
};

type Ref = { readonly id: string };
type Found = Omit<Fault, 'type' | 'code'> | null;

/** A fault names this many records at most; its sentence says how many there are. */
const namedAtMost = 50;

function found(sentence: Sentence, records: readonly Ref[], action: Action | null): Found {
  const ids = [...new Set(records.map(({ id }) => id))];
  return { sentence, records: ids.slice(0, namedAtMost), action };
}

/** What a row can have wrong, contradictions first: the first that is found gives the row its one step. */
const checks: readonly (readonly [Fault['type'], string, (row: Judged) => Found])[] = [
  ['contradiction', 'twice', twice],
  ['contradiction', 'named-twice', namedTwice],
  ['contradiction', 'decided-twice', decidedTwice],
  ['contradiction', 'dropped', dropped],
  ['contradiction', 'excluded-called', excludedCalled],
  ['contradiction', 'excluded-placed', excludedPlaced],
  ['contradiction', 'excluded-reasoned', excludedReasoned],
  ['contradiction', 'applicable-bare', applicableBare],
  ['contradiction', 'reason-unsourced', reasonUnsourced],
  ['contradiction', 'demanded', demanded],
  ['gap', 'undecided-called', undecidedCalled],
  ['gap', 'excluded-bare', excludedBare],
  ['gap', 'unapproved', unapproved],
  ['gap', 'stale', stale],
  ['gap', 'missing', missing],
  ['gap', 'late', late],
  ['gap', 'unaccepted', unaccepted],
  ['gap', 'redated', redated],
  ['gap', 'failed', failed],
  ['gap', 'changed', changed],
  ['gap', 'untested', untested],
  ['gap', 'retest', retest],
];

/** Everything that is wrong with a row, each with the one step that answers it. */
export function faultsOf(row: Judged): Fault[] {
  return checks.flatMap(([type, code, check]) => {
    const one = check(row);
    return one ? [{ type, code, ...one }] : [];
  });
}

const callers = ({ calls }: Judged): SoaRecord[] => calls.map(({ record }) => record);
const complete = (record: SoaRecord): Action => step(label`Complete ${record}`, record, 'complete');

function twice({ control, twin }: Judged): Found {
  if (!control || !twin) return null;
  const sentence = say('soa-twice', { control: rec(control), other: rec(twin) });
  return found(sentence, [control, twin], open('Open the control', control));
}

/** Whoever reads the statement finds a control by its code, so one code names one control (6.1.3 d). */
function namedTwice({ control, namesake }: Judged): Found {
  if (!control || !namesake) return null;
  const sentence = say('soa-named-twice', { control: rec(control), other: rec(namesake) });
  return found(sentence, [control, namesake], edit('Give it another code', control, 'code'));
}

/** Two lines in force for one control: whichever says what, nothing says which of them counts (6.1.3). */
function decidedTwice({ line, rivals }: Judged): Found {
  const [first] = rivals;
  if (!line || !first) return null;
  const sentence = say('soa-decided-twice', { line: rec(line), ...listed(rivals) });
  return found(sentence, [line, ...rivals], open('Open the other line', first));
}

function dropped(row: Judged): Found {
  const { control, line, says } = row;
  if (control?.state !== 'dropped') return null;
  const look = open('Open the control', control);
  if (line && says === 'applicable')
    return found(say('soa-dropped', { control: rec(control), line: rec(line) }), [control, line], look);
  const all = callers(row);
  if (all.length === 0) return null;
  return found(say('soa-dropped-called', { control: rec(control), ...listed(all) }), [control, ...all], look);
}

/** A necessary control left out (6.1.3): what calls for it is named, for one of the two has to give way. */
function excludedCalled(row: Judged): Found {
  const { line, says } = row;
  const all = callers(row);
  if (!line || says !== 'excluded' || all.length === 0) return null;
  const sentence = say('soa-excluded-called', { line: rec(line), ...listed(all) });
  return found(sentence, [line, ...all], open('Open the line', line));
}

function excludedPlaced({ line, says, implementations }: Judged): Found {
  const standing = implementations.filter(({ state }) => state === 'in-place' || state === 'partly');
  if (!line || says !== 'excluded' || standing.length === 0) return null;
  const sentence = say('soa-excluded-placed', { line: rec(line), ...listed(standing) });
  return found(sentence, [line, ...standing], open('Open the line', line));
}

/** Reasons are for inclusion: a line that excludes for one of them says both. */
function excludedReasoned({ line, says, reasons }: Judged): Found {
  const named = sourced.flatMap(([reason, words]) => (reasons.includes(reason) ? [words] : []));
  if (!line || says !== 'excluded' || named.length === 0) return null;
  const sentence = say('soa-excluded-reasoned', { line: rec(line), reasons: wordList(named) });
  return found(sentence, [line], edit('Correct the reasons', line, 'reasons'));
}

/** A reason of the organisation's own, such as good practice, is no source: something calls for it, or somebody says why. */
function applicableBare({ line, says, reasons, justified, calls }: Judged): Found {
  const own = reasons.every((reason) => reason in ownReasons);
  if (!line || says !== 'applicable' || !own || justified || calls.length > 0) return null;
  const action = edit('Give the reason', line, 'justification');
  const words = wordList(reasons.flatMap((reason) => ownReasons[reason] ?? []));
  const sentence =
    reasons.length === 0
      ? say('soa-applicable-bare', { line: rec(line) })
      : say('soa-applicable-thin', { line: rec(line), reasons: words });
  return found(sentence, [line], action);
}

/** Reasons that a record has to stand behind. */
const sourced: readonly (readonly [Reason, string])[] = [
  ['treatment', 'a treatment'],
  ['impact', 'an impact finding'],
  ['law', 'law'],
  ['contract', 'a contract'],
];

function reasonUnsourced({ line, says, reasons, calls }: Judged): Found {
  const empty = sourced.filter(
    ([reason]) => reasons.includes(reason) && !calls.some((call) => call.reason === reason),
  );
  if (!line || says !== 'applicable' || empty.length === 0) return null;
  const named = wordList(empty.map(([, words]) => words));
  const sentence = say('soa-reason-unsourced', { line: rec(line), reasons: named });
  return found(sentence, [line], edit('Correct the reasons', line, 'reasons'));
}

function demanded({ places }: Judged): Found {
  const all = places?.demanded ?? [];
  const [first] = all;
  return first ? found(say('soa-demanded', listed(all)), all, complete(first)) : null;
}

/** The row's own step is to decide, so this names none. */
function undecidedCalled(row: Judged): Found {
  const all = callers(row);
  if (!row.control || row.control.state === 'dropped' || row.line || all.length === 0) return null;
  return found(say('soa-undecided-called', listed(all)), all, null);
}

function excludedBare({ line, says, justified }: Judged): Found {
  if (!line || says !== 'excluded' || justified) return null;
  const action = edit('Give the reason', line, 'justification');
  return found(say('soa-excluded-bare', { line: rec(line) }), [line], action);
}

function unapproved({ line, decided }: Judged): Found {
  if (!line || decided !== 'unapproved') return null;
  return found(say('soa-unapproved', { line: rec(line) }), [line], approve(label`Approve ${line}`, line));
}

function stale({ line, stale: changed }: Judged): Found {
  if (!line || changed.length === 0) return null;
  const sentence = say('soa-stale', { line: rec(line), records: listed(changed).records });
  return found(sentence, [line], open('Look at it again', line));
}

function missing({ control, places }: Judged): Found {
  const placing = places?.placing;
  if (!control || !placing || placing.missing === 0) return null;
  const [n, of] = [placing.missing, placing.of].map((number) => number.toLocaleString('en'));
  const sentence =
    placing.at === 'organisation' || n === undefined || of === undefined
      ? say('soa-missing')
      : say('soa-missing-systems', { n, of, have: n === '1' ? 'has' : 'have' });
  return found(sentence, [control], create('Put it in place', 'implementation', { control: [control] }));
}

function late({ places }: Judged): Found {
  const all = places?.late ?? [];
  const [first] = all;
  return first ? found(say('soa-late', listed(all)), all, complete(first)) : null;
}

function unaccepted({ places }: Judged): Found {
  const all = places?.unaccepted ?? [];
  const [first] = all;
  const action = first && edit('Name the interim risk', first, 'interimRisk');
  return action ? found(say('soa-unaccepted', listed(all)), all, action) : null;
}

function redated({ places }: Judged): Found {
  const all = places?.redated ?? [];
  const [first] = all;
  return first ? found(say('soa-redated', listed(all)), all, open(`Open ${first.ref}`, first)) : null;
}

function failed({ tests }: Judged): Found {
  const all = tests?.failed ?? [];
  const [first] = all;
  return first ? found(say('soa-failed', listed(all)), all, open(label`Open ${first}`, first)) : null;
}

/** What a test looked at is not what is in place now: it counts as none (8.3, 9.1). */
function changed({ control, tests }: Judged): Found {
  const all = tests?.changed ?? [];
  const [first] = all;
  if (!control || !first) return null;
  const implementations = all.map(({ implementation }) => implementation);
  const outlived = [...new Set(all.map(({ test }) => test))];
  const it = all.length === 1 ? 'it' : 'them';
  const sentence = say('soa-changed', {
    records: listed(implementations).records,
    tests: listed(outlived).records,
    it,
  });
  return found(sentence, [...implementations, ...outlived], planTest(control, first.implementation));
}

function untested({ control, tests }: Judged): Found {
  const all = tests?.untested ?? [];
  const [first] = all;
  if (!control || !first) return null;
  const sentence = say('soa-untested', { records: listed(all).records });
  return found(sentence, all, planTest(control, first));
}

function retest({ control, tests, clock }: Judged): Found {
  const next = tests?.testing.next ?? null;
  if (!control || next === null || !clock.over(next)) return null;
  return found(say('soa-retest', { day: on(next) }), [control], planTest(control, null));
}

const planTest = (control: TraceRecord, of: SoaRecord | null): Action =>
  create('Plan a test', 'control-test', {
    control: [control],
    ...(of ? { implementation: [of] } : {}),
    ...(of?.system ? { system: [of.system] } : {}),
  });
