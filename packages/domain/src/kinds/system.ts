import { named, owned } from './common.ts';
import { f } from './fields.ts';
import { defineKind, uses } from './kind.ts';
import { overlayOptions } from './vocabulary/law.ts';
import { organisationRoleOptions } from './vocabulary/roles.ts';
import { lifeCycleStates } from './vocabulary.ts';

/**
 * An AI system in the register (4.3, A.4.2). Its state is its life-cycle stage (ISO/IEC 22989 names).
 * Scope: `inScope`, `scopeReason`, `markets`, `legalOverlay`. What it is made of are the relations `usesModel`,
 * `usesDataset`, `usesResource`, `usesSupplier`. Versions, use cases, risks and the rest point here with `system`.
 */
export const system = defineKind({
  name: 'system',
  prefix: 'SYS',
  collection: 'systems',
  label: 'AI system',
  plural: 'Systems',
  purpose:
    'Every AI system the organisation builds, buys or uses, with who answers for it (4.3, A.4.2). Most come from an inventory that exists already.',
  regime: 'factual',
  fields: {
    name: named('Name', ['system', 'ai system', 'system name', 'application', 'tool', 'product', 'solution']),
    purpose: f.text({
      label: 'Purpose',
      help: 'What it is for, in words an outsider understands.',
      station: 'scope',
      alsoCalled: ['description', 'intended purpose', 'system purpose', 'system description', 'objective'],
    }),
    organisationRoles: f.choices(organisationRoleOptions, {
      label: 'Roles of the organisation',
      help: 'In ISO terms; several at once are possible (4.1).',
      station: 'scope',
      alsoCalled: ['role', 'ai role', 'organisation role', 'organization role'],
    }),
    inScope: f.answer({
      label: 'In scope of the AIMS',
      station: 'scope',
      alsoCalled: ['in scope', 'scope', 'aims scope'],
    }),
    scopeReason: f.text({
      label: 'Reason for the scope decision',
      help: 'An exclusion needs one (4.3). Law, incidents and concerns stay on either way.',
      station: 'scope',
      max: 2000,
    }),
    markets: f.list({
      label: 'Markets and jurisdictions',
      station: 'scope',
      alsoCalled: ['jurisdictions', 'markets', 'countries', 'region'],
    }),
    legalOverlay: f.choices(overlayOptions, {
      label: 'Laws that apply',
      help: 'Named here, so that classification asks under each of them.',
      station: 'scope',
      alsoCalled: ['applicable laws', 'regulations', 'legal overlay'],
    }),
    owner: owned('The person who answers for the system over its life (5.3, A.3.2).', 'ownership', [
      'system owner',
      'business owner',
      'product owner',
    ]),
    deputy: f.member({ label: 'Deputy', station: 'ownership', alsoCalled: ['deputy owner', 'backup owner'] }),
    unit: f.line({
      label: 'Unit',
      station: 'ownership',
      column: true,
      alsoCalled: ['department', 'agency', 'business unit', 'division', 'organisation unit'],
    }),
    unitCode: f.line({
      label: 'Short name of the unit',
      station: 'ownership',
      max: 40,
      alsoCalled: ['agency abbreviation', 'unit code', 'department code'],
    }),
    subUnit: f.line({
      label: 'Sub-unit',
      station: 'ownership',
      alsoCalled: ['bureau', 'team', 'office', 'component'],
    }),
    hosting: f.line({
      label: 'Where it runs',
      station: 'supply',
      alsoCalled: ['hosting', 'environment', 'platform', 'deployment environment'],
    }),
    learnsInUse: f.answer({
      label: 'Learns while in use',
      help: 'Then continuous validation is a stage of its own.',
      station: 'release',
    }),
    authorisedToOperate: f.answer({
      label: 'Authorised to operate',
      station: 'release',
      alsoCalled: ['ato', 'authority to operate'],
    }),
    startedOn: f.day({ label: 'Work began', station: 'release', alsoCalled: ['start date', 'initiated'] }),
    liveSince: f.day({
      label: 'Live since',
      station: 'release',
      column: true,
      alsoCalled: ['go-live', 'go live date', 'in production since', 'deployment date'],
    }),
    retiredOn: f.day({
      label: 'Retired on',
      station: 'release',
      alsoCalled: ['date retired', 'decommissioned', 'end date'],
    }),
    takenBackBecause: f.text({
      label: 'Why it was taken back',
      help: 'What is wrong with it as it ran, and what is built or tested anew (A.6.2.5).',
      station: 'release',
      max: 2000,
    }),
    reviewedOn: f.day({ label: 'Last reviewed', station: 'assurance', alsoCalled: ['last review'] }),
    nextReview: f.day({
      label: 'Next review',
      station: 'assurance',
      column: true,
      alsoCalled: ['review date', 'next review date'],
    }),
  },
  index: ['title', 'state', 'owner', 'unit', 'liveSince', 'nextReview', 'subUnit', 'inScope'],
  relations: {
    usesModel: uses('model', { label: 'Uses model', inverse: 'Used by system' }),
    usesDataset: uses('dataset', { label: 'Uses data set', inverse: 'Used by system' }),
    usesResource: uses('resource', { label: 'Uses resource', inverse: 'Used by system' }),
    usesSupplier: uses('supplier', { label: 'Depends on supplier', inverse: 'Supplies system' }),
    instructions: uses('document', { label: 'Instructions for use', inverse: 'Instructions of system' }),
  },
  material: [
    'purpose',
    'organisationRoles',
    'inScope',
    'markets',
    'legalOverlay',
    'learnsInUse',
    'hosting',
    'usesModel',
    'usesDataset',
    'usesSupplier',
  ],
  lifecycle: lifeCycleStates,
  cadence: { months: 12, from: 'reviewedOn' },
  nextLook: { field: 'nextReview', from: ['reviewedOn'], interval: 'walk_other' },
  happened: ['reviewedOn'],
  serves: ['4.1', '4.3', 'A.4.2'],
});
