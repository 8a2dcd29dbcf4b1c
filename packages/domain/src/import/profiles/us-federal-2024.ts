import type { Profile, ProfileColumn } from './profile.ts';

/** Impact classes of OMB memorandum M-24-10 are a scheme of their own: none of them is a class of the EU AI Act. */
const impactScheme = 'US OMB M-24-10';
const waiver = 'Agency CAIO has waived this minimum practice and reported such waiver to OMB.';

/** Questions whose third answer is explained in the column after them: "Other" is neither yes nor no. */
const yesNoOther = (target: string): ProfileColumn => ({
  target,
  values: { Other: '', 'Other, if other please explain in next question.': '' },
});
const day = (target: string): ProfileColumn => ({ target, dateOrder: 'month-first' });

const about: Readonly<Record<string, ProfileColumn>> = {
  'Use Case Name': { target: 'name' },
  Agency: { target: 'unit' },
  'Agency Abbreviation': { target: 'unitCode' },
  Bureau: { target: 'subUnit' },
  'Use Case Topic Area': { target: 'topic' },
  'Other (Use Case Topic Area)': { target: 'topicNote' },
  'Is the AI use case found in the below list of general commercial AI products and services?': {
    target: 'commercialUse',
  },
  'What is the intended purpose and expected benefits of the AI?': { target: 'purpose' },
  "Describe the AI system's outputs.": { target: 'outputs' },
  'Stage of Development': {
    target: 'state',
    values: {
      Planned: 'proposed',
      Ideation: 'proposed',
      Initiated: 'proposed',
      'Acquisition and/or Development': 'in-preparation',
      'Implementation and Assessment': 'in-preparation',
      'Operation and Maintenance': 'in-use',
      'In production': 'in-use',
      'In mission': 'in-use',
      Retired: 'retired',
    },
    formedValues: {
      Planned: 'inception',
      Ideation: 'inception',
      Initiated: 'inception',
      'Acquisition and/or Development': 'design-development',
      'Implementation and Assessment': 'verification-validation',
      'Operation and Maintenance': 'operation-monitoring',
      'In production': 'operation-monitoring',
      'In mission': 'operation-monitoring',
      Retired: 'retirement',
    },
  },
  'Is the AI use case rights-impacting, safety-impacting, both, or neither?': {
    target: `external:${impactScheme}`,
    values: {
      Neither: 'Neither',
      Both: 'Both',
      'Rights-Impacting': 'Rights-impacting',
      'Safety-Impacting': 'Safety-impacting',
    },
  },
  'Date Initiated': day('beganOn'),
  'Date when Acquisition and/or Development began': day('acquisitionBeganOn'),
  'Date Implemented': day('liveSince'),
  'Date Retired': day('retiredOn'),
  'Was the AI system involved in this use case developed (or is it to be developed) under contract(s) or in-house?':
    {
      target: 'sourcing',
      values: {
        'Developed with contracting resources.': 'contracted',
        'Exclusively developed with contract/external resources.': 'contracted',
        'Developed in-house.': 'in-house',
        'No contract/external resources used in development.': 'in-house',
        'Developed with both contracting and in-house resources.': 'in-house-and-contracted',
        'Developed with a combination of in-house and contract/external resources.':
          'in-house-and-contracted',
      },
    },
  'Provide the Procurement Instrument Identifier(s) (PIID) of the contract(s) used.': {
    target: 'contractReference',
  },
  'Is this AI use case supporting a High-Impact Service Provider (HISP) public-facing service?': {
    target: 'publicService',
  },
  'Which HISP is the AI use case supporting?': { target: 'publicServiceProvider' },
  'Which public-facing service is the AI use case supporting?': { target: 'publicServiceName' },
  'Does this AI use case disseminate information to the public?': { target: 'informsPublic' },
  'How is the agency ensuring compliance with Information Quality Act guidelines, if applicable?': {
    target: 'informationQuality',
  },
};

const catalogueQuestion =
  'Do you have access to an enterprise data catalog or agency-wide data repository that enables you to identify whether or not the necessary datasets exist and are ready to develop your use case?';
const demographicQuestion =
  'Which, if any, demographic variables does the AI use case explicitly use as model features?';

const data: Readonly<Record<string, ProfileColumn>> = {
  'Does this AI use case involve personally identifiable information (PII) that is maintained by the agency?':
    {
      target: 'personalData',
    },
  'Has the Senior Agency Official for Privacy (SAOP) assessed the privacy risks associated with this AI use case?':
    {
      target: 'privacyReview',
    },
  [catalogueQuestion]: yesNoOther('dataCatalogue'),
  [`If Other, please explain. (${catalogueQuestion})`]: { target: 'dataCatalogueNote' },
  'Describe any agency-owned data used to train, fine-tune, and/or evaluate performance of the model(s) used in this use case.':
    { target: 'dataDescription' },
  'Is there available documentation for the model training and evaluation data that demonstrates the degree to which it is appropriate to be used in analysis or for making predictions?':
    {
      target: 'dataDocumentation',
      values: {
        'Documentation is missing or not available': 'missing',
        'Documentation has been partially completed': 'partial',
        'Documentation has been partially complete': 'partial',
        'Documentation is complete': 'complete',
        'Documentation is widely available': 'widely-available',
      },
    },
  [demographicQuestion]: { target: 'demographicVariables' },
  [`If Other, please explain. (${demographicQuestion})`]: { target: 'demographicNote' },
};

const infrastructureQuestion =
  'For this AI use case, is the required IT infrastructure provisioned via a centralized intake form or process inside the agency?';
const computingQuestion =
  'Do you have a process in place to request access to computing resources for model training and development of the AI involved in this use case?';
const timelyQuestion =
  'Has communication regarding the provisioning of your requested resources been timely?';

const build: Readonly<Record<string, ProfileColumn>> = {
  'Does this project include custom-developed code?': { target: 'customCode' },
  'Does the agency have access to the code associated with the AI use case?': {
    target: 'codeAccess',
    values: {
      'Yes - agency has access to source code, but it is not public.': 'internal',
      'No - agency does not have access to source code.': 'none',
      'Yes - source code is publicly available.': 'public',
    },
  },
  'If the code is open-source, provide the link for the publicly available source code.': {
    target: 'codeUrl',
  },
  'Does this AI use case have an associated Authority to Operate (ATO) for an AI system?': {
    target: 'authorisedToOperate',
  },
  // The system of the security authorisation: a platform that many uses run on, not the AI system of this use.
  'System Name': { target: 'authorisedSystem' },
  'How long have you waited for the necessary developer tools to implement the AI use case?': {
    target: 'toolsWait',
    values: {
      'Less than 6 months': 'under-6-months',
      '6-12 months': '6-to-12-months',
      'More than 12 months': 'over-12-months',
    },
  },
  [infrastructureQuestion]: yesNoOther('infrastructureIntake'),
  [`If Other, please explain. (${infrastructureQuestion})`]: { target: 'infrastructureNote' },
  [computingQuestion]: yesNoOther('computingRequest'),
  [`If Other, please explain. (${computingQuestion})`]: { target: 'computingNote' },
  [timelyQuestion]: yesNoOther('provisioningTimely'),
  [`If Other, please explain. (${timelyQuestion})`]: { target: 'provisioningNote' },
  'How are existing data science tools, libraries, data products, and internally-developed AI infrastructure being re-used for the current AI use case?':
    {
      target: 'reuse',
      values: {
        None: 'none',
        'Use of existing data platforms': 'platforms',
        'Re-use production level code from a different use-case': 'code',
        'Re-use production level code and/or data products': 'code-and-data',
      },
    },
  'Has information regarding the AI use case, including performance metrics and intended use of the model, been made available for review and feedback within the agency?':
    {
      target: 'modelDocumentation',
      values: {
        'No documentation is available': 'none',
        'Limited documentation for review': 'limited',
        'Documentation has been developed': 'developed',
        'Documentation has been published': 'published',
      },
    },
};

const assurance: Readonly<Record<string, ProfileColumn>> = {
  'Has your agency requested an extension to implement the minimum risk management practices for this AI use case?':
    { target: 'extensionRequested' },
  'Has an AI impact assessment been conducted for this AI use case?': {
    target: 'impactAssessmentStated',
    values: { 'Planned or in-progress.': 'no' },
  },
  'Has the AI use case been tested in operational or real-world environments to understand the performance and impact it may have on affected individuals or communities?':
    {
      target: 'testing',
      values: {
        'No testing': 'none',
        'Benchmark evaluation': 'benchmark',
        'Performance evaluation in operational environment': 'performance-in-operation',
        'Impact evaluation in operational environment': 'impact-in-operation',
        [waiver]: 'waived',
      },
    },
  'What are the key risks from using the AI for this particular use case and how were they identified?': {
    target: 'keyRisks',
  },
  'Has an independent evaluation of the AI use case been conducted?': {
    target: 'independentReview',
    values: {
      'Planned or in-progress': 'planned',
      "Yes - by an agency AI oversight board not directly involved in the system's development":
        'oversight-board',
      'Yes - by the CAIO': 'chief-ai-officer',
      "Yes - by another appropriate agency office that was not directly involved in the system's development":
        'another-office',
      TRUE: 'done',
      [waiver]: 'waived',
    },
  },
  "Is there a process to monitor performance of the AI system's functionality and changes to its impact on rights or safety as part of the post-deployment plan for the AI use case?":
    {
      target: 'monitoring',
      values: {
        'No monitoring protocols have been established': 'none',
        'Intermittent and Manually Updated': 'manual',
        'Automated and Regularly Scheduled Updates': 'automated',
        'Established Process of Machine Learning Operations': 'ml-operations',
      },
    },
};

const autonomyQuestion =
  'For this particular use case, can the AI carry out a decision or action without direct human involvement that could result in a significant impact on rights or safety?';
const noticeQuestion =
  'How is the agency providing reasonable and timely notice regarding the use of AI when people interact with an AI-enabled service as a result of this AI use case?';
const consultationQuestion =
  'What steps has the agency taken to consult and incorporate feedback from groups affected by this AI use case?';
const optOutQuestion =
  'Where practicable and consistent with applicable law and governmentwide policy, is there an established mechanism for individuals to opt-out from the AI functionality in favor of a human alternative?';

const people: Readonly<Record<string, ProfileColumn>> = {
  [autonomyQuestion]: yesNoOther('actsWithoutPerson'),
  [`If Other, please explain. (${autonomyQuestion})`]: { target: 'actsWithoutPersonNote' },
  [noticeQuestion]: { target: 'noticeGiven' },
  [`If Other, please explain. (${noticeQuestion})`]: { target: 'noticeNote' },
  'Is the AI used to significantly influence or inform decisions or actions that could have an adverse or negative impact on specific individuals or groups?':
    { target: 'influencesDecisions' },
  "What steps has the agency taken to detect and mitigate significant disparities in the model's performance across demographic groups for this AI use case?":
    { target: 'disparityMeasures' },
  [consultationQuestion]: { target: 'consultation' },
  [`If Other, please explain. (${consultationQuestion})`]: { target: 'consultationNote' },
  "Is there an established fallback and escalation process for this AI use case in the event that an impacted individual or group would like to appeal or contest the AI system's outcome?":
    { target: 'appeal' },
  'If No, please explain.': { target: 'appealNote' },
  [optOutQuestion]: yesNoOther('fallback'),
  [`If Other, please explain. (${optOutQuestion})`]: { target: 'fallbackNote' },
};

/** The consolidated inventory of AI use cases that US federal agencies published for 2024. */
export const usFederal2024: Profile = {
  id: 'us-federal-2024',
  label: 'US federal inventory 2024',
  kind: 'use-case',
  source: 'us-federal-inventory',
  columns: { ...about, ...data, ...build, ...assurance, ...people },
  identity: ['Agency', 'Use Case Name'],
  tellApart: ['Bureau', 'What is the intended purpose and expected benefits of the AI?'],
  fiscalYearStart: 10,
};
