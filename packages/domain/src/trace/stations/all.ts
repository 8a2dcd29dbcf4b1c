import type { StationId } from '@throughline/catalogue/vocabulary.ts';
import type { StationRules } from '../context.ts';
import { assurance } from './assurance.ts';
import { classification } from './classification.ts';
import { controls } from './controls.ts';
import { correction } from './correction.ts';
import { evidence } from './evidence.ts';
import { impact } from './impact.ts';
import { information } from './information.ts';
import { operation } from './operation.ts';
import { ownership } from './ownership.ts';
import { policy } from './policy.ts';
import { release } from './release.ts';
import { risk } from './risk.ts';
import { scope } from './scope.ts';
import { supply } from './supply.ts';
import { useCaseStation } from './use-cases.ts';

/** The rules of every station. A rule of the catalogue that is not here stands on the list of later ones. */
export const stationRules: Readonly<Record<StationId, StationRules>> = {
  scope,
  policy,
  ownership,
  'use-cases': useCaseStation,
  supply,
  classification,
  impact,
  risk,
  controls,
  release,
  information,
  operation,
  evidence,
  assurance,
  correction,
};
