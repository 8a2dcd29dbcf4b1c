import { named } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind } from './kind.ts';
import { options } from './vocabulary.ts';

const methods = options({
  random: 'Simple random draw',
  stratified: 'Draw per stratum',
  all: 'Full coverage',
  judgement: 'Chosen on purpose',
});
const responses = options({ agreed: 'Agreed', contested: 'Contested', 'no-answer': 'No answer' });
const independence = options({
  independent: 'Independent',
  conflict: 'Conflict found',
  'not-checked': 'Not checked yet',
});

/**
 * An internal audit (9.2). `populations` names what the sample was drawn from, at least one kept outside the register;
 * each draw can be repeated from `startValue`. `independenceRows` says for each auditor how independence was checked.
 * Findings point here with `audit`; walks too.
 */
export const audit = defineKind({
  name: 'audit',
  prefix: 'AUD',
  collection: 'audits',
  label: 'Internal audit',
  plural: 'Audits',
  purpose:
    'Whether the AIMS follows its own rules and the standard, and really runs (9.2.1). Judged by people without a part in what they look at.',
  regime: 'factual',
  fields: {
    name: named('Title', ['audit', 'title', 'audit name']),
    objective: f.text({
      label: 'Objective',
      station: 'assurance',
      max: 2000,
      alsoCalled: ['objective', 'purpose'],
    }),
    criteria: f.catalogue('requirement', {
      label: 'Criteria',
      help: 'Clauses and controls judged.',
      station: 'assurance',
      many: true,
    }),
    ownRules: f.list({ label: 'Own rules judged', station: 'assurance' }),
    scope: f.text({ label: 'Scope', station: 'assurance', max: 2000, alsoCalled: ['scope'] }),
    periodFrom: f.day({ label: 'Audited period from', station: 'assurance' }),
    periodTo: f.day({ label: 'Audited period to', station: 'assurance' }),
    lead: f.member({
      label: 'Lead auditor',
      station: 'assurance',
      column: true,
      alsoCalled: ['lead auditor', 'auditor', 'owner'],
    }),
    independenceRows: f.rows(
      {
        auditor: f.member({ label: 'Auditor' }),
        state: f.choice(independence, { label: 'Independence' }),
        prior: f.line({ label: 'Prior part in the work', max: 400 }),
        on: f.day({ label: 'Checked on' }),
      },
      {
        label: 'Team and independence',
        station: 'assurance',
        help: 'Whoever is in it reads the working papers. Once there is one, the lead and the team change this, and nobody else.',
      },
    ),
    plan: f.text({ label: 'Plan', station: 'assurance', max: 4000 }),
    plannedOn: f.day({
      label: 'Planned for',
      station: 'assurance',
      column: true,
      alsoCalled: ['planned date', 'scheduled', 'date'],
    }),
    populations: f.rows(
      {
        source: f.line({ label: 'Population' }),
        outside: f.answer({ label: 'Kept outside the register' }),
        extracted: f.day({ label: 'Extract of' }),
        size: f.number({ label: 'Size', min: 0, whole: true }),
        digest: f.line({ label: 'Digest' }),
      },
      { label: 'Populations', station: 'assurance' },
    ),
    method: f.choice(methods, { label: 'How the sample was drawn', station: 'assurance' }),
    startValue: f.line({ label: 'Start value of the draw', station: 'assurance' }),
    sample: f.rows(
      {
        item: f.line({ label: 'Item drawn' }),
        replaced: f.line({ label: 'Replaced by' }),
        reason: f.line({ label: 'Why it was replaced' }),
      },
      { label: 'Sample', station: 'assurance' },
    ),
    interviews: f.text({
      label: 'Interviews',
      help: 'Functions spoken to, without names.',
      station: 'assurance',
      max: 4000,
    }),
    conclusion: f.text({ label: 'Conclusion', station: 'assurance', alsoCalled: ['conclusion', 'result'] }),
    reallyRuns: f.answer({ label: 'The AIMS is truly in place', station: 'assurance' }),
    auditeeResponse: f.choice(responses, { label: 'Answer of those audited', station: 'assurance' }),
    auditeeNote: f.text({ label: 'Their words', station: 'assurance', max: 4000 }),
    report: f.file({ label: 'Report', station: 'assurance' }),
    reportIssuedOn: f.day({
      label: 'Report issued on',
      station: 'assurance',
      column: true,
      alsoCalled: ['report date', 'issued'],
    }),
    recipients: f.list({ label: 'Recipients', help: 'The managers concerned.', station: 'assurance' }),
  },
  owner: 'lead',
  index: ['title', 'state', 'owner', 'plannedOn', 'reportIssuedOn', 'periodTo'],
  relations: {
    systems: about('system', { label: 'Systems audited', inverse: 'Audits' }),
    evidence: about('evidence', { label: 'Evidence seen', inverse: 'Seen in audit' }),
  },
  material: [
    'criteria',
    'scope',
    'lead',
    'independenceRows',
    'populations',
    'sample',
    'conclusion',
    'systems',
  ],
  judges: true,
  lifecycle: {
    initial: 'planned',
    mayBeBroughtIn: true,
    states: {
      planned: { label: 'Planned', shape: 'hollow' },
      'under-way': { label: 'Under way', shape: 'half' },
      reported: { label: 'Reported', shape: 'full' },
      cancelled: { label: 'Cancelled', shape: 'crossed', ended: true },
    },
    transitions: {
      start: {
        label: 'Start',
        from: ['planned'],
        to: 'under-way',
        requires: ['objective', 'criteria', 'scope', 'lead', 'independenceRows'],
      },
      report: {
        label: 'Issue the report',
        from: ['under-way'],
        to: 'reported',
        requires: [
          'lead',
          'conclusion',
          'populations',
          'sample',
          'reportIssuedOn',
          'recipients',
          'auditeeResponse',
        ],
        takenBy: 'lead',
      },
      reopen: { label: 'Open again', from: ['reported', 'cancelled'], to: 'under-way' },
      cancel: { label: 'Cancel', from: ['planned', 'under-way'], to: 'cancelled' },
    },
  },
  serves: ['9.2.1', '9.2.2', '9.3.2'],
});
