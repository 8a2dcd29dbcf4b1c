import { ensurePresentNow, refuseOpened } from '../records/presence.ts';
import type { Store } from '../store/store.ts';
import type { Caller } from './caller.ts';
import type { Route } from './route.ts';

/**
 * `asks`: the change is carried out only for somebody who showed lately who they are. `inside`: the use case decides, by
 * what is done to which record (see `stepWeights`) or by whose account it is. `light`: it asks for none.
 */
export type ProofRule = 'asks' | 'inside' | 'light';

/** Changes that administer the organisation ask, but for these: ending a way in is never held up, and a demo decides nothing. */
const lightAdministration: readonly string[] = [
  'POST /sign-in-provider/test',
  'DELETE /members/:id/outside/:identity',
  'DELETE /tokens/:id',
  'POST /demo',
];

/** Every other change that somebody signed in can ask for. A test fails for one that is not here. */
const others: Readonly<Record<ProofRule, readonly string[]>> = {
  asks: [
    'POST /:collection/:ref/erase',
    'POST /deputies',
    'POST /members/:id/export',
    'POST /duty-waivers',
    'POST /duty-waivers/:id/end',
    'POST /proposals/:id/confirm',
  ],
  inside: [
    'POST /:collection/:ref/approvals',
    'POST /:collection/:ref/transitions',
    'POST /:collection/bulk',
    'PUT /account/password',
    'POST /account/passkeys',
    'POST /account/passkeys/begin',
    'POST /account/recovery-codes',
    'POST /account/totp',
    'POST /account/totp/begin',
    'DELETE /account/factors/:id',
    'POST /account/outside',
    // Of somebody else it administers; one's own ends by a word.
    'DELETE /deputies/:id',
  ],
  light: [
    'DELETE /session',
    'POST /session/organisation',
    'POST /session/proof',
    'POST /session/proof/begin',
    'POST /session/proof/provider',
    'POST /classification/rules/compare',
    'POST /classification/rules/compare/export',
    'PUT /classifications/:ref/interview',
    'POST /classifications/:ref/obligations',
    'POST /classification/evaluate',
    // Each class is made final and signed off by itself.
    'POST /classification/many',
    'POST /classifications/:ref/validations',
    'POST /obligations/overlaps',
    'POST /gap-analyses/:ref/baseline',
    // What is kept is signed off by another person.
    'POST /use-cases/:ref/tier',
    // What is answered is decided by another person, by a step that weighs.
    'PUT /gates/:ref/criteria',
    'PATCH /gates/:ref/criteria',
    'PATCH /impact-assessments/:ref/sheet',
    'PUT /impact-assessments/:ref/known',
    'PUT /risks/:ref/rating',
    // What is drawn is looked at and concluded on by the tester, by a step that weighs.
    'POST /control-tests/:ref/sample',
    'POST /risks/:ref/opinions',
    'DELETE /risks/:ref/opinions/:id',
    'PUT /risks/:ref/opinions',
    // What is made are records, of which the published one is approved like any document.
    'POST /soa/controls',
    'POST /soa/versions',
    // The same records and steps as one by one; a step that weighs asks by itself.
    'POST /soa/matrix/cells',
    'POST /soa/matrix/cells/undo',
    'DELETE /account/outside/:id',
    'DELETE /account/sessions',
    'DELETE /account/sessions/:id',
    'POST /proposals/:id/end',
    'PUT /preferences',
    'POST /views',
    'PATCH /views/:id',
    'DELETE /views/:id',
    'POST /:collection',
    'PATCH /:collection/:ref',
    'POST /:collection/:ref/archive',
    'POST /:collection/:ref/restore',
    'POST /:collection/:ref/undo',
    'POST /:collection/:ref/comments',
    'POST /:collection/:ref/recusals',
    'PATCH /comments/:id',
    'DELETE /comments/:id',
    'POST /comments/:id/seen',
    'POST /blobs',
    'POST /imports',
    'PATCH /imports/:id',
    'DELETE /imports/:id',
    'POST /imports/:id/preview',
    'POST /imports/:id/apply',
    'POST /imports/:id/undo',
    'POST /import-profiles',
    'POST /jobs/:id/cancel',
    'POST /readiness/judgements',
    'POST /walks/draw',
    'POST /walks/:ref/record',
  ],
};

/** Whether a route asks for a fresh proof; `undefined` where nobody decided it, and then it asks too. */
export function proofRuleOf(route: Pick<Route, 'method' | 'path' | 'access'>): ProofRule | undefined {
  if (route.method === 'GET' || route.access === 'open') return 'light';
  const name = `${route.method} ${route.path}`;
  if (route.access !== 'signed-in') return lightAdministration.includes(name) ? 'light' : 'asks';
  return (['asks', 'inside', 'light'] as const).find((rule) => others[rule].includes(name));
}

/** What the lists above speak of, for the test that holds them against the routes. */
export const named: readonly string[] = [...lightAdministration, ...Object.values(others).flat()];

/** Throws `forbidden` where what asks for a fresh proof is asked by an account that one administrator alone opened. */
export function refuseUnknownHand(route: Pick<Route, 'method' | 'path' | 'access'>, { actor }: Caller): void {
  if ((proofRuleOf(route) ?? 'asks') === 'asks') refuseOpened(actor);
}

/** Throws `step-up` where the caller's last proof is older than their organisation takes. A token carries none. */
export async function ensureFresh(
  store: Store,
  route: Pick<Route, 'method' | 'path' | 'access'>,
  { by, organisation }: Caller,
  now: Date,
): Promise<void> {
  if (by.type !== 'session' || (proofRuleOf(route) ?? 'asks') !== 'asks') return;
  await ensurePresentNow(store, { organisation, presence: by.presence, at: now });
}
