import { indexOf } from '@throughline/catalogue/lookup-index.ts';
import { ownReasons, saysWhy } from '../../kinds/applicability.ts';
import { decisionOn, type SoaDecision } from '../applicability.ts';
import { standsInPlace } from '../in-place.ts';
import type { TraceRecord } from '../inputs.ts';
import { approve, create, edit, gap, gapsOr, holds, lack } from '../judge.ts';
import { linksOf, listOf, textOf } from '../read.ts';
import { label, listed, say, titled, wordList } from '../say.ts';
import type { Gap, Judgement } from '../types.ts';
import type { OrganisationContext } from './context.ts';
import { sharedRecords } from './context.ts';
import { requireDocument, systemsGap } from './parts.ts';

export type ControlDecision = {
  readonly id: string;
  readonly control: TraceRecord | null;
  readonly line: TraceRecord | null;
  readonly decided: SoaDecision;
};

/** How the Statement of Applicability decides about each control of Annex A: only an approved line decides. */
export function controlDecisions(o: OrganisationContext): ControlDecision[] {
  return [...indexOf(o.organisation.catalogue).controls.keys()].map((id) => {
    const control = o.organisation.controls.get(id) ?? null;
    const { line, decided } = decisionOn(o.organisation, control);
    return { id, control, line, decided };
  });
}

/** What keeps the statement from being whole: undecided controls, lines without approval, exclusions without reason. */
export function statementGaps(o: OrganisationContext): Gap[] {
  const all = controlDecisions(o);
  const undecided = all.filter((row) => row.decided === 'none');
  const lines = all.flatMap((row) => (row.line ? [row.line] : []));
  const giveReason = {
    since: (line: TraceRecord) => o.organisation.zone.dayOf(line.createdAt),
    action: (line: TraceRecord) => edit('Give the reason', line, 'justification'),
  };
  const gaps = [
    lack(lines, (line) => o.organisation.approved(line) === null, {
      say: (open) => say('q613-unapproved', listed(open)),
      since: (line) => o.organisation.zone.dayOf(line.createdAt),
      action: (line) => approve(label`Approve ${line}`, line),
    }),
    lack(lines, (line) => unreasoned(o, line, 'excluded'), {
      say: (open) => say('co2-reason', listed(open)),
      ...giveReason,
    }),
    lack(lines, (line) => unreasoned(o, line, 'applicable'), {
      say: (open) => say('q613-bare', listed(open)),
      ...giveReason,
    }),
  ].filter((item): item is Gap => item !== null);
  const [first] = undecided;
  if (!first) return gaps;
  const shown = undecided.slice(0, 3).map(({ id }) => id);
  const more = undecided.length - shown.length;
  const words = more > 0 ? `${shown.join(', ')} and ${more} more` : wordList(shown);
  return [
    gap(
      say('q613-undecided', { controls: words, have: undecided.length === 1 ? 'has' : 'have' }),
      undecided.flatMap(({ control }) => control ?? []),
      {
        action: first.control
          ? create(`Decide on ${first.id}`, 'applicability', { control: [first.control] })
          : create(`Adopt ${first.id}`, 'control', {}, { code: first.id, item: first.id }),
      },
    ),
    ...gaps,
  ];
}

function unreasoned(o: OrganisationContext, line: TraceRecord, decision: string): boolean {
  const content = o.organisation.approved(line);
  if (!content || saysWhy(content) || textOf(content, 'decision') !== decision) return false;
  // Whether records stand behind the other reasons is judged where systems call for the control.
  return decision === 'excluded' || listOf(content, 'reasons').every((reason) => reason in ownReasons);
}

export function judgeStatement(o: OrganisationContext): Judgement {
  const found = requireDocument(o, { item: 'MD-04', type: 'method', title: 'risk treatment process' });
  return gapsOr(
    [
      'missing' in found ? found.missing : null,
      ...statementGaps(o),
      systemsGap(o, 'RI4'),
      systemsGap(o, 'RI5'),
    ],
    holds('document' in found ? [found.document.record] : []),
  );
}

/** Applicable controls that are put in place once for the organisation, and are not. */
export function organisationControls(o: OrganisationContext): Gap | null {
  const wanted = controlDecisions(o).flatMap((row) =>
    row.decided === 'applicable' && row.control && textOf(row.control, 'implementedAt') === 'organisation'
      ? [row.control]
      : [],
  );
  const placed = new Set(
    sharedRecords(o, 'implementation')
      .filter((record) => standsInPlace(record, o.clock))
      .flatMap((record) => linksOf(record, 'control')),
  );
  return lack(wanted, (control) => !placed.has(control.id), {
    say: (open) => say('co3-organisation', listed(open)),
    since: (control) => o.organisation.zone.dayOf(control.createdAt),
    action: (control) =>
      create(label`Put ${titled(control)} in place`, 'implementation', { control: [control] }),
  });
}
