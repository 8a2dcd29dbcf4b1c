/** What an impact assessment carries beside its effects: the assessments that law knows, annexes, method, change. */
import { type Fields, f } from './fields.ts';
import { confirmableParts, otherAssessmentStates } from './vocabulary/impact.ts';

const annex = (words: { label: string; place: string; owner: string }, name: string): Fields => ({
  [name]: f.choice(otherAssessmentStates, { label: words.label, station: 'impact' }),
  [`${name}Reason`]: f.text({ label: `${words.label}: why not due`, station: 'impact', max: 1000 }),
  [`${name}Reference`]: f.line({ label: words.place, station: 'impact' }),
  [`${name}Owner`]: f.member({ label: words.owner, station: 'impact' }),
});

/** Privacy by the ids under which record of processing and assessment are kept, safety and security as annexes. */
export const annexFields: Fields = {
  ropaReference: f.line({
    label: 'Record of processing',
    help: 'Id in the register of processing activities.',
    station: 'impact',
    alsoCalled: ['ropa', 'ropa id', 'record of processing'],
  }),
  ropaReason: f.text({ label: 'Why no record of processing', station: 'impact', max: 1000 }),
  privacyOwner: f.member({
    label: 'Who answers for privacy',
    station: 'impact',
    alsoCalled: ['dpo', 'privacy owner'],
  }),
  dpia: f.choice(otherAssessmentStates, {
    label: 'Data protection assessment',
    station: 'impact',
    alsoCalled: ['dpia'],
  }),
  dpiaReason: f.text({ label: 'Why it is not due', station: 'impact', max: 1000 }),
  dpiaReference: f.line({ label: 'Where it is', station: 'impact' }),
  dpiaOn: f.day({ label: 'Data protection assessment done on', station: 'impact' }),
  ...annex(
    { label: 'Safety annex', place: 'Where the safety annex is', owner: 'Who answers for safety' },
    'safety',
  ),
  ...annex(
    { label: 'Security annex', place: 'Where the security annex is', owner: 'Who answers for security' },
    'security',
  ),
};

/** The fundamental-rights assessment: where it stands, and what it asks beyond the rest (EU AI Act 27). */
export const rightsFields: Fields = {
  fria: f.choice(otherAssessmentStates, {
    label: 'Fundamental rights assessment',
    station: 'impact',
    alsoCalled: ['fria'],
  }),
  friaReason: f.text({ label: 'Why it is not due here', station: 'impact', max: 1000 }),
  friaReference: f.line({ label: 'Where that one is', station: 'impact' }),
  friaOn: f.day({ label: 'Fundamental rights assessment done on', station: 'impact' }),
  friaNotifiedOn: f.day({ label: 'Authority notified on', station: 'impact' }),
  friaProcesses: f.text({
    label: 'Processes in which it is used',
    help: 'EU AI Act 27(1)(a).',
    station: 'impact',
    max: 4000,
  }),
  friaPeriod: f.text({
    label: 'Period and frequency of use',
    help: 'EU AI Act 27(1)(b).',
    station: 'impact',
    max: 1000,
  }),
  friaOversight: f.text({
    label: 'Human oversight as carried out',
    help: 'EU AI Act 27(1)(e).',
    station: 'impact',
    max: 4000,
  }),
  friaMeasures: f.text({
    label: 'If harm occurs',
    help: 'Measures, who decides, and ways to complain (EU AI Act 27(1)(f)).',
    station: 'impact',
    max: 4000,
  }),
  friaAuthority: f.line({ label: 'Authority notified', station: 'impact' }),
  friaReceipt: f.line({ label: 'Receipt of the notification', station: 'impact' }),
  friaNotNotified: f.text({
    label: 'Why no authority is notified',
    help: 'Such as the case of EU AI Act 46(1).',
    station: 'impact',
    max: 1000,
  }),
};

/** The version of the method that was followed, and what still waits for a person. */
export const methodFields: Fields = {
  methodVersion: f.number({ label: 'Version of the method', station: 'impact', whole: true, min: 1 }),
  toConfirm: f.choices(confirmableParts, {
    label: 'Filled in, to be confirmed',
    help: 'Taken from other records. Each waits until a person has confirmed or changed it.',
    station: 'impact',
  }),
};

/** A change that is proposed: assessed before it takes effect (8.4, 6.3). */
export const changeFields: Fields = {
  proposedChange: f.text({
    label: 'Proposed change',
    help: 'Where the assessment is of a change that has not taken effect yet.',
    station: 'impact',
    max: 4000,
    alsoCalled: ['proposed change', 'change assessed'],
  }),
  changeEffectiveOn: f.day({ label: 'The change takes effect on', station: 'impact' }),
};
