import { classificationsOf } from '../classes.ts';
import { type Context, createdOn, missingSince, type StationRules } from '../context.ts';
import { documentDue, scopeInForce } from '../documents.ts';
import { edit, every, fails, gap, holds, notApplicable, open, unverifiable } from '../judge.ts';
import { intervalName } from '../organisation-facts.ts';
import { listOf, says, textOf } from '../read.ts';
import { label, listed, on, rec, say } from '../say.ts';
import { exclusion, scopeDecision } from '../scope.ts';
import type { Judgement } from '../types.ts';
import { useCases } from '../use-cases.ts';

export const scope: StationRules = {
  id: 'scope',
  rules: [
    { id: 'SC1', judge: decided },
    { id: 'SC2', judge: lawStaysOn },
    { id: 'SC3', judge: rolesStated },
    { id: 'SC4', judge: scopeReviewed },
    { id: 'SC5', judge: marketsNamed },
  ],
  holding: (c) => {
    const found = scopeInForce(c.organisation);
    if (!found) return say('sc-hold-none');
    return exclusion(c)
      ? say('sc-hold-out', { scope: rec(found.record) })
      : say('sc-hold-in', { scope: rec(found.record) });
  },
};

function decided(c: Context): Judgement {
  const system = c.system.record;
  const decision = scopeDecision(c);
  const since = createdOn(c, system);
  if (decision.decided === 'no-scope')
    return fails(
      gap(say('sc1-no-scope', { system: rec(system) }), [system], {
        since,
        causedBy: { organisation: '4.3' },
      }),
    );
  const { scope: document } = decision;
  const both = { system: rec(system), scope: rec(document) };
  const answered = textOf(system, 'inScope');
  if (decision.decided === 'out-without-reason')
    return fails(
      gap(say('sc1-no-reason', both), [system, document], {
        since,
        action: edit('Give the reason', system, 'scopeReason'),
      }),
    );
  if (decision.decided === 'open')
    return fails(
      gap(say('sc1-open', both), [system, document], {
        since,
        action: edit(label`Decide in ${document}`, document, 'coversSystems'),
      }),
    );
  // Register and scope version must say the same: one of the two is wrong.
  if ((decision.decided === 'in' && answered === 'no') || (decision.decided === 'out' && answered === 'yes'))
    return fails(
      gap(say(answered === 'no' ? 'sc1-says-out' : 'sc1-says-in', both), [system, document], {
        since,
        action: edit('Correct the answer', system, 'inScope'),
      }),
    );
  return holds([system, document]);
}

/**
 * Judged on classification, and on concerns that whoever reads is a party of: one that was put away before it was closed
 * did not stay on. Incidents stay on by rule AS4.
 */
function lawStaysOn(c: Context): Judgement {
  const system = c.system.record;
  if (!exclusion(c)) return notApplicable(say('sc2-in-scope', { system: rec(system) }));
  const { own, shared } = c.system.inputs;
  const away = [...own, ...shared].filter(
    ({ kind, archived, state }) => kind === 'concern' && archived && state !== 'closed',
  );
  if (away.length > 0)
    return fails(
      gap(say('sc2-put-away', listed(away)), away, {
        action: open(label`Bring ${away[0] ?? system} back`, away[0] ?? system),
      }),
    );
  if (!listOf(system, 'legalOverlay').includes('eu-ai-act')) {
    return says(system, 'legalOverlay')
      ? notApplicable(say('cl-no-classes', { system: rec(system) }))
      : unverifiable(say('overlay-open', { system: rec(system) }), [system]);
  }
  const cases = useCases(c);
  if (cases.length === 0) return notApplicable(say('uc-none'));
  return every(cases, (record) => classificationsOf(c, record, 'eu-ai-act').length === 0, {
    say: (unclassified) => say('sc2-unclassified', listed(unclassified)),
    since: (record) => missingSince(c, record),
    causedBy: { station: 'classification' },
  });
}

function rolesStated(c: Context): Judgement {
  const cases = useCases(c);
  if (cases.length === 0) return notApplicable(say('uc-none'));
  // Roles in law are asked for where a law with roles is named for the system.
  const inLaw = listOf(c.system.record, 'legalOverlay').includes('eu-ai-act');
  const lacks = (part: 'organisationRoles' | 'lawRoles') => (record: (typeof cases)[number]) =>
    !says(record, part) && (part === 'organisationRoles' || inLaw);
  return every(cases, (record) => lacks('organisationRoles')(record) || lacks('lawRoles')(record), {
    say: (open) => say('sc3-none', listed(open)),
    since: (record) => missingSince(c, record),
    action: (record) =>
      edit(
        label`State the roles of ${record}`,
        record,
        lacks('organisationRoles')(record) ? 'organisationRoles' : 'lawRoles',
      ),
  });
}

function scopeReviewed(c: Context): Judgement {
  const found = scopeInForce(c.organisation);
  if (!found) return notApplicable(say('sc-hold-none'));
  const due = documentDue(c, found, 'policy_review');
  if (due.state === 'over')
    return fails(
      gap(say('document-over', { document: rec(found.record), day: on(due.since) }), [found.record], {
        since: due.since,
        causedBy: { organisation: '4.3' },
      }),
    );
  if (due.state === 'no-interval')
    return unverifiable(say('no-interval', { name: intervalName(c.organisation, 'policy_review') }), [
      found.record,
    ]);
  return holds([found.record], due.until);
}

function marketsNamed(c: Context): Judgement {
  const system = c.system.record;
  const found = scopeInForce(c.organisation);
  const markets = says(system, 'markets') || (found !== null && says(found.content, 'markets'));
  if (markets && says(system, 'legalOverlay')) return holds([system]);
  return fails(
    gap(say(markets ? 'sc5-no-law' : 'sc5-no-market', { system: rec(system) }), [system], {
      since: createdOn(c, system),
      action: edit(
        markets ? 'Name the laws' : 'Name the markets',
        system,
        markets ? 'legalOverlay' : 'markets',
      ),
    }),
  );
}
