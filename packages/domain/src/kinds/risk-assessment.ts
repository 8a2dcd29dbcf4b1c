import { cellSentence, rowsOf } from '../trace/read.ts';
import { named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, type Content, defineKind } from './kind.ts';
import { options } from './vocabulary.ts';

const triggers = options({
  planned: 'Planned interval',
  'new-ai-system': 'New AI system',
  'new-use-case': 'New use case',
  'significant-system-change': 'Significant change',
  'system-reclassified': 'Classification changed',
  'impact-assessment-changed': 'Impact assessment changed',
  'serious-incident': 'Serious incident',
  'monitoring-breach': 'Breach in monitoring',
  'supplier-change': 'Supplier or model changed',
  'new-legal-requirement': 'New legal or customer requirement',
  'audit-finding': 'Audit finding',
  'criteria-changed': 'Criteria changed',
});
const answers = options({ risk: 'Made a risk', 'no-risk': 'No risk, because' });

/**
 * One dated run of the risk assessment (8.2), of a system or of the organisation where it belongs to none: what led to it,
 * who took part, by which method and criteria, and each finding with what became of it. A finding is carried into a risk
 * (`risks`), or considered and left, with the reason in its row. A run that found nothing says so in `result`. What a run
 * that is done said stays: who has more to say opens it again, or holds another one.
 */
export const riskAssessment = defineKind({
  name: 'risk-assessment',
  prefix: 'RRA',
  collection: 'risk-assessments',
  label: 'Risk assessment run',
  plural: 'Risk assessments',
  purpose:
    'Each time risks were assessed: when, why, by whom and by which method, and what became of every finding (6.1.2, 8.2). A register of risks without a dated run proves nothing.',
  regime: 'factual',
  fields: {
    name: named('Run', ['risk assessment', 'assessment', 'title']),
    trigger: f.choice(triggers, {
      label: 'What led to it',
      station: 'risk',
      column: true,
      alsoCalled: ['trigger', 'reason', 'occasion'],
    }),
    scope: f.text({ label: 'What was looked at', station: 'risk', max: 2000, alsoCalled: ['scope'] }),
    owner: owned('Who leads the run.', 'risk', ['lead', 'assessor']),
    participants: f.rows(
      {
        person: f.member({ label: 'Person' }),
        outside: f.line({ label: 'Or somebody from outside', max: 120 }),
        part: f.line({ label: 'Took part as', max: 120 }),
      },
      { label: 'Participants', station: 'risk' },
    ),
    heldOn: f.day({
      label: 'Held on',
      station: 'risk',
      column: true,
      alsoCalled: ['date', 'assessment date', 'performed on'],
    }),
    considered: f.rows(
      {
        finding: f.line({ label: 'Finding', max: 300 }),
        from: f.line({ label: 'From', max: 60 }),
        answer: f.choice(answers, { label: 'What became of it' }),
        reason: f.line({ label: 'Why no risk', max: 300 }),
      },
      { label: 'Findings considered', station: 'risk' },
    ),
    result: f.text({
      label: 'Result',
      help: 'What the run came to; where it found no risk, that it found none.',
      station: 'risk',
      max: 4000,
      alsoCalled: ['result', 'outcome', 'conclusion'],
    }),
    criteriaVersion: f.line({ label: 'Criteria used', help: 'Ref and version.', station: 'risk' }),
    nextRun: f.day({ label: 'Next run', station: 'risk', column: true, alsoCalled: ['next assessment'] }),
    cancelReason: f.text({ label: 'Why it was called off', station: 'risk', max: 2000 }),
  },
  index: ['title', 'state', 'owner', 'trigger', 'heldOn', 'nextRun'],
  relations: {
    system: withinSystem('Risk assessments'),
    useCases: about('use-case', { label: 'Uses looked at', inverse: 'Looked at in run' }),
    method: about('document', { label: 'By method', inverse: 'Method of run', many: false }),
    criteria: about('risk-criteria', { label: 'By criteria', inverse: 'Criteria of run', many: false }),
    drawsFrom: about(['impact-assessment', 'finding', 'incident', 'obligation'], {
      label: 'Drew on',
      inverse: 'Drawn on in run',
    }),
    risks: about('risk', { label: 'Risks assessed', inverse: 'Assessed in run' }),
  },
  material: [
    'heldOn',
    'trigger',
    'scope',
    'useCases',
    'drawsFrom',
    'participants',
    'considered',
    'result',
    'risks',
    'method',
    'criteria',
    'criteriaVersion',
  ],
  judges: true,
  happened: ['heldOn'],
  lifecycle: {
    initial: 'planned',
    mayBeBroughtIn: true,
    states: {
      planned: { label: 'Planned', shape: 'hollow' },
      done: { label: 'Done', shape: 'full' },
      'called-off': { label: 'Called off', shape: 'crossed', ended: true },
    },
    transitions: {
      finish: {
        label: 'Finish',
        from: ['planned'],
        to: 'done',
        requires: ['heldOn', 'participants', 'method', 'result'],
        askedOfFiles: true,
        guard: everyFindingAnswered,
      },
      reopen: { label: 'Open again', from: ['done', 'called-off'], to: 'planned' },
      callOff: { label: 'Call off', from: ['planned'], to: 'called-off', requires: ['cancelReason'] },
    },
  },
  cadence: { months: 12, from: 'heldOn' },
  nextLook: { field: 'nextRun', from: ['heldOn'], interval: 'risk_assessment' },
  serves: ['6.1.2', '8.2'],
});

/** A finding is a risk or is none for a reason; one that nobody answered was skipped (6.1.2). */
function everyFindingAnswered({ fields, links }: Content): string | undefined {
  for (const [position, row] of rowsOf({ fields, links }, 'considered').entries()) {
    if (!row.answer) return `Finding ${position + 1} has no answer.`;
    if (row.answer === 'no-risk' && !cellSentence(row, 'reason'))
      return `Finding ${position + 1} is no risk, and “Reason” does not say why, in a sentence.`;
    if (row.answer === 'risk' && (links.risks ?? []).length === 0)
      return `Finding ${position + 1} is made a risk, and no risk is linked.`;
  }
  return undefined;
}
