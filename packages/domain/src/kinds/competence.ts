import { named } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind } from './kind.ts';
import { internalRoleOptions } from './vocabulary/roles.ts';
import { effects } from './vocabulary/scales.ts';
import { options } from './vocabulary.ts';

const skillLevels = options({
  aware: 'Knows of it',
  basic: 'Can do it with help',
  practised: 'Can do it alone',
  expert: 'Can teach it',
});

/**
 * A competence that a role or task needs, and what one person shows of it (7.2). `levelShown` meets `levelNeeded` on
 * proof valid until `validUntil`, or a gap action runs (`gapAction`, `gapDue`) and is later judged (`gapEffect`).
 * Without a `person` the record states the need alone.
 */
export const competence = defineKind({
  name: 'competence',
  prefix: 'CMP',
  collection: 'competences',
  label: 'Competence',
  plural: 'Competence',
  purpose:
    'What a role must be able to do, who shows it and by what proof (7.2). A gap gets a dated action and later a verdict on its effect.',
  regime: 'factual',
  fields: {
    name: named('Skill', ['skill', 'competence', 'competency', 'qualification', 'course']),
    role: f.choice(internalRoleOptions, {
      label: 'Needed for role',
      station: 'ownership',
      column: true,
      alsoCalled: ['role'],
    }),
    task: f.line({ label: 'Or for task', station: 'ownership' }),
    levelNeeded: f.choice(skillLevels, {
      label: 'Level needed',
      station: 'ownership',
      alsoCalled: ['required level'],
    }),
    person: f.member({
      label: 'Person',
      station: 'ownership',
      column: true,
      alsoCalled: ['person', 'employee', 'name'],
    }),
    levelShown: f.choice(skillLevels, {
      label: 'Level shown',
      station: 'ownership',
      column: true,
      alsoCalled: ['current level', 'level'],
    }),
    shownOn: f.day({
      label: 'Shown on',
      station: 'ownership',
      alsoCalled: ['date', 'completed on', 'assessed on'],
    }),
    proof: f.text({
      label: 'Proof',
      station: 'ownership',
      max: 2000,
      alsoCalled: ['certificate', 'evidence', 'proof'],
    }),
    validUntil: f.day({
      label: 'Valid until',
      station: 'ownership',
      column: true,
      alsoCalled: ['expires', 'expiry date'],
    }),
    gap: f.text({ label: 'Gap', station: 'ownership', max: 2000 }),
    gapAction: f.text({ label: 'Action on the gap', station: 'ownership', max: 2000 }),
    gapDue: f.day({ label: 'Action due', station: 'ownership' }),
    gapClosedOn: f.day({ label: 'Gap closed on', station: 'ownership' }),
    gapEffect: f.choice(effects, { label: 'Did the action work', station: 'ownership' }),
    gapJudgedBy: f.member({ label: 'Judged by', station: 'ownership' }),
  },
  owner: 'person',
  index: ['title', 'state', 'owner', 'role', 'levelShown', 'validUntil', 'gapDue'],
  relations: {
    evidence: about('evidence', { label: 'Evidence', inverse: 'Shows competence' }),
  },
  material: ['role', 'levelNeeded', 'levelShown', 'person', 'validUntil'],
  lifecycle: {
    initial: 'current',
    mayBeBroughtIn: true,
    states: {
      current: { label: 'Current', shape: 'full' },
      ended: { label: 'Ended', shape: 'crossed', ended: true },
    },
    transitions: {
      end: { label: 'End', from: ['current'], to: 'ended' },
      resume: { label: 'Resume', from: ['ended'], to: 'current' },
    },
  },
  serves: ['7.2', 'A.4.6'],
});
