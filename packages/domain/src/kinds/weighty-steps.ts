import type { Kind } from './kind.ts';

/**
 * Steps of the life cycle that weigh as much as an approval: they accept, pass, conclude or close, and others rely on
 * that word. Whoever takes one shows who they are, as for an approval; `light` steps prepare, begin, or open again what
 * was closed, but for what was found (`found.ts`): a second person opens that, and says why. Every step of every kind stands in one of the two; a test fails for one that stands in neither.
 */
export const stepWeights: Readonly<
  Record<string, { readonly weighty: readonly string[]; readonly light: readonly string[] }>
> = {
  applicability: { weighty: [], light: ['withdraw', 'resume'] },
  audit: { weighty: ['report'], light: ['start', 'reopen', 'cancel'] },
  classification: { weighty: ['conclude'], light: ['reopen', 'withdraw'] },
  'classification-scheme': { weighty: [], light: ['withdraw', 'resume'] },
  competence: { weighty: [], light: ['end', 'resume'] },
  concern: { weighty: ['answer', 'close'], light: ['triage', 'inquire', 'reopen'] },
  control: { weighty: ['drop'], light: ['adopt'] },
  'control-test': { weighty: ['conclude', 'reopen'], light: ['start', 'resume', 'cancel'] },
  'corrective-action': { weighty: ['confirm', 'refute'], light: ['start', 'finish', 'giveUp', 'plan'] },
  'design-record': { weighty: [], light: ['withdraw', 'resume'] },
  dataset: { weighty: [], light: ['use', 'prepare', 'rest', 'dispose'] },
  document: { weighty: [], light: ['withdraw', 'resume'] },
  evidence: { weighty: [], light: ['reject', 'restore', 'dispose'] },
  finding: { weighty: ['close'], light: ['answer', 'reopen'] },
  mapping: { weighty: [], light: ['withdraw', 'resume'] },
  'gap-analysis': { weighty: [], light: ['close', 'reopen'] },
  gate: { weighty: ['pass', 'refuse'], light: ['withdraw', 'askAgain'] },
  'impact-assessment': { weighty: ['complete'], light: ['reassess', 'withdraw'] },
  implementation: { weighty: [], light: ['begin', 'complete', 'end', 'plan'] },
  incident: { weighty: ['close'], light: ['triage', 'contain', 'reopen'] },
  'log-plan': { weighty: [], light: ['withdraw', 'resume'] },
  model: { weighty: [], light: ['consider', 'adopt', 'withdraw'] },
  monitor: { weighty: [], light: ['start', 'pause', 'end', 'plan'] },
  nonconformity: {
    weighty: ['verifyWithoutAction', 'close', 'reject'],
    light: ['correct', 'analyse', 'analyseAgain', 'plan', 'run', 'verify', 'reopen', 'takeUp'],
  },
  notice: { weighty: [], light: ['publish', 'revise', 'withdraw'] },
  obligation: { weighty: ['decline'], light: ['takeOn', 'end', 'reopen'] },
  'regulatory-file': { weighty: ['make'], light: ['prepare', 'withdraw'] },
  'requirement-spec': { weighty: [], light: ['withdraw', 'resume'] },
  resource: { weighty: [], light: ['plan', 'provide', 'withdraw'] },
  responsibility: { weighty: ['agree'], light: ['propose', 'end'] },
  'risk-assessment': { weighty: ['finish'], light: ['reopen', 'callOff'] },
  'risk-criteria': { weighty: [], light: ['withdraw', 'resume'] },
  risk: { weighty: ['bear', 'close'], light: ['assess', 'treat', 'reopen'] },
  'role-assignment': { weighty: ['accept'], light: ['end', 'assign'] },
  supplier: { weighty: [], light: ['consider', 'engage', 'end'] },
  system: {
    weighty: ['goLive', 'retire'],
    light: ['develop', 'verify', 'takeBack', 'takeBackToVerify', 'deploy', 'learn', 'reEvaluate', 'reopen'],
  },
  'system-card': { weighty: [], light: ['withdraw', 'resume'] },
  'system-version': { weighty: ['goLive'], light: ['replace', 'withdraw'] },
  task: { weighty: [], light: ['start', 'finish', 'drop', 'reopen'] },
  treatment: { weighty: ['start'], light: ['finish', 'treatAgain', 'giveUp'] },
  'use-case': { weighty: ['putIntoUse', 'reject'], light: ['prepare', 'suspend', 'retire', 'propose'] },
  verification: { weighty: ['conclude', 'reopen'], light: ['begin', 'resume', 'callOff'] },
  waiver: { weighty: [], light: ['end'] },
  walk: { weighty: ['conclude'], light: ['start', 'drop', 'resume'] },
  'working-paper': { weighty: ['review'], light: ['setAside', 'reopen'] },
};

/** Whether a step asks for a fresh proof of who takes it. What this release does not know weighs. */
export function isWeighty(kind: Kind, transition: string): boolean {
  return !(stepWeights[kind.name]?.light.includes(transition) ?? false);
}
