import { type Context, createdOn, type StationRules } from '../context.ts';
import { conflicts, documentDue, policyInForce, reaches } from '../documents.ts';
import { fails, gap, holds, notApplicable, unverifiable } from '../judge.ts';
import { intervalName } from '../organisation-facts.ts';
import { policyElements } from '../policy.ts';
import { rowsOf, silent, textOf } from '../read.ts';
import { on, rec, say, who, wordList } from '../say.ts';
import type { Cause, Judgement, Sentence } from '../types.ts';

export const policy: StationRules = {
  id: 'policy',
  rules: [
    { id: 'PO1', judge: inForce },
    { id: 'PO2', judge: elements },
    { id: 'PO3', judge: told },
    { id: 'PO4', judge: reviewed },
    { id: 'PO5', judge: overlaps },
    { id: 'PO6', judge: coversUnit },
  ],
  holding: (c) => {
    const found = policyInForce(c.organisation);
    return found
      ? say('po-hold', {
          policy: rec(found.record),
          day: on(c.organisation.zone.dayOf(found.content.at)),
          member: who(found.content.by),
        })
      : say('po-none');
  },
};

/** The policy is the organisation's: what it lacks falls with the organisation's line and has its button there. */
function withOrganisation(
  sentence: Sentence,
  since: string | null,
  record: string | null,
  item: string,
): Judgement {
  const causedBy: Cause = { organisation: item };
  return fails(gap(sentence, record ? [record] : [], { since, causedBy }));
}

function inForce(c: Context): Judgement {
  const found = policyInForce(c.organisation);
  if (!found) return withOrganisation(say('po1-none'), createdOn(c, c.system.record), null, '5.2');
  const { record, content } = found;
  const since = c.organisation.zone.dayOf(content.at);
  // Roles are known as they are today; the permissions of the day decided who could approve at all.
  const fromTheTop = c.organisation.members.get(content.by)?.roles.includes('top-management') === true;
  if (!fromTheTop)
    return withOrganisation(
      say('po1-not-top', { policy: rec(record), member: who(content.by) }),
      since,
      record.id,
      '5.2',
    );
  return holds([record]);
}

function elements(c: Context): Judgement {
  const found = policyInForce(c.organisation);
  if (!found) return notApplicable(say('po-none'));
  const missing = Object.keys(policyElements).filter((part) => textOf(found.content, part) !== 'yes');
  if (missing.length === 0) return holds([found.record]);
  return withOrganisation(
    say('po2-missing', {
      policy: rec(found.record),
      missing: wordList(missing.map((part) => policyElements[part] ?? part)),
    }),
    c.organisation.zone.dayOf(found.content.at),
    found.record.id,
    '5.2',
  );
}

/** Judged on what the document says of its telling; who was sent it is judged once communications are records. */
function told(c: Context): Judgement {
  const found = policyInForce(c.organisation);
  if (!found) return notApplicable(say('po-none'));
  const inside = textOf(found.record, 'communicatedInside') === 'yes';
  const outside = !['not-stated', null].includes(textOf(found.record, 'availableOutside'));
  if (inside && outside) return holds([found.record]);
  return withOrganisation(
    say(inside ? 'po3-outside' : 'po3-inside', { policy: rec(found.record) }),
    c.organisation.zone.dayOf(found.content.at),
    found.record.id,
    '5.2',
  );
}

function reviewed(c: Context): Judgement {
  const found = policyInForce(c.organisation);
  if (!found) return notApplicable(say('po-none'));
  const due = documentDue(c, found, 'policy_review');
  if (due.state === 'in-time') return holds([found.record], due.until);
  if (due.state === 'no-interval')
    return unverifiable(say('no-interval', { name: intervalName(c.organisation, 'policy_review') }), [
      found.record,
    ]);
  return withOrganisation(
    say('document-over', { document: rec(found.record), day: on(due.since) }),
    due.since,
    found.record.id,
    'A.2.4',
  );
}

function overlaps(c: Context): Judgement {
  const found = policyInForce(c.organisation);
  if (!found) return notApplicable(say('po-none'));
  const approvedOn = c.organisation.zone.dayOf(found.content.at);
  if (rowsOf(found.record, 'overlaps').length === 0)
    return withOrganisation(
      say('po5-none', { policy: rec(found.record) }),
      approvedOn,
      found.record.id,
      'A.2.3',
    );
  const { late, since, until } = conflicts(c, found);
  return late > 0
    ? withOrganisation(say('po5-late', { policy: rec(found.record) }), since, found.record.id, 'A.2.3')
    : holds([found.record], until);
}

function coversUnit(c: Context): Judgement {
  const found = policyInForce(c.organisation);
  if (!found) return notApplicable(say('po-none'));
  const reached = reaches(c.organisation, found.content, c.system.record);
  const missing =
    silent(found.content, ['namesImpactProcess']).length > 0 ||
    textOf(found.content, 'namesImpactProcess') !== 'yes';
  if (reached && !missing) return holds([found.record]);
  return withOrganisation(
    reached
      ? say('po6-process', { policy: rec(found.record) })
      : say('po6-reach', { policy: rec(found.record), system: rec(c.system.record) }),
    c.organisation.zone.dayOf(found.content.at),
    found.record.id,
    'A.2.2',
  );
}
