import { conflicts, type DocumentInForce } from '../documents.ts';
import { edit, fails, gap, gapsOr, holds } from '../judge.ts';
import { policyElements } from '../policy.ts';
import { rowsOf, textOf } from '../read.ts';
import { label, rec, say, who, wordList } from '../say.ts';
import type { Gap, Judgement } from '../types.ts';
import type { OrganisationContext } from './context.ts';
import { requireDocument, reviewOf } from './parts.ts';

const wanted = { item: 'MD-02', type: 'ai-policy', docType: 'ai-policy', title: 'AI policy' };

/** The policy as 5.2 asks for it: from the top, with its four elements, told inside, in review. */
export function judgePolicy(o: OrganisationContext): Judgement {
  const found = requireDocument(o, wanted);
  if ('missing' in found) return fails(found.missing);
  const review = reviewOf(o, found.document, 'policy_review');
  return gapsOr(
    [...policyGaps(o, found.document), 'gap' in review ? review.gap : null],
    holds([found.document.record], 'until' in review ? review.until : null),
  );
}

function policyGaps(o: OrganisationContext, { record, content }: DocumentInForce): (Gap | null)[] {
  const since = o.organisation.zone.dayOf(content.at);
  const top = o.organisation.members.get(content.by)?.roles.includes('top-management') === true;
  const missing = Object.keys(policyElements).filter((part) => textOf(content, part) !== 'yes');
  const words = wordList(missing.map((part) => policyElements[part] ?? part));
  const policy = rec(record);
  return [
    top
      ? null
      : gap(say('po1-not-top', { policy, member: who(content.by) }), [record], {
          since,
          action: {
            label: label`Have top management approve ${record}`,
            do: { type: 'approve', record: record.id },
          },
        }),
    missing.length === 0
      ? null
      : gap(say('po2-missing', { policy, missing: words }), [record], {
          since,
          action: edit(label`Mark them in ${record}`, record, missing[0] ?? 'fitForPurpose'),
        }),
    textOf(record, 'communicatedInside') === 'yes'
      ? null
      : gap(say('po3-inside', { policy }), [record], {
          since,
          action: edit('Record how it was made known', record, 'communicatedInside'),
        }),
    ['not-stated', null].includes(textOf(record, 'availableOutside'))
      ? gap(say('po3-outside', { policy }), [record], {
          since,
          action: edit('Decide on it', record, 'availableOutside'),
        })
      : null,
  ];
}

/** A.2.2: as 5.2, and the policy reaches the whole organisation, names impact assessment and handles exceptions. */
export function policyWritten(o: OrganisationContext): Judgement {
  const found = requireDocument(o, wanted);
  if ('missing' in found) return fails(found.missing);
  const { record, content } = found.document;
  const since = o.organisation.zone.dayOf(content.at);
  const policy = rec(record);
  const review = reviewOf(o, found.document, 'policy_review');
  return gapsOr(
    [
      ...policyGaps(o, found.document),
      textOf(content, 'handlesExceptions') === 'yes' || textOf(record, 'handlesExceptions') === 'yes'
        ? null
        : gap(say('qa22-exceptions', { policy }), [record], {
            since,
            action: edit(label`Complete ${record}`, record, 'handlesExceptions'),
          }),
      textOf(content, 'reach') === 'whole-organisation'
        ? null
        : gap(say('qa22-reach', { policy }), [record], {
            since,
            action: edit(label`Widen ${record}`, record, 'reach'),
          }),
      textOf(content, 'namesImpactProcess') === 'yes'
        ? null
        : gap(say('po6-process', { policy }), [record], {
            since,
            action: edit(label`Complete ${record}`, record, 'namesImpactProcess'),
          }),
      'gap' in review ? review.gap : null,
    ],
    holds([record], 'until' in review ? review.until : null),
  );
}

export function policyOverlaps(o: OrganisationContext): Judgement {
  const found = requireDocument(o, wanted);
  if ('missing' in found) return fails(found.missing);
  const { record, content } = found.document;
  const action = edit('List the overlaps', record, 'overlaps');
  if (rowsOf(record, 'overlaps').length === 0)
    return fails(
      gap(say('po5-none', { policy: rec(record) }), [record], {
        since: o.organisation.zone.dayOf(content.at),
        action,
      }),
    );
  const { late, since, until } = conflicts(o, found.document);
  return late > 0
    ? fails(gap(say('po5-late', { policy: rec(record) }), [record], { since, action }))
    : holds([record], until);
}

export function policyReviewed(o: OrganisationContext): Judgement {
  const found = requireDocument(o, wanted);
  if ('missing' in found) return fails(found.missing);
  const review = reviewOf(o, found.document, 'policy_review');
  return 'gap' in review ? fails(review.gap) : holds([found.document.record], review.until);
}
