import { indexOf } from '@throughline/catalogue/lookup-index.ts';
import type { Catalogue } from '@throughline/catalogue/types.ts';
import { lastDay } from '../../day.ts';
import type { DocumentInForce } from '../documents.ts';
import { candidates, documentDue, documentInForce } from '../documents.ts';
import type { TraceRecord } from '../inputs.ts';
import { approve, create, earliest, edit, gap, notApplicable, unverifiable } from '../judge.ts';
import { intervalName } from '../organisation-facts.ts';
import { dayOf, textOf } from '../read.ts';
import { count, label, on, rec, say, wordList } from '../say.ts';
import type { Gap, Judgement } from '../types.ts';
import type { OrganisationContext } from './context.ts';

type Wanted = {
  readonly item: string;
  readonly type: string;
  readonly title: string;
  readonly docType?: string;
};

/** The version in force of a document, or the gap that there is none, with the step that is next. */
export function requireDocument(
  o: OrganisationContext,
  wanted: Wanted,
): { readonly document: DocumentInForce } | { readonly missing: Gap } {
  const document = documentInForce(o.organisation, wanted.item, wanted.docType);
  if (document) return { document };
  const [draft] = candidates(o.organisation, wanted.item, wanted.docType);
  return {
    missing: draft
      ? gap(say('q-draft', { document: rec(draft), title: wanted.title }), [draft], {
          since: o.organisation.zone.dayOf(draft.createdAt),
          action: approve(label`Approve ${draft}`, draft),
        })
      : gap(say('q-none', { title: wanted.title }), [], {
          action: create(
            `Write the ${wanted.title}`,
            'document',
            {},
            { type: wanted.type, covers: [wanted.item] },
          ),
        }),
  };
}

/** The review of a document: a gap when over, else until when it is in time; without any interval it is not planned. */
export function reviewOf(
  o: OrganisationContext,
  document: DocumentInForce,
  interval: string,
): { readonly gap: Gap } | { readonly until: string } {
  const due = documentDue(o, document, interval);
  if (due.state === 'in-time') return { until: due.until };
  const { record } = document;
  if (due.state === 'over')
    return {
      gap: gap(say('document-over', { document: rec(record), day: on(due.since) }), [record], {
        since: due.since,
        action: edit(label`Record the review of ${record}`, record, 'reviewedOn'),
      }),
    };
  // Never adopted means a gap in planning, not a free pass (organisation-line.yaml, notes).
  return {
    gap: gap(say('q-no-interval', { name: intervalName(o.organisation, interval) }), [record], {
      action: edit('Set the next review', record, 'nextReview'),
    }),
  };
}

/** The stations at which rules stand, as people know them, each with its rules: "7 impact (IM1, IM2)". */
export function stationsOf(catalogue: Catalogue, rules: readonly string[]): string {
  const byStation = new Map<string, string[]>();
  for (const id of rules) {
    const station = indexOf(catalogue).rules.get(id)?.station;
    const name = station ? `${station.order} ${station.name.toLowerCase()}` : 'a rule';
    byStation.set(name, [...(byStation.get(name) ?? []), id]);
  }
  const named = [...byStation].map(
    ([name, ids]) => `${name} (${ids.length === 1 ? 'rule' : 'rules'} ${ids.join(', ')})`,
  );
  return wordList(named);
}

/** Gaps that the lines of the systems have at a rule, as one gap of the organisation that falls with them. */
export function systemsGap(
  o: OrganisationContext,
  rule: string,
  sentence: 'q-systems' = 'q-systems',
): Gap | null {
  const open = o.systems?.gaps.get(rule);
  if (!open || open.count === 0) return null;
  const [first] = open.systems;
  return gap(
    say(sentence, {
      n: open.count === 1 ? '1 system has' : `${count(open.count, 'system')} have`,
      stations: stationsOf(o.organisation.catalogue, [rule]),
    }),
    open.systems,
    {
      since: open.since,
      action: first ? { label: 'Open the first', do: { type: 'open', record: first, part: rule } } : null,
    },
  );
}

/** Questions about all systems wait until their lines are computed. */
export function withSystems(o: OrganisationContext, judge: (live: number) => Judgement): Judgement {
  if (o.systems === null) return unverifiable(say('q-not-computed'));
  if (o.systems.systems === 0) return notApplicable(say('q-no-systems'));
  return judge(o.systems.live);
}

/** Last days of members in office, so that what they hold ends with them. */
export function leaves(
  o: OrganisationContext,
  records: readonly TraceRecord[],
  field: string,
): string | null {
  return earliest(
    records.map((record) => {
      const person = textOf(record, field);
      const left = person === null ? null : (o.organisation.members.get(person)?.leftOn ?? null);
      const end = dayOf(record, 'validTo');
      return earliest([left, end && lastDay(end)]);
    }),
  );
}
