/** Every way in which a rule of a station is no gap though what it asks for is not plainly on record. */
import type { Settled } from '../outcome.ts';
import { assuranceSettled } from './assurance.ts';
import { classificationSettled } from './classification.ts';
import { classificationEntailedSettled } from './classification-entailed.ts';
import { classificationWithdrawnSettled } from './classification-withdrawn.ts';
import { controlsSettled } from './controls.ts';
import { correctionSettled } from './correction.ts';
import { evidenceSettled } from './evidence.ts';
import { impactSettled } from './impact.ts';
import { informationSettled } from './information.ts';
import { operationSettled } from './operation.ts';
import { ownershipSettled } from './ownership.ts';
import { policySettled } from './policy.ts';
import { releaseSettled } from './release.ts';
import { riskSettled } from './risk.ts';
import { riskFindingSettled } from './risk-findings.ts';
import { riskRunSettled } from './risk-runs.ts';
import { scopeSettled } from './scope.ts';
import { supplySettled } from './supply.ts';
import { useCasesSettled } from './use-cases.ts';

export const settled: readonly Settled[] = [
  ...scopeSettled,
  ...policySettled,
  ...ownershipSettled,
  ...useCasesSettled,
  ...supplySettled,
  ...classificationSettled,
  ...classificationWithdrawnSettled,
  ...classificationEntailedSettled,
  ...impactSettled,
  ...riskFindingSettled,
  ...riskRunSettled,
  ...riskSettled,
  ...controlsSettled,
  ...releaseSettled,
  ...informationSettled,
  ...operationSettled,
  ...evidenceSettled,
  ...assuranceSettled,
  ...correctionSettled,
];
