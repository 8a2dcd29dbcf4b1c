import { codeOfAnnexA } from '../soa/control-codes.ts';
import { textOf } from '../trace/read.ts';
import { named, owned } from './common.ts';
import { f } from './fields.ts';
import { type Content, defineKind } from './kind.ts';
import { options } from './vocabulary.ts';

const frameworks = options({
  'iso-42001': 'ISO/IEC 42001 Annex A',
  'iso-27001': 'ISO/IEC 27001 Annex A',
  'nist-ai-rmf': 'NIST AI RMF',
  'eu-ai-act': 'EU AI Act',
  own: 'Own control',
  other: 'Another framework',
});
const places = options({ organisation: 'Once for the organisation', system: 'On each system' });

const codedOf = (content: Content) => ({
  code: textOf(content, 'code') ?? '',
  framework: textOf(content, 'framework'),
  item: textOf(content, 'item'),
});

/**
 * A control of a framework or an own one (6.1.3). `item` is its id in the catalogue (`A.6.2.4`), `code` the short name
 * shown (also for own controls). `implementedAt: system` asks for an implementation on every live system;
 * `organisation` asks for one that belongs to no system.
 */
export const control = defineKind({
  name: 'control',
  prefix: 'CTL',
  collection: 'controls',
  label: 'Control',
  plural: 'Controls',
  purpose:
    'Controls chosen from Annex A or written here. Each gets a decision in the Statement of Applicability and, where it applies, a way it is put in place (6.1.3).',
  regime: 'factual',
  fields: {
    code: f.line({
      label: 'Code',
      required: true,
      max: 40,
      column: true,
      alsoCalled: ['control id', 'id', 'number', 'reference'],
    }),
    name: named('Title', ['control', 'control name', 'title']),
    item: f.catalogue('control', { label: 'Item of the catalogue' }),
    framework: f.choice(frameworks, {
      label: 'Framework',
      column: true,
      alsoCalled: ['framework', 'source', 'standard'],
    }),
    objective: f.text({
      label: 'Objective',
      station: 'controls',
      max: 2000,
      alsoCalled: ['objective', 'control objective'],
    }),
    description: f.text({
      label: 'What it does',
      station: 'controls',
      max: 4000,
      alsoCalled: ['description'],
    }),
    owner: owned('Who answers for the control as such.', 'controls', ['control owner']),
    implementedAt: f.choice(places, {
      label: 'Put in place',
      help: 'On each system: every live system needs its own implementation.',
      station: 'controls',
      column: true,
    }),
    effectiveness: f.text({ label: 'How effectiveness is judged', station: 'evidence', max: 2000 }),
  },
  index: ['code', 'state', 'owner', 'title', 'framework', 'implementedAt', 'item'],
  material: ['objective', 'description', 'implementedAt', 'effectiveness'],
  lifecycle: {
    initial: 'adopted',
    mayBeBroughtIn: true,
    observed: true,
    states: {
      adopted: { label: 'Adopted', shape: 'full' },
      dropped: { label: 'Dropped', shape: 'crossed', ended: true },
    },
    transitions: {
      drop: { label: 'Drop', from: ['adopted'], to: 'dropped' },
      adopt: { label: 'Adopt again', from: ['dropped'], to: 'adopted' },
    },
  },
  serves: ['6.1.3'],
  // A code that stood before is left to be put right: the statement names it.
  sequence: (before, next): Record<string, string> => {
    const said = codeOfAnnexA(codedOf(next));
    return said === undefined || codeOfAnnexA(codedOf(before)) === said ? {} : { code: said };
  },
});
