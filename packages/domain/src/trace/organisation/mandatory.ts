import type { MandatoryItem as DeclaredItem, SupportingItem } from '@throughline/catalogue/types.ts';
import type { Day } from '../../day.ts';
import { kindWords } from '../../kind-words.ts';
import { approvedOwn } from '../approved-own.ts';
import { isOpenCase, lateStage } from '../cases.ts';
import { competenceOf } from '../competences.ts';
import { candidates, type DocumentInForce, documentDue, documentInForce } from '../documents.ts';
import type { TraceRecord } from '../inputs.ts';
import { approve, create, edit, open } from '../judge.ts';
import { dayOf, linksOf, textOf } from '../read.ts';
import { count, label, listed, names, on, say, who } from '../say.ts';
import type { Action, Judgement, Sentence } from '../types.ts';
import type { OrganisationContext } from './context.ts';
import { sharedRecords } from './context.ts';
import { stationsOf } from './parts.ts';
import { rolesOf } from './roles.ts';
import { controlDecisions, statementGaps } from './statement.ts';

export type Check = { readonly state: 'yes' | 'no' | 'not-yet-judged'; readonly why: Sentence };

/** One item of the mandatory set, with the four answers that the gate asks for. */
export type MandatoryItem = {
  readonly id: string;
  readonly title: string;
  readonly clause: string;
  readonly nature: 'document' | 'record';
  /** The document that carries it; `null` for what is computed, and where there is none. */
  readonly record: string | null;
  /** The version in force, who owns the document, since when it is approved, and by when it is looked at again. */
  readonly version: number | null;
  readonly owner: string | null;
  readonly approvedOn: Day | null;
  /** Documents only: who approved it, for whom, and whether it was its author under a waiver. */
  readonly approval: {
    readonly by: string;
    readonly onBehalfOf: string | null;
    readonly waived: boolean;
  } | null;
  readonly due: Day | null;
  readonly exists: Check;
  readonly approved: Check;
  readonly current: Check;
  /** Records only: whether the condition is true today for all it names. */
  readonly holds: Check | null;
  readonly ownerCanSpeak: Check;
  readonly passes: boolean;
  readonly action: Action | null;
};

const yes = (why: Sentence): Check => ({ state: 'yes', why });
const no = (why: Sentence): Check => ({ state: 'no', why });
const unjudged = (why: Sentence): Check => ({ state: 'not-yet-judged', why });

/**
 * The mandatory items or the supporting ones. Documents are read from their version in force; records hold only
 * when computed from work that was done, because a record made from a template is itself a finding.
 */
export function mandatoryItems(o: OrganisationContext, which: 'mandatory' | 'supporting'): MandatoryItem[] {
  const { documents } = o.organisation.catalogue;
  return which === 'mandatory'
    ? documents.mandatory.map((item) => itemOf(o, item, item.clause))
    : documents.supporting.map((item) => itemOf(o, item, item.category));
}

function itemOf(
  o: OrganisationContext,
  declared: Pick<DeclaredItem | SupportingItem, 'id' | 'title' | 'nature'>,
  clause: string,
): MandatoryItem {
  const { id, title, nature } = declared;
  const checks = nature === 'record' ? recordChecks(o, id) : documentChecks(o, id);
  const ownerCanSpeak = judgement(o, id, checks.version, checks.owner);
  const all = [checks.exists, checks.approved, checks.current, ownerCanSpeak];
  return {
    id,
    title,
    clause,
    nature,
    record: checks.record,
    version: checks.version,
    // What is computed has no owner of its own: whoever says to be ready to explain it answers for it.
    owner: checks.owner ?? (ownerCanSpeak.state === 'yes' ? speakerOf(o, id) : null),
    approvedOn: checks.approvedOn,
    approval: checks.approval,
    due: checks.due,
    exists: checks.exists,
    approved: checks.approved,
    current: checks.current,
    holds: checks.holds,
    ownerCanSpeak,
    passes: all.every((check) => check.state === 'yes'),
    action: checks.action,
  };
}

type Checks = Omit<MandatoryItem, 'id' | 'title' | 'clause' | 'nature' | 'ownerCanSpeak' | 'passes'>;

function documentChecks(o: OrganisationContext, id: string): Checks {
  const found = documentInForce(o.organisation, id, typeOf[id]);
  if (id === 'MD-06' && !found) return statementChecks(o);
  if (!found) return absent(o, id);
  const { record, content } = found;
  const author = textOf(record, 'author');
  const given = approvedOwn(o.organisation, content, author);
  const own = given === 'own';
  const open = id === 'MD-06' ? openDecisions(o) : null;
  const current = open?.check ?? currentCheck(o, found);
  const due = documentDue(o, found, 'policy_review');
  return {
    record: record.id,
    version: content.version,
    owner: record.owner,
    approvedOn: o.organisation.zone.dayOf(content.at),
    approval: { by: content.by, onBehalfOf: content.onBehalfOf, waived: given === 'waived' },
    due: due.state === 'in-time' ? due.until : due.state === 'over' ? due.since : null,
    exists: yes(say('m-exists', { document: names([record]), version: content.version })),
    approved: own
      ? no(say('m-own', { member: who(content.by) }))
      : yes(
          say(given === 'waived' ? 'm-approved-waived' : 'm-approved', {
            member: who(content.by),
            day: on(o.organisation.zone.dayOf(content.at)),
          }),
        ),
    current,
    holds: null,
    action: open
      ? open.action
      : current.state === 'no'
        ? edit('Record the review', record, 'reviewedOn')
        : own
          ? approve('Have another person approve', record)
          : null,
  };
}

/** A statement that was published is true no longer where a control has lost its decision since (6.1.3 e). */
function openDecisions(
  o: OrganisationContext,
): { readonly check: Check; readonly action: Action | null } | null {
  const { approved, action } = statementChecks(o);
  return approved.state === 'no' ? { check: approved, action } : null;
}

/** Types of documents that carry an item by what they are. */
const typeOf: Readonly<Record<string, string>> = {
  'MD-01': 'scope-statement',
  'MD-02': 'ai-policy',
  'MD-06': 'statement-of-applicability',
  'SD-11': 'incident-communication-plan',
};

function currentCheck(o: OrganisationContext, found: DocumentInForce): Check {
  const trigger = sharedRecords(o, 'task').find(
    (task) =>
      ['open', 'under-way'].includes(task.state) &&
      textOf(task, 'trigger') !== null &&
      linksOf(task, 'concerns').includes(found.record.id),
  );
  if (trigger) return no(say('m-trigger', { task: names([trigger]) }));
  const due = documentDue(o, found, 'policy_review');
  if (due.state === 'in-time') return yes(say('m-current', { day: on(due.until) }));
  return due.state === 'over'
    ? no(say('document-over', { document: names([found.record]), day: on(due.since) }))
    : no(say('m-no-review'));
}

/** Where no version of a document is in force. */
const undocumented = {
  record: null,
  version: null,
  owner: null,
  approvedOn: null,
  approval: null,
  due: null,
} as const;

function absent(o: OrganisationContext, id: string): Checks {
  const [draft] = candidates(o.organisation, id, typeOf[id]);
  const nothing = say('m-none');
  return {
    ...undocumented,
    record: draft?.id ?? null,
    owner: draft?.owner ?? null,
    exists: no(draft ? say('m-draft', { document: names([draft]) }) : nothing),
    approved: no(nothing),
    current: no(nothing),
    holds: null,
    action: draft
      ? approve(label`Approve ${draft}`, draft)
      : create('Write it', 'document', {}, { type: typeOf[id] ?? 'procedure', covers: [id] }),
  };
}

/** The Statement of Applicability is published out of its lines: it exists once every control is decided. */
function statementChecks(o: OrganisationContext): Checks {
  const all = controlDecisions(o);
  const undecided = all.filter((row) => row.decided === 'none').length;
  const unapproved = all.filter((row) => row.decided === 'unapproved').length;
  const exists =
    undecided === 0
      ? yes(say('m-soa', { n: all.length }))
      : no(say('m-soa-open', { n: undecided, of: all.length }));
  const approved =
    undecided + unapproved === 0
      ? yes(say('m-soa', { n: all.length }))
      : no(say('m-soa-approve', { n: undecided + unapproved }));
  return {
    ...undocumented,
    exists,
    approved,
    current: approved,
    holds: null,
    // What decides the next control is the gap that stands on the organisation's own line (6.1.3).
    action: statementGaps(o).find((item) => item.action)?.action ?? null,
  };
}

/** What computes a record: the rules over all systems that must have no gap, and the registers that must not be empty. */
type Computed = {
  readonly rules: readonly string[];
  readonly kinds: readonly string[];
  readonly waits?: readonly string[];
};
const computed: Readonly<Record<string, Computed>> = {
  'MD-08': { rules: ['OW4'], kinds: ['competence'] },
  'MD-09': { rules: ['RI1', 'RI2', 'RI3', 'RI6'], kinds: ['risk-assessment', 'risk'] },
  'MD-10': { rules: ['RI4', 'RI5', 'EV5'], kinds: ['risk', 'treatment'] },
  'MD-11': { rules: ['IM1', 'IM2', 'IM3', 'IM5'], kinds: ['impact-assessment'] },
  'MD-12': { rules: ['OP1'], kinds: ['monitor'], waits: ['measurement'] },
  'MD-13': { rules: [], kinds: ['audit'], waits: ['audit-programme'] },
  'MD-14': { rules: [], kinds: [], waits: ['management-review'] },
  'MD-15': { rules: ['CR1', 'CR2', 'CR3', 'CR4'], kinds: ['nonconformity'] },
  'SD-02': { rules: ['SU5'], kinds: ['model', 'dataset', 'resource'], waits: ['attestation'] },
  'SD-04': { rules: ['OW1', 'UC1'], kinds: ['use-case'], waits: ['reconciliation'] },
  'SD-13': { rules: ['IN2', 'IN3', 'IN4', 'IN5'], kinds: ['notice'] },
  'SD-14': { rules: ['IN1'], kinds: ['system-version'], waits: ['system-card'] },
};

function recordChecks(o: OrganisationContext, id: string): Checks {
  const rule = computed[id] ?? { rules: [], kinds: [], waits: ['a later release'] };
  const held = holdsCheck(o, id, rule);
  const empty = rule.kinds.filter((kind) => countOf(o, kind) === 0);
  const exists =
    rule.kinds.length === 0
      ? unjudged(say('m-waits', { kinds: kindWords(rule.waits ?? []) }))
      : empty.length > 0
        ? no(say('m-empty', { kinds: empty.join(', ') }))
        : yes(say('m-registers'));
  return {
    ...undocumented,
    exists,
    // A record is not approved as a whole: it holds, or it does not, out of the work itself.
    approved: held,
    current: held,
    holds: held,
    action: recordAction(o, id, rule, empty),
  };
}

/** What a computed item needs next: its first record, or the work on the first system that keeps it from holding. */
function recordAction(
  o: OrganisationContext,
  id: string,
  rule: Computed,
  empty: readonly string[],
): Action | null {
  const [missing] = empty;
  if (missing !== undefined) return create('Begin', missing);
  for (const name of rule.rules) {
    const system = o.organisation.systems.get(o.systems?.gaps.get(name)?.systems[0] ?? '');
    if (system) return open(label`Go to ${system}`, system);
  }
  const [late] = id === 'MD-15' ? lateCases(o) : [];
  if (late) return open(label`Go on with ${late}`, late);
  if (id !== 'MD-08') return null;
  const judged = roleCompetence(o);
  return judged?.verdict === 'gap' ? (judged.gaps.find((item) => item.action)?.action ?? null) : null;
}

function countOf(o: OrganisationContext, kind: string): number {
  return (o.systems?.records.get(kind) ?? 0) + sharedRecords(o, kind).length;
}

function holdsCheck(o: OrganisationContext, id: string, rule: Computed): Check {
  if (o.systems === null) return unjudged(say('q-not-computed'));
  const empty = rule.kinds.filter((kind) => countOf(o, kind) === 0);
  if (empty.length > 0) return no(say('m-empty', { kinds: empty.join(', ') }));
  const failing = rule.rules.filter((name) => (o.systems?.gaps.get(name)?.count ?? 0) > 0);
  if (failing.length > 0) {
    const systems = Math.max(...failing.map((name) => o.systems?.gaps.get(name)?.count ?? 0));
    const stations = stationsOf(o.organisation.catalogue, failing);
    return no(
      say('m-gaps', { n: systems === 1 ? '1 system has' : `${count(systems, 'system')} have`, stations }),
    );
  }
  const own = organisationPart(o, id);
  if (own) return own;
  return rule.waits ? unjudged(say('m-waits', { kinds: kindWords(rule.waits) })) : yes(say('m-holds'));
}

/** What an item asks of the organisation itself, beside its systems. */
function organisationPart(o: OrganisationContext, id: string): Check | null {
  if (id === 'MD-08') {
    const judged = roleCompetence(o);
    return judged?.verdict === 'gap' ? no(judged.gaps[0]?.sentence ?? say('m-none')) : null;
  }
  if (id === 'MD-15') {
    const late = lateCases(o);
    return late.length > 0 ? no(say('m-late', listed(late))) : null;
  }
  return null;
}

function roleCompetence(o: OrganisationContext): Judgement | null {
  const held = rolesOf(o).filter((record) => record.state === 'accepted');
  return held.length > 0 ? competenceOf(o, held) : null;
}

/** Nonconformities of the organisation itself that are past a limit. */
function lateCases(o: OrganisationContext): TraceRecord[] {
  const { zone } = o.organisation;
  return sharedRecords(o, 'nonconformity').filter((record) => {
    const detected = dayOf(record, 'detectedOn') ?? zone.dayOf(record.createdAt);
    return isOpenCase(record) && lateStage(o.organisation, o.clock, record, detected) !== null;
  });
}

const speakerOf = (o: OrganisationContext, item: string): string | null =>
  o.organisation.inputs.judgements.find((row) => row.item === item)?.by ?? null;

/** The stored answer of a person; asked again after a new version or a change of owner, and never preset. */
function judgement(
  o: OrganisationContext,
  item: string,
  version: number | null,
  owner: string | null,
): Check {
  const answer = o.organisation.inputs.judgements.find((row) => row.item === item);
  if (!answer) return unjudged(say('m-not-asked'));
  if (version !== null && answer.version !== version) return unjudged(say('m-new-version'));
  if (owner !== null && answer.by !== owner) return unjudged(say('m-new-owner', { member: who(owner) }));
  const slots = { member: who(answer.by), day: on(o.organisation.zone.dayOf(answer.at)) };
  return answer.answer === 'yes' ? yes(say('m-can', slots)) : no(say('m-cannot', slots));
}
