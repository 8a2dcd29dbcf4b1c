import { named } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind, within } from './kind.ts';
import { options } from './vocabulary.ts';

const types = options({
  notes: 'Notes of an interview',
  sample: 'Sample looked at',
  test: 'Test done again',
  checklist: 'Checklist',
  draft: 'Draft of the report',
  other: 'Other',
});

/**
 * What an audit team writes while it audits (9.2.2): its own until the report is issued, and kept after. It belongs to one
 * audit, whose lead and team read it and nobody else; what others should know stands in findings and in the report.
 */
export const workingPaper = defineKind({
  name: 'working-paper',
  prefix: 'WKP',
  collection: 'working-papers',
  label: 'Working paper',
  plural: 'Working papers',
  purpose:
    'Notes, samples and drafts of an audit (9.2.2), read by its lead and team alone. What others should know becomes a finding or stands in the report.',
  regime: 'factual',
  sealed: { readBy: [], andOf: { relation: 'audit', readBy: ['lead', 'independenceRows.auditor'] } },
  fields: {
    name: named('Title'),
    type: f.choice(types, { label: 'Type', column: true }),
    author: f.member({ label: 'Written by', column: true }),
    on: f.day({ label: 'Of', help: 'The day of the work.', column: true }),
    text: f.text({ label: 'Text', max: 20_000 }),
    pointer: f.line({ label: 'Kept at', help: 'Where it is kept elsewhere.', max: 400 }),
    file: f.file({ label: 'File' }),
    requirement: f.catalogue('requirement', { label: 'Requirement looked at', many: true }),
  },
  owner: 'author',
  index: ['title', 'state', 'owner', 'on', 'type'],
  relations: {
    audit: within('audit', { label: 'Audit', inverse: 'Working papers', required: true }),
    systems: about('system', { label: 'Systems looked at', inverse: 'Working papers' }),
    evidence: about('evidence', { label: 'Evidence seen', inverse: 'Seen in working paper' }),
  },
  lifecycle: {
    initial: 'draft',
    states: {
      draft: { label: 'In work', shape: 'hollow' },
      reviewed: { label: 'Reviewed', shape: 'full' },
      superseded: { label: 'Set aside', shape: 'crossed', ended: true },
    },
    transitions: {
      review: { label: 'Review', from: ['draft'], to: 'reviewed', requires: ['author'], notBy: ['author'] },
      setAside: { label: 'Set aside', from: ['draft', 'reviewed'], to: 'superseded' },
      reopen: { label: 'Work on it again', from: ['reviewed', 'superseded'], to: 'draft' },
    },
  },
  serves: ['9.2.2'],
});
