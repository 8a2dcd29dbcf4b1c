/**
 * What an outside inventory states about a use case. These fields keep declarations as they were made, each with its
 * answer and the words beside it. Stations read their own records instead: a stated assessment, test or review
 * closes no gap.
 */
import { type Fields, f } from './fields.ts';
import {
  codeAccessOptions,
  dataDocumentationOptions,
  independentReviewOptions,
  modelDocumentationOptions,
  monitoringOptions,
  reuseOptions,
  testingOptions,
  waitOptions,
} from './vocabulary/inventory.ts';

const publicFields: Fields = {
  externalClasses: f.rows(
    {
      scheme: f.line({ label: 'Scheme' }),
      value: f.line({ label: 'Class in that scheme' }),
    },
    {
      label: 'Classes of other schemes',
      help: 'As the scheme says them. Never taken for a class of the EU AI Act or the own tier.',
      station: 'classification',
      alsoCalled: [
        'is the ai use case rights-impacting, safety-impacting, both, or neither?',
        'impact type',
        'risk class',
        'external classification',
      ],
    },
  ),
  commercialUse: f.line({
    label: 'General commercial use',
    station: 'use-cases',
    alsoCalled: [
      'is the ai use case found in the below list of general commercial ai products and services?',
      'commercial ai product',
    ],
  }),
  publicService: f.answer({
    label: 'Supports a public-facing service',
    station: 'use-cases',
    alsoCalled: [
      'is this ai use case supporting a high-impact service provider (hisp) public-facing service?',
      'public facing',
    ],
  }),
  publicServiceProvider: f.line({
    label: 'Provider of that service',
    station: 'use-cases',
    alsoCalled: ['which hisp is the ai use case supporting?'],
  }),
  publicServiceName: f.line({
    label: 'That service',
    station: 'use-cases',
    max: 500,
    alsoCalled: ['which public-facing service is the ai use case supporting?'],
  }),
  informsPublic: f.answer({
    label: 'Gives information to the public',
    station: 'information',
    alsoCalled: ['does this ai use case disseminate information to the public?'],
  }),
  informationQuality: f.text({
    label: 'Quality of that information',
    station: 'information',
    max: 4000,
    alsoCalled: [
      'how is the agency ensuring compliance with information quality act guidelines, if applicable?',
    ],
  }),
};

const dataFields: Fields = {
  personalData: f.answer({
    label: 'Personal data',
    station: 'supply',
    alsoCalled: [
      'pii',
      'personal data',
      'does this ai use case involve personally identifiable information (pii) that is maintained by the agency?',
      'contains pii',
    ],
  }),
  privacyReview: f.answer({
    label: 'Privacy review done',
    help: 'As stated; the assessment itself is linked on the impact assessment.',
    station: 'impact',
    alsoCalled: [
      'has the senior agency official for privacy (saop) assessed the privacy risks associated with this ai use case?',
      'privacy review',
      'dpia done',
      'saop assessed',
    ],
  }),
  dataCatalogue: f.answer({
    label: 'Data can be found in a catalogue',
    station: 'supply',
    alsoCalled: [
      'do you have access to an enterprise data catalog or agency-wide data repository that enables you to identify whether or not the necessary datasets exist and are ready to develop your use case?',
    ],
  }),
  dataCatalogueNote: f.text({ label: 'Note on the data catalogue', station: 'supply', max: 2000 }),
  dataDescription: f.text({
    label: 'Data used',
    station: 'supply',
    alsoCalled: [
      'describe any agency-owned data used to train, fine-tune, and/or evaluate performance of the model(s) used in this use case.',
      'training data',
      'data sources',
      'data used',
      'input data',
    ],
  }),
  dataDocumentation: f.choice(dataDocumentationOptions, {
    label: 'Documentation of the data',
    station: 'supply',
    alsoCalled: [
      'is there available documentation for the model training and evaluation data that demonstrates the degree to which it is appropriate to be used in analysis or for making predictions?',
    ],
  }),
  demographicVariables: f.list({
    label: 'Demographic variables',
    help: 'Attributes of persons that the model uses as features.',
    station: 'impact',
    alsoCalled: [
      'which, if any, demographic variables does the ai use case explicitly use as model features?',
      'demographic variables',
      'protected attributes',
    ],
  }),
  demographicNote: f.text({ label: 'Note on demographic variables', station: 'impact', max: 2000 }),
};

const buildFields: Fields = {
  contractReference: f.text({
    label: 'Contract reference',
    station: 'supply',
    max: 2000,
    alsoCalled: [
      'provide the procurement instrument identifier(s) (piid) of the contract(s) used.',
      'contract number',
      'purchase order',
    ],
  }),
  customCode: f.answer({
    label: 'Custom-developed code',
    station: 'release',
    alsoCalled: ['does this project include custom-developed code?'],
  }),
  codeAccess: f.choice(codeAccessOptions, {
    label: 'Access to the code',
    station: 'release',
    alsoCalled: [
      'does the agency have access to the code associated with the ai use case?',
      'source code access',
    ],
  }),
  codeUrl: f.url({
    label: 'Address of the code',
    station: 'release',
    alsoCalled: [
      'if the code is open-source, provide the link for the publicly available source code.',
      'repository',
    ],
  }),
  authorisedToOperate: f.answer({
    label: 'Authorised to operate',
    station: 'release',
    alsoCalled: [
      'does this ai use case have an associated authority to operate (ato) for an ai system?',
      'ato',
    ],
  }),
  authorisedSystem: f.line({
    label: 'System named in that authorisation',
    station: 'release',
    alsoCalled: ['system name'],
  }),
  toolsWait: f.choice(waitOptions, {
    label: 'Wait for developer tools',
    station: 'supply',
    alsoCalled: ['how long have you waited for the necessary developer tools to implement the ai use case?'],
  }),
  infrastructureIntake: f.answer({
    label: 'Infrastructure provided through one intake',
    station: 'supply',
    alsoCalled: [
      'for this ai use case, is the required it infrastructure provisioned via a centralized intake form or process inside the agency?',
    ],
  }),
  infrastructureNote: f.text({ label: 'Note on infrastructure', station: 'supply', max: 2000 }),
  computingRequest: f.answer({
    label: 'Computing can be requested by a process',
    station: 'supply',
    alsoCalled: [
      'do you have a process in place to request access to computing resources for model training and development of the ai involved in this use case?',
    ],
  }),
  computingNote: f.text({ label: 'Note on computing', station: 'supply', max: 2000 }),
  provisioningTimely: f.answer({
    label: 'Resources were provided in time',
    station: 'supply',
    alsoCalled: ['has communication regarding the provisioning of your requested resources been timely?'],
  }),
  provisioningNote: f.text({ label: 'Note on provision', station: 'supply', max: 2000 }),
  reuse: f.choice(reuseOptions, {
    label: 'Re-use',
    station: 'supply',
    alsoCalled: [
      'how are existing data science tools, libraries, data products, and internally-developed ai infrastructure being re-used for the current ai use case?',
    ],
  }),
  reuseNote: f.text({ label: 'Note on re-use', station: 'supply', max: 2000 }),
  modelDocumentation: f.choice(modelDocumentationOptions, {
    label: 'Documentation open to review inside',
    station: 'release',
    alsoCalled: [
      'has information regarding the ai use case, including performance metrics and intended use of the model, been made available for review and feedback within the agency?',
    ],
  }),
};

const assuranceFields: Fields = {
  extensionRequested: f.answer({
    label: 'Extension of a duty requested',
    station: 'classification',
    alsoCalled: [
      'has your agency requested an extension to implement the minimum risk management practices for this ai use case?',
    ],
  }),
  impactAssessmentStated: f.answer({
    label: 'Impact assessment done, as stated',
    help: 'A statement only. The station asks for the assessment itself (8.4).',
    station: 'impact',
    alsoCalled: [
      'has an ai impact assessment been conducted for this ai use case?',
      'impact assessment done',
    ],
  }),
  testing: f.choice(testingOptions, {
    label: 'Testing, as stated',
    station: 'release',
    alsoCalled: [
      'has the ai use case been tested in operational or real-world environments to understand the performance and impact it may have on affected individuals or communities?',
      'testing',
    ],
  }),
  testingNote: f.text({ label: 'Note on testing', station: 'release', max: 4000 }),
  keyRisks: f.text({
    label: 'Key risks, as stated',
    station: 'risk',
    alsoCalled: [
      'what are the key risks from using the ai for this particular use case and how were they identified?',
      'key risks',
    ],
  }),
  independentReview: f.choice(independentReviewOptions, {
    label: 'Independent review, as stated',
    station: 'assurance',
    alsoCalled: [
      'has an independent evaluation of the ai use case been conducted?',
      'independent evaluation',
    ],
  }),
  monitoring: f.choice(monitoringOptions, {
    label: 'Monitoring, as stated',
    station: 'operation',
    alsoCalled: [
      "is there a process to monitor performance of the ai system's functionality and changes to its impact on rights or safety as part of the post-deployment plan for the ai use case?",
      'monitoring',
    ],
  }),
  monitoringNote: f.text({ label: 'Note on monitoring', station: 'operation', max: 4000 }),
};

const peopleFields: Fields = {
  actsWithoutPerson: f.answer({
    label: 'Acts with significant effect without a person',
    station: 'operation',
    alsoCalled: [
      'for this particular use case, can the ai carry out a decision or action without direct human involvement that could result in a significant impact on rights or safety?',
    ],
  }),
  actsWithoutPersonNote: f.text({
    label: 'Note on acting without a person',
    station: 'operation',
    max: 2000,
  }),
  influencesDecisions: f.answer({
    label: 'Influences decisions that may harm people',
    station: 'impact',
    alsoCalled: [
      'is the ai used to significantly influence or inform decisions or actions that could have an adverse or negative impact on specific individuals or groups?',
    ],
  }),
  noticeGiven: f.list({
    label: 'How people are told',
    station: 'information',
    alsoCalled: [
      'how is the agency providing reasonable and timely notice regarding the use of ai when people interact with an ai-enabled service as a result of this ai use case?',
      'notice',
    ],
  }),
  noticeNote: f.text({ label: 'Note on telling people', station: 'information', max: 4000 }),
  disparityMeasures: f.text({
    label: 'Measures against unequal performance',
    station: 'impact',
    alsoCalled: [
      "what steps has the agency taken to detect and mitigate significant disparities in the model's performance across demographic groups for this ai use case?",
      'bias mitigation',
    ],
  }),
  consultation: f.list({
    label: 'How affected groups were heard',
    station: 'impact',
    alsoCalled: [
      'what steps has the agency taken to consult and incorporate feedback from groups affected by this ai use case?',
      'consultation',
    ],
  }),
  consultationNote: f.text({ label: 'Note on consultation', station: 'impact', max: 4000 }),
  appeal: f.answer({
    label: 'An outcome can be contested',
    station: 'information',
    alsoCalled: [
      "is there an established fallback and escalation process for this ai use case in the event that an impacted individual or group would like to appeal or contest the ai system's outcome?",
      'appeal process',
    ],
  }),
  appealNote: f.text({ label: 'Note on contesting', station: 'information', max: 2000 }),
  fallback: f.answer({
    label: 'A human alternative can be chosen',
    station: 'information',
    alsoCalled: [
      'where practicable and consistent with applicable law and governmentwide policy, is there an established mechanism for individuals to opt-out from the ai functionality in favor of a human alternative?',
      'opt-out',
      'fallback',
    ],
  }),
  fallbackNote: f.text({ label: 'Note on the alternative', station: 'information', max: 2000 }),
};

export const statedFields: Fields = {
  ...publicFields,
  ...dataFields,
  ...buildFields,
  ...assuranceFields,
  ...peopleFields,
};
