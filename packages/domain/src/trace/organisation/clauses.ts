import { isOpenCase, lateStage, nextLimit } from '../cases.ts';
import { competenceOf } from '../competences.ts';
import { countsOf } from '../counting.ts';
import { reaches } from '../documents.ts';
import type { TraceRecord } from '../inputs.ts';
import {
  create,
  earliest,
  edit,
  every,
  fails,
  gap,
  gapsOr,
  holds,
  lack,
  open,
  unverifiable,
} from '../judge.ts';
import { criteriaInForce } from '../rating.ts';
import { dayOf, linksOf, says, textOf } from '../read.ts';
import { label, listed, names, say, wordList } from '../say.ts';
import type { Gap, Judgement } from '../types.ts';
import { auditRules } from './audits.ts';
import type { OrganisationContext, Question } from './context.ts';
import { sharedRecords } from './context.ts';
import { documentRules } from './documents.ts';
import { requireDocument, reviewOf, systemsGap, withSystems } from './parts.ts';
import { judgePolicy } from './policy.ts';
import { obligationsDecided } from './requirements.ts';
import { rolesHeld, rolesOf } from './roles.ts';
import { judgeStatement, organisationControls } from './statement.ts';

/** Questions to the organisation by clause. A clause that is not here waits for kinds of a later release. */
export const clauseQuestions: readonly Question[] = [
  { id: '4.1', judge: systemsStatePurpose, waits: ['context-issue', 'decision'] },
  { id: '4.2', judge: obligationsDecided, waits: ['interested-party'] },
  { id: '4.3', judge: scope },
  { id: '5.2', judge: judgePolicy },
  { id: '5.3', judge: rolesHeld },
  { id: '6.1.1', judge: ownRisks, waits: ['opportunity'] },
  { id: '6.1.2', judge: riskMethod },
  { id: '6.1.3', judge: judgeStatement },
  { id: '6.1.4', judge: impactMethod },
  { id: '7.1', judge: means },
  { id: '7.2', judge: competences },
  ...documentRules,
  { id: '8.1', judge: operated, waits: ['process', 'change-request'] },
  { id: '8.2', judge: assessedRisks, waits: ['change-request'] },
  { id: '8.3', judge: treated },
  { id: '8.4', judge: assessed },
  ...auditRules,
  { id: '10.2', judge: corrected },
];

function systemsStatePurpose(o: OrganisationContext): Judgement {
  const systems = o.organisation.inputs.systems.filter((system) => system.state !== 'retirement');
  return every(systems, (system) => !system.fields.purpose || !system.fields.organisationRoles, {
    say: (open) => say('q41-open', listed(open)),
    action: (system) =>
      edit(label`Complete ${system}`, system, system.fields.purpose ? 'organisationRoles' : 'purpose'),
  });
}

function scope(o: OrganisationContext): Judgement {
  const wanted = {
    item: 'MD-01',
    type: 'scope-statement',
    docType: 'scope-statement',
    title: 'scope statement',
  };
  const found = requireDocument(o, wanted);
  if ('missing' in found) return fails(found.missing);
  const { document } = found;
  const excluded = new Set(linksOf(document.content, 'excludesSystems'));
  const undecided = o.organisation.inputs.systems.filter(
    (system) => !excluded.has(system.id) && !reaches(o.organisation, document.content, system),
  );
  const unreasoned = o.organisation.inputs.systems.filter(
    (system) =>
      excluded.has(system.id) &&
      !system.fields.scopeReason &&
      textOf(document.content, 'exclusions') === null,
  );
  const review = reviewOf(o, document, 'policy_review');
  const since = o.organisation.zone.dayOf(document.content.at);
  return gapsOr(
    [
      lack(undecided, () => true, {
        say: (open) => say('q43-undecided', { ...listed(open), document: names([document.record]) }),
        since: () => since,
        action: () => edit(label`Decide in ${document.record}`, document.record, 'coversSystems'),
      }),
      lack(unreasoned, () => true, {
        say: (open) => say('q43-unreasoned', listed(open)),
        since: () => since,
        action: () => edit('Give the reason', document.record, 'exclusions'),
      }),
      'gap' in review ? review.gap : null,
    ],
    holds([document.record], 'until' in review ? review.until : null),
  );
}

/** Judged on the risks and plans of the organisation itself; opportunities come with their kind. */
function ownRisks(o: OrganisationContext): Judgement {
  const risks = sharedRecords(o, 'risk').filter((record) => record.state !== 'closed');
  const planned = new Set(
    sharedRecords(o, 'treatment')
      .filter((record) => record.state !== 'given-up')
      .flatMap((record) => linksOf(countsOf(record), 'risks')),
  );
  if (risks.length === 0) return fails(gap(say('q611-none'), [], { action: create('Add a risk', 'risk') }));
  return every(risks, (record) => record.state !== 'borne' && !planned.has(record.id), {
    say: (open) => say('q611-open', listed(open)),
    since: (record) => o.organisation.zone.dayOf(record.createdAt),
    action: (record) => create(label`Plan treatment of ${record}`, 'treatment', { risks: [record] }),
  });
}

function riskMethod(o: OrganisationContext): Judgement {
  const found = requireDocument(o, { item: 'MD-03', type: 'method', title: 'risk assessment process' });
  if ('missing' in found) return fails(found.missing);
  const { record } = found.document;
  const criteria = criteriaInForce(o);
  if (criteria === null) return fails(noCriteria(o));
  if (says(record, 'trial') && says(record, 'trialOn')) return holds([record, criteria.record]);
  return fails(
    gap(say('q612-trial', { ...listed([record]) }), [record], {
      since: o.organisation.zone.dayOf(found.document.content.at),
      action: edit('Record the trial by two people', record, 'trial'),
    }),
  );
}

const asked: Readonly<Record<string, string>> = {
  asksIndividuals: 'individuals and groups',
  asksSociety: 'society',
  asksMisuse: 'misuse',
  asksJurisdictions: 'jurisdictions',
  saysWhenDue: 'when it is due',
};

function impactMethod(o: OrganisationContext): Judgement {
  const found = requireDocument(o, { item: 'MD-05', type: 'method', title: 'impact assessment process' });
  if ('missing' in found) return fails(found.missing);
  const { record, content } = found.document;
  // What the method asks is marked on the document and changes without a new approval of its text.
  const missing = Object.keys(asked).filter(
    (part) => textOf(content, part) !== 'yes' && textOf(record, part) !== 'yes',
  );
  const thin =
    missing.length > 0
      ? gap(
          say('q614-thin', {
            ...listed([record]),
            missing: wordList(missing.map((part) => asked[part] ?? part)),
          }),
          [record],
          {
            since: o.organisation.zone.dayOf(content.at),
            action: edit(label`Complete ${record}`, record, missing[0] ?? 'asksIndividuals'),
          },
        )
      : null;
  return gapsOr([thin, systemsGap(o, 'RI2')], holds([record]));
}

function means(o: OrganisationContext): Judgement {
  const stated = sharedRecords(o, 'resource').filter(
    (record) => says(record, 'needed') && inPeriod(o, record),
  );
  if (stated.length === 0)
    return fails(gap(say('q71-none'), [], { action: create('State a need', 'resource') }));
  return every(
    stated,
    (record) => textOf(record, 'covered') !== 'yes' && !says(record, 'decision'),
    {
      say: (open) => say('q71-open', listed(open)),
      since: (record) => dayOf(record, 'periodFrom'),
      action: (record) => edit(label`Decide on ${record}`, record, 'decision'),
    },
    earliest(stated.map((record) => dayOf(record, 'periodTo'))),
  );
}

const inPeriod = (o: OrganisationContext, record: Parameters<typeof dayOf>[0]): boolean =>
  o.clock.within(dayOf(record, 'periodFrom'), dayOf(record, 'periodTo'));

function competences(o: OrganisationContext): Judgement {
  const held = rolesOf(o).filter((record) => record.state === 'accepted');
  const own: readonly Gap[] = gapsIn(
    held.length === 0
      ? fails(gap(say('q72-nobody'), [], { action: create('Assign a role', 'role-assignment') }))
      : competenceOf(o, held),
  );
  const until = held.length === 0 ? null : untilIn(competenceOf(o, held));
  return gapsOr([...own, systemsGap(o, 'OW4')], holds(held, until));
}

const gapsIn = (judgement: Judgement): readonly Gap[] => (judgement.verdict === 'gap' ? judgement.gaps : []);
const untilIn = (judgement: Judgement): string | null =>
  judgement.verdict === 'holds' ? judgement.until : null;

/** Judged on controls, proof and tests; processes and changes come with their kinds. */
function operated(o: OrganisationContext): Judgement {
  return withSystems(o, () =>
    gapsOr(
      [organisationControls(o), systemsGap(o, 'CO3'), systemsGap(o, 'EV1'), systemsGap(o, 'EV4')],
      holds([]),
    ),
  );
}

/** Without scales and a matrix in force nobody can rate comparably (6.1.2); the button is the step that is next. */
function noCriteria(o: OrganisationContext): Gap {
  const [draft] = sharedRecords(o, 'risk-criteria').filter((record) => record.state !== 'withdrawn');
  return gap(say('q612-criteria'), draft ? [draft] : [], {
    since: draft ? o.organisation.zone.dayOf(draft.createdAt) : null,
    action: draft ? open(label`Open ${draft}`, draft) : create('Write the criteria', 'risk-criteria'),
  });
}

function assessedRisks(o: OrganisationContext): Judgement {
  return withSystems(o, () => {
    const gaps = [systemsGap(o, 'RI1'), systemsGap(o, 'RI3')];
    if (gaps.every((item) => item === null) && (o.systems?.records.get('risk-assessment') ?? 0) === 0)
      return unverifiable(say('q82-none'));
    return gapsOr(gaps, holds([]));
  });
}

function treated(o: OrganisationContext): Judgement {
  return withSystems(o, () => {
    if ((o.systems?.records.get('treatment') ?? 0) + sharedRecords(o, 'treatment').length === 0)
      return unverifiable(say('q83-none'));
    return gapsOr([systemsGap(o, 'RI4'), systemsGap(o, 'RI5'), systemsGap(o, 'EV5')], holds([]));
  });
}

function assessed(o: OrganisationContext): Judgement {
  return withSystems(o, () => {
    const gaps = [systemsGap(o, 'IM1'), systemsGap(o, 'IM3')];
    if (gaps.every((item) => item === null) && (o.systems?.records.get('impact-assessment') ?? 0) === 0)
      return unverifiable(say('q84-none'));
    return gapsOr(gaps, holds([]));
  });
}

function corrected(o: OrganisationContext): Judgement {
  const cases = sharedRecords(o, 'nonconformity').filter((record) => record.state !== 'rejected');
  const open = cases.filter(isOpenCase);
  const detected = (record: (typeof cases)[number]) =>
    dayOf(record, 'detectedOn') ?? o.organisation.zone.dayOf(record.createdAt);
  const late = (record: (typeof cases)[number]) =>
    lateStage(o.organisation, o.clock, record, detected(record));
  const used = open.filter((record) => linksOf(record, 'controls').length > 0);
  const next = earliest(open.map((record) => nextLimit(o.organisation, record, detected(record))));
  return gapsOr(
    [
      lack(open, (record) => late(record) !== null, {
        say: (over) => say('cr1-late-many', listed(over)),
        since: (record) => late(record)?.since ?? null,
        action: (record) => ({ label: label`Go on with ${record}`, do: { type: 'open', record: record.id } }),
      }),
      lack(used, (record) => late(record) === null, {
        say: (over) => say('q102-open', listed(over)),
        since: detected,
        action: (record) => ({ label: label`Go on with ${record}`, do: { type: 'open', record: record.id } }),
      }),
      ...['CR1', 'CR2', 'CR3', 'CR4'].map((rule) => systemsGap(o, rule)),
    ],
    corrections(o, cases, next),
  );
}

/** An empty register proves nothing: nobody can tell "nothing went wrong" from "nothing was written down". */
function corrections(o: OrganisationContext, cases: readonly TraceRecord[], next: string | null): Judgement {
  if (o.systems === null) return unverifiable(say('q-not-computed'));
  const all = cases.length + (o.systems.records.get('nonconformity') ?? 0);
  return all === 0 ? unverifiable(say('q-empty')) : holds(cases, next);
}
