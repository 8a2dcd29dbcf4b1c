import { named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind } from './kind.ts';
import { seriousIncidentCriteria } from './vocabulary/law.ts';
import { severities } from './vocabulary/scales.ts';

/**
 * An event with harm or possible harm (A.6.2.6, A.8.4). Legal time runs from `awareAt`; reports owed are rows of
 * `reports`. `triagedAt` closes the question whether anybody looked. A nonconformity may come of it, and is its own
 * record.
 */
export const incident = defineKind({
  name: 'incident',
  prefix: 'INC',
  collection: 'incidents',
  label: 'AI incident',
  plural: 'Incidents',
  purpose:
    'What went wrong with people or things involved: who became aware when, what was done, who had to be told (A.6.2.6, A.8.4).',
  regime: 'factual',
  fields: {
    name: named('Title', ['incident', 'title', 'summary']),
    description: f.text({
      label: 'What happened',
      station: 'assurance',
      alsoCalled: ['description', 'details'],
    }),
    occurredAt: f.moment({
      label: 'Happened at',
      station: 'assurance',
      alsoCalled: ['occurred', 'date', 'incident date'],
    }),
    occurredOn: f.day({
      label: 'Happened on',
      help: 'Where only the day or month is known.',
      station: 'assurance',
      column: true,
    }),
    awareAt: f.moment({
      label: 'Aware since',
      help: 'Legal time runs from here.',
      station: 'assurance',
      alsoCalled: ['detected', 'aware', 'reported at'],
    }),
    awareWho: f.line({ label: 'Who became aware', station: 'assurance' }),
    triagedAt: f.moment({
      label: 'Looked at first',
      station: 'assurance',
      alsoCalled: ['triaged', 'acknowledged'],
    }),
    triageBy: f.moment({ label: 'To be looked at by', station: 'assurance' }),
    severity: f.choice(severities, {
      label: 'Severity',
      station: 'assurance',
      column: true,
      alsoCalled: ['severity', 'priority', 'impact'],
    }),
    serious: f.answer({ label: 'Serious in law', station: 'assurance', column: true }),
    seriousCriteria: f.choices(seriousIncidentCriteria, {
      label: 'Which criteria',
      help: 'EU AI Act 3(49).',
      station: 'assurance',
    }),
    owner: owned('Who leads the response.', 'assurance', ['incident manager', 'assigned to']),
    affected: f.text({
      label: 'Affected persons',
      station: 'assurance',
      max: 2000,
      alsoCalled: ['affected', 'who was affected'],
    }),
    timeline: f.rows(
      {
        at: f.line({ label: 'When', max: 40 }),
        what: f.line({ label: 'What', max: 500 }),
        who: f.line({ label: 'Who', max: 100 }),
      },
      { label: 'Timeline', station: 'assurance' },
    ),
    containment: f.text({
      label: 'Containment',
      station: 'assurance',
      max: 4000,
      alsoCalled: ['containment', 'mitigation'],
    }),
    containedAt: f.moment({ label: 'Contained at', station: 'assurance' }),
    reports: f.rows(
      {
        to: f.line({ label: 'To whom' }),
        basis: f.line({ label: 'Legal basis' }),
        due: f.day({ label: 'Due' }),
        sent: f.day({ label: 'Sent on' }),
        proof: f.line({ label: 'Proof' }),
      },
      { label: 'Reports due and made', station: 'assurance' },
    ),
    usersTold: f.answer({ label: 'Users were told', station: 'information' }),
    usersToldOn: f.day({ label: 'Users told on', station: 'information' }),
    drill: f.answer({ label: 'A drill', station: 'assurance' }),
    causes: f.text({ label: 'Causes', station: 'assurance', max: 4000, alsoCalled: ['root cause', 'cause'] }),
    lessons: f.text({ label: 'Lessons', station: 'assurance', max: 4000, alsoCalled: ['lessons learned'] }),
    closedOn: f.day({ label: 'Closed on', station: 'assurance', alsoCalled: ['closed', 'resolved on'] }),
  },
  index: ['title', 'state', 'owner', 'severity', 'occurredOn', 'awareAt', 'serious', 'closedOn'],
  relations: {
    system: withinSystem('Incidents'),
    useCases: about('use-case', { label: 'In use case', inverse: 'Incidents' }),
    risks: about('risk', { label: 'Risk that came true', inverse: 'Came true in' }),
    evidence: about('evidence', { label: 'Evidence', inverse: 'Evidence of incident' }),
  },
  material: ['description', 'severity', 'serious', 'seriousCriteria', 'awareAt', 'affected'],
  lifecycle: {
    initial: 'open',
    mayBeBroughtIn: true,
    observed: true,
    states: {
      open: { label: 'Open', shape: 'hollow' },
      triaged: { label: 'Looked at', shape: 'half' },
      contained: { label: 'Contained', shape: 'half' },
      closed: { label: 'Closed', shape: 'crossed', ended: true },
    },
    transitions: {
      triage: {
        label: 'Look at',
        from: ['open'],
        to: 'triaged',
        requires: ['severity', 'serious', 'triagedAt', 'owner'],
      },
      contain: { label: 'Contain', from: ['triaged'], to: 'contained', requires: ['containment'] },
      close: {
        label: 'Close',
        from: ['triaged', 'contained'],
        to: 'closed',
        requires: ['causes', 'lessons', 'closedOn'],
        guard: ({ fields }) => unsentReport(fields.reports),
      },
      reopen: { label: 'Open again', from: ['triaged', 'contained', 'closed'], to: 'open' },
    },
  },
  serves: ['A.6.2.6', 'A.8.4'],
});

/** A report that law asks for does not lapse because the incident is over. */
function unsentReport(reports: unknown): string | undefined {
  const rows: readonly unknown[] = Array.isArray(reports) ? reports : [];
  const open = rows.findIndex(
    (row) => typeof row === 'object' && row !== null && 'due' in row && !('sent' in row),
  );
  return open >= 0 ? `Report ${open + 1} is due and has not been sent.` : undefined;
}
