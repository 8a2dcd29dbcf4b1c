import { loadCatalogue } from '@throughline/catalogue/load.ts';

/** Answers of a plan that calls for the items named: each other control of Annex A is said not to be needed, and why. */
export const comparedBut = (...calledFor: readonly string[]) =>
  loadCatalogue()
    .iso42001.annex_a.controls.filter(({ id }) => !calledFor.includes(id))
    .map(({ id }) => ({ control: id, answer: 'not-needed', reason: 'It does not bear on this risk' }));
