import { lawBinds } from '../../kinds/law.ts';
import type { TraceRecord } from '../inputs.ts';
import { create, edit, every, fails, gap, gapsOr, holds, lack, unverifiable } from '../judge.ts';
import { cellText, linksOf, rowsOf, says, silent, textOf } from '../read.ts';
import { label, listed, say } from '../say.ts';
import type { Judgement } from '../types.ts';
import type { OrganisationContext, Question } from './context.ts';
import { sharedRecords } from './context.ts';
import { requireDocument, systemsGap, withSystems } from './parts.ts';
import { policyOverlaps, policyReviewed, policyWritten } from './policy.ts';
import { dutiesHeld, isActive } from './roles.ts';

/** Questions to the organisation by control. A control that is not here waits for kinds of a later release. */
export const controlQuestions: readonly Question[] = [
  { id: 'A.2.2', judge: policyWritten },
  { id: 'A.2.3', judge: policyOverlaps },
  { id: 'A.2.4', judge: policyReviewed },
  { id: 'A.3.2', judge: dutiesHeld },
  { id: 'A.4.6', judge: peopleAndSkills },
  { id: 'A.5.2', judge: impactProcess },
  { id: 'A.6.1.3', judge: buildProcess, waits: ['process'] },
  { id: 'A.7.2', judge: dataProcess },
  { id: 'A.7.5', judge: provenance },
  { id: 'A.7.6', judge: preparation },
  { id: 'A.8.4', judge: incidentPlan, waits: ['communication'] },
  { id: 'A.8.5', judge: dutiesToInform, waits: ['authority-report'] },
  { id: 'A.9.2', judge: useApproved, waits: ['intake'] },
  { id: 'A.10.2', judge: (o) => overSystems(o, ['SU2'], 'responsibility') },
  { id: 'A.10.3', judge: (o) => overSystems(o, ['SU1', 'SU6'], 'supplier') },
];

function peopleAndSkills(o: OrganisationContext): Judgement {
  const people = sharedRecords(o, 'resource').filter((record) => textOf(record, 'type') === 'people');
  if (people.length === 0)
    return fails(
      gap(say('qa46-none'), [], { action: create('State a need', 'resource', {}, { type: 'people' }) }),
    );
  return every(people, (record) => textOf(record, 'covered') !== 'yes' && !says(record, 'decision'), {
    say: (open) => say('q71-open', listed(open)),
    since: (record) => o.organisation.zone.dayOf(record.createdAt),
    action: (record) => edit(label`Decide on ${record}`, record, 'decision'),
  });
}

/** Which version each assessment followed is on the assessments of the systems; judged here is that there is a process. */
function impactProcess(o: OrganisationContext): Judgement {
  const found = requireDocument(o, { item: 'MD-05', type: 'method', title: 'impact assessment process' });
  if ('missing' in found) return fails(found.missing);
  return withSystems(o, () =>
    (o.systems?.records.get('impact-assessment') ?? 0) === 0
      ? unverifiable(say('q84-none'), [found.document.record])
      : gapsOr([systemsGap(o, 'IM1')], holds([found.document.record])),
  );
}

function buildProcess(o: OrganisationContext): Judgement {
  const found = requireDocument(o, { item: 'SD-07', type: 'procedure', title: 'development procedure' });
  return 'missing' in found ? fails(found.missing) : holds([found.document.record]);
}

const inUse = (o: OrganisationContext): TraceRecord[] =>
  sharedRecords(o, 'dataset').filter((record) => record.state === 'in-use');

function dataProcess(o: OrganisationContext): Judgement {
  const found = requireDocument(o, { item: 'SD-05', type: 'policy', title: 'data management policy' });
  if ('missing' in found) return fails(found.missing);
  const active = (record: TraceRecord) => isActive(o, record.owner);
  return gapsOr(
    [
      lack(inUse(o), (record) => !active(record) || linksOf(record, 'procedure').length === 0, {
        say: (open) => say('qa72-open', listed(open)),
        since: (record) => o.organisation.zone.dayOf(record.createdAt),
        action: (record) => edit(label`Complete ${record}`, record, active(record) ? 'procedure' : 'owner'),
      }),
    ],
    holds([found.document.record, ...inUse(o)]),
  );
}

function provenance(o: OrganisationContext): Judgement {
  const found = requireDocument(o, { item: 'SD-06', type: 'procedure', title: 'data provenance procedure' });
  if ('missing' in found) return fails(found.missing);
  return gapsOr(
    [
      lack(inUse(o), (record) => textOf(record, 'provenanceComplete') !== 'yes', {
        say: (open) => say('qa75-open', listed(open)),
        since: (record) => o.organisation.zone.dayOf(record.createdAt),
        action: (record) => edit(label`Complete ${record}`, record, 'provenance'),
      }),
    ],
    holds([found.document.record, ...inUse(o)]),
  );
}

function preparation(o: OrganisationContext): Judgement {
  const found = requireDocument(o, { item: 'SD-06', type: 'procedure', title: 'data preparation criteria' });
  if ('missing' in found) return fails(found.missing);
  const bare = (record: TraceRecord) =>
    rowsOf(record, 'preparation').some(
      (row) => cellText(row, 'method') === null || cellText(row, 'reason') === null,
    );
  return gapsOr(
    [
      lack(inUse(o), bare, {
        say: (open) => say('qa76-open', listed(open)),
        since: (record) => o.organisation.zone.dayOf(record.createdAt),
        action: (record) => edit(label`Complete ${record}`, record, 'preparation'),
      }),
    ],
    holds([found.document.record, ...inUse(o)]),
  );
}

function incidentPlan(o: OrganisationContext): Judgement {
  const found = requireDocument(o, {
    item: 'SD-11',
    type: 'incident-communication-plan',
    docType: 'incident-communication-plan',
    title: 'plan for telling users about incidents',
  });
  return 'missing' in found ? fails(found.missing) : holds([found.document.record]);
}

/** Party, content, trigger and limit of each duty to inform; what was met in time comes with reports to authorities. */
function dutiesToInform(o: OrganisationContext): Judgement {
  const all = sharedRecords(o, 'obligation').filter(
    (record) =>
      ['inform', 'report'].includes(textOf(record, 'duty') ?? '') &&
      (record.state === 'taken-on' || lawBinds(record, record.state)),
  );
  if (all.length === 0)
    return fails(
      gap(say('qa85-none'), [], { action: create('Register a duty', 'obligation', {}, { duty: 'inform' }) }),
    );
  const parts = ['owedTo', 'content', 'trigger', 'timeLimit'];
  return every(all, (record) => silent(record, parts).length > 0, {
    say: (open) => say('qa85-open', listed(open)),
    since: (record) => o.organisation.zone.dayOf(record.createdAt),
    action: (record) => edit(label`Complete ${record}`, record, silent(record, parts)[0] ?? 'owedTo'),
  });
}

function useApproved(o: OrganisationContext): Judgement {
  const found = requireDocument(o, { item: 'SD-16', type: 'procedure', title: 'acceptable use procedure' });
  return gapsOr(
    ['missing' in found ? found.missing : null, systemsGap(o, 'UC2')],
    o.systems === null
      ? unverifiable(say('q-not-computed'))
      : holds('document' in found ? [found.document.record] : []),
  );
}

/** What every system has to show, counted over their lines; without a single record there is nothing to count. */
function overSystems(o: OrganisationContext, rules: readonly string[], kind: string): Judgement {
  return withSystems(o, () => {
    const gaps = rules.map((rule) => systemsGap(o, rule));
    const records = (o.systems?.records.get(kind) ?? 0) + sharedRecords(o, kind).length;
    return gapsOr(gaps, records === 0 ? unverifiable(say('q-empty')) : holds([]));
  });
}
