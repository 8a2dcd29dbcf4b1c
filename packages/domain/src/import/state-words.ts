import type { Option } from '../kinds/fields.ts';
import type { Kind } from '../kinds/kind.ts';

/** What inventories call the stages of a life cycle, beside the labels of the states themselves. */
const stageWords: Readonly<Record<string, readonly string[]>> = {
  inception: [
    'planned',
    'ideation',
    'initiated',
    'idea',
    'concept',
    'proposed',
    'planning',
    'pre deployment',
  ],
  'design-development': [
    'development',
    'in development',
    'acquisition and/or development',
    'design',
    'building',
    'prototype',
  ],
  'verification-validation': [
    'implementation and assessment',
    'testing',
    'test',
    'pilot',
    'validation',
    'verification',
    'uat',
  ],
  deployment: ['deploying', 'rollout', 'roll out'],
  'operation-monitoring': [
    'operation and maintenance',
    'in production',
    'production',
    'in mission',
    'operation',
    'operational',
    'deployed',
    'live',
    'active',
    'in use',
    'running',
  ],
  retirement: ['retired', 'decommissioned', 'inactive', 'discontinued', 'withdrawn'],
};

/** Stages as a use case has them: whether it is in use, not how far the system is. */
const useOfStage: Readonly<Record<string, string>> = {
  inception: 'proposed',
  'design-development': 'in-preparation',
  'verification-validation': 'in-preparation',
  deployment: 'in-preparation',
  'operation-monitoring': 'in-use',
  retirement: 'retired',
};

const synonyms = new Map<string, Readonly<Record<string, string>>>();

/** Words → state, for a kind whose states are stages or follow from them. States of other kinds are known by their labels. */
export function stateWords(kind: Kind): Readonly<Record<string, string>> {
  const known = synonyms.get(kind.name);
  if (known) return known;
  const words: Record<string, string> = {};
  for (const [stage, spellings] of Object.entries(stageWords)) {
    const state = stage in kind.lifecycle.states ? stage : useOfStage[stage];
    if (state && state in kind.lifecycle.states) for (const spelling of spellings) words[spelling] = state;
  }
  for (const [id, state] of Object.entries(kind.lifecycle.states)) {
    words[id] = id;
    words[state.label] = id;
  }
  synonyms.set(kind.name, words);
  return words;
}

const optionsOf = new Map<string, readonly Option[]>();

export function stateOptions(kind: Kind): readonly Option[] {
  const known = optionsOf.get(kind.name);
  if (known) return known;
  const made = Object.entries(kind.lifecycle.states).map(([id, state]) => ({ id, label: state.label }));
  optionsOf.set(kind.name, made);
  return made;
}
