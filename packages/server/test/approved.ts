import { type Agent, record } from './factories.ts';

/** Has somebody approve the newest version of a record. */
export async function approved(by: Agent, collection: string, ref: string): Promise<void> {
  const { version, proof } = (await by.send('GET', `/${collection}/${ref}`)).json();
  const act = { act: 'approve', version, digest: proof.digest };
  const given = await by.send('POST', `/${collection}/${ref}/approvals`, act);
  if (given.statusCode >= 300) throw new Error(`${collection}/${ref} was not approved: ${given.body}`);
}

const step = (name: string) => ({ step: name, meaning: `${name} it is` });

/** Whole criteria: two steps of likelihood, two of consequence, and one for society alone. */
export const wholeCriteria = {
  likelihoods: [step('Seldom'), step('Often')],
  consequences: [step('Mild'), step('Hard'), { bearer: 'society', ...step('Felt everywhere') }],
  matrix: [
    ...['Seldom', 'Often'].map((likelihood) => ({ likelihood, consequence: 'Mild', level: 'low' })),
    { likelihood: 'Seldom', consequence: 'Hard', level: 'moderate' },
    { likelihood: 'Often', consequence: 'Hard', level: 'high' },
    { bearer: 'society', likelihood: 'Seldom', consequence: 'Felt everywhere', level: 'high' },
    { bearer: 'society', likelihood: 'Often', consequence: 'Felt everywhere', level: 'severe' },
  ],
  thresholds: [{ level: 'moderate' }],
  appetite: 'Harm to health is never borne for profit',
};

/** Those criteria, written by one and approved by another: what rates from then on. */
export async function criteriaInForce(by: Agent, approver: Agent, changes: object = {}) {
  const criteria = await record(by, 'risk-criteria', { name: 'Criteria', ...wholeCriteria, ...changes });
  await approved(approver, 'risk-criteria', criteria.ref);
  return criteria;
}

/** A body that rates by them. */
export const ratingBy = (changes: object = {}) => ({
  point: 'current',
  likelihood: 'Often',
  consequences: { organisation: 'Mild', individuals: 'Hard', society: 'Felt everywhere' },
  ...changes,
});
