import { addDays, firstDay, lastDay } from './day.ts';
import type { Duty } from './duties.ts';
import { isObject } from './json.ts';
import type { Content, Kind } from './kinds/kind.ts';

/**
 * Who must have had no part in what is judged (9.2.2, 8.1, 9.1): auditors in what they audit, whoever walks as
 * independent in the system walked, testers in what they test, and whoever verifies a version in building it. What counts as a part is read from versions and
 * approvals, never from what somebody says of themselves.
 */
export type Look = {
  readonly duty: Extract<Duty, 'auditor' | 'tester'> | 'verifier' | 'decider';
  /** Members who judge, with the field that names each. */
  readonly judges: readonly { readonly member: string; readonly at: string }[];
  /** Days, YYYY-MM-DD, both included. */
  readonly period: { readonly from: string; readonly to: string };
  readonly over:
    | {
        readonly records: readonly string[];
        /** Controls whose implementations are judged with them, in this system where one is named. */
        readonly implementationsOf: readonly string[];
        readonly system: string | null;
        /** Records of these kinds in that system are judged with them. */
        readonly kindsThere?: readonly string[];
      }
    | { readonly systems: readonly string[] }
    /** The organisation as a whole: records of these kinds, whatever system they belong to. */
    | { readonly kinds: readonly string[] };
  /** What counts as a part; everything where nothing is named. */
  readonly by?: readonly ('wrote' | 'moved' | 'approved' | 'owned')[];
};

/** What is judged, without whoever judges it. */
export type Area = Pick<Look, 'period' | 'over' | 'by'>;

/** Kept by whoever audits and tests: having written them is no part in what is audited. */
export const officeKinds: readonly string[] = ['audit', 'walk', 'control-test', 'finding', 'task'];
/** Written and moved on by auditors too; owning one is a part in the work all the same. */
export const ownedKinds: readonly string[] = ['nonconformity', 'corrective-action', 'evidence'];

const judged: Readonly<Record<string, readonly string[]>> = {
  audit: ['under-way', 'reported'],
  walk: ['concluded'],
  'control-test': ['concluded'],
  verification: ['concluded'],
  gate: ['passed'],
};

/**
 * What is to be looked at before a record stands in a state; nothing where nobody judges. `today` ends a period that
 * says no end, and twelve months begin one that says no beginning.
 */
export function looksOf(
  record: { readonly kind: string; readonly system: string | null; readonly content: Content },
  state: string,
  today: string,
  kinds: readonly Pick<Kind, 'name' | 'serves'>[],
): Look[] {
  if (!judged[record.kind]?.includes(state)) return [];
  switch (record.kind) {
    case 'audit':
      return auditLooks(record.content, today, kinds);
    case 'walk':
      return walkLooks(record.content, record.system, today);
    case 'verification':
      return verificationLooks(record.content, record.system, today);
    case 'gate':
      return gateLooks(record.content, record.system, today);
    default:
      return testLooks(record.content, record.system, today);
  }
}

const text = (content: Content, field: string): string | null => {
  const value = content.fields[field];
  return typeof value === 'string' ? value : null;
};

function periodOf(content: Content, today: string): Look['period'] {
  const end = text(content, 'periodTo');
  const to = end === null ? today : lastDay(end);
  const begin = text(content, 'periodFrom');
  return { from: begin === null ? addDays(to, -365) : firstDay(begin), to };
}

function auditLooks(
  content: Content,
  today: string,
  kinds: readonly Pick<Kind, 'name' | 'serves'>[],
): Look[] {
  const judges = auditorsOf(content);
  return judges.length === 0 ? [] : [{ duty: 'auditor', judges, ...areaOf(content, today, kinds) }];
}

/** What a record of auditors, walkers, testers or verifiers looks at, whoever they are; nothing where it names nothing. */
export function judgedArea(
  record: { readonly kind: string; readonly system: string | null; readonly content: Content },
  today: string,
  kinds: readonly Pick<Kind, 'name' | 'serves'>[],
): Area | undefined {
  switch (record.kind) {
    case 'audit':
      return areaOf(record.content, today, kinds);
    case 'walk':
      return walkArea(record.content, record.system, today);
    case 'verification':
      return verificationArea(record.content, record.system, today);
    case 'gate':
      return gateArea(record.content, record.system, today);
    default:
      return testArea(record.content, record.system, today);
  }
}

/** What an audit looks at, and in which period: the systems it names, else the work that its criteria ask for. */
export function areaOf(
  content: Content,
  today: string,
  kinds: readonly Pick<Kind, 'name' | 'serves'>[],
): Area {
  const systems = content.links.systems ?? [];
  const period = periodOf(content, today);
  if (systems.length > 0) return { period, over: { systems } };
  const criteria = content.fields.criteria;
  const asked = Array.isArray(criteria) ? criteria : [];
  const over = kinds
    .filter(({ name }) => !officeKinds.includes(name))
    .filter(({ serves }) => asked.length === 0 || serves.some((clause) => asked.includes(clause)))
    .map(({ name }) => name);
  return { period, over: { kinds: over } };
}

/** The lead and the team; whoever was found to have a conflict is named in the team and does not audit. */
function auditorsOf(content: Content): Look['judges'] {
  const lead = text(content, 'lead');
  const rows = content.fields.independenceRows;
  const team = (Array.isArray(rows) ? rows : []).flatMap((row, at) =>
    isObject(row) && typeof row.auditor === 'string' && row.state !== 'conflict'
      ? [{ member: row.auditor, at: `fields.independenceRows.${at}.auditor` }]
      : [],
  );
  return [...(lead === null ? [] : [{ member: lead, at: 'fields.lead' }]), ...team];
}

function walkLooks(content: Content, system: string | null, today: string): Look[] {
  const walker = text(content, 'walker');
  const area = walkArea(content, system, today);
  if (walker === null || !area || text(content, 'independence') !== 'independent') return [];
  return [{ duty: 'auditor', judges: [{ member: walker, at: 'fields.walker' }], ...area }];
}

const walkArea = (content: Content, system: string | null, today: string): Area | undefined =>
  system === null ? undefined : { period: periodOf(content, today), over: { systems: [system] } };

function testLooks(content: Content, system: string | null, today: string): Look[] {
  const tester = text(content, 'tester');
  const area = testArea(content, system, today);
  return tester === null || !area
    ? []
    : [{ duty: 'tester', judges: [{ member: tester, at: 'fields.tester' }], ...area }];
}

/**
 * A test that names no implementation judges all of its control, in the system that it belongs to. Every deed until the
 * test is recorded counts: neither a period nor a day that somebody typed leaves anybody's part out.
 */
function testArea(content: Content, system: string | null, today: string): Area | undefined {
  const { control = [], implementation = [] } = content.links;
  const records = [...control, ...implementation];
  if (records.length === 0) return undefined;
  return {
    period: { from: always, to: today },
    over: { records, implementationsOf: implementation.length === 0 ? control : [], system },
  };
}

function verificationLooks(content: Content, system: string | null, today: string): Look[] {
  const judge = text(content, 'decidedBy');
  const area = verificationArea(content, system, today);
  return judge === null || !area
    ? []
    : [{ duty: 'verifier', judges: [{ member: judge, at: 'fields.decidedBy' }], ...area }];
}

/** Whoever built a version, or answers for it, gives no verdict on it (A.6.2.4). To approve a design is no building. */
function verificationArea(content: Content, system: string | null, today: string): Area | undefined {
  const { version = [] } = content.links;
  if (version.length === 0) return undefined;
  return {
    period: { from: always, to: today },
    over: { records: version, implementationsOf: [], system, kindsThere: ['design-record'] },
    by: ['wrote', 'owned'],
  };
}

function gateLooks(content: Content, system: string | null, today: string): Look[] {
  const judge = text(content, 'decidedBy');
  const area = gateArea(content, system, today);
  return judge === null || !area
    ? []
    : [{ duty: 'decider', judges: [{ member: judge, at: 'fields.decidedBy' }], ...area }];
}

/** A review of the design, and the verdict on what was built by it, are no decisions of whoever designed or built it (A.6.2.3). */
function gateArea(content: Content, system: string | null, today: string): Area | undefined {
  const type = text(content, 'type');
  if (type !== 'design-review' && type !== 'evaluation-verdict') return undefined;
  const { version = [] } = content.links;
  return {
    period: { from: always, to: today },
    over: {
      records: type === 'design-review' ? [] : version,
      implementationsOf: [],
      system,
      kindsThere: ['design-record'],
    },
    by: ['wrote', 'owned'],
  };
}

const always = '0001-01-01';
