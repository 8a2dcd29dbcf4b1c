/** Every way in which a rule of a station is missed. */
import type { Miss } from '../outcome.ts';
import { assuranceMisses } from './assurance.ts';
import { buildMisses } from './build.ts';
import { classificationMisses } from './classification.ts';
import { classificationDutyMisses } from './classification-duties.ts';
import { classificationEntailedMisses } from './classification-entailed.ts';
import { classificationValidatedMisses } from './classification-validated.ts';
import { classificationWithdrawnMisses } from './classification-withdrawn.ts';
import { controlsMisses } from './controls.ts';
import { correctionMisses } from './correction.ts';
import { evidenceMisses } from './evidence.ts';
import { evidenceTestMisses } from './evidence-tests.ts';
import { impactMisses } from './impact.ts';
import { impactFindingMisses } from './impact-findings.ts';
import { impactUpkeepMisses } from './impact-upkeep.ts';
import { informationMisses } from './information.ts';
import { operationMisses } from './operation.ts';
import { ownershipMisses } from './ownership.ts';
import { policyMisses } from './policy.ts';
import { releaseMisses } from './release.ts';
import { riskMisses } from './risk.ts';
import { riskFindingMisses } from './risk-findings.ts';
import { riskGroundMisses } from './risk-ground.ts';
import { riskResidualMisses } from './risk-residual.ts';
import { riskRunMisses } from './risk-runs.ts';
import { riskTreatmentMisses } from './risk-treatment.ts';
import { scopeMisses } from './scope.ts';
import { supplyPartMisses } from './supply-parts.ts';
import { supplierMisses } from './supply-suppliers.ts';
import { useCasesMisses } from './use-cases.ts';

export const misses: readonly Miss[] = [
  ...scopeMisses,
  ...policyMisses,
  ...ownershipMisses,
  ...useCasesMisses,
  ...supplierMisses,
  ...supplyPartMisses,
  ...classificationMisses,
  ...classificationValidatedMisses,
  ...classificationWithdrawnMisses,
  ...classificationDutyMisses,
  ...classificationEntailedMisses,
  ...impactMisses,
  ...impactUpkeepMisses,
  ...impactFindingMisses,
  ...riskFindingMisses,
  ...riskGroundMisses,
  ...riskRunMisses,
  ...riskMisses,
  ...riskTreatmentMisses,
  ...riskResidualMisses,
  ...controlsMisses,
  ...releaseMisses,
  ...buildMisses,
  ...informationMisses,
  ...operationMisses,
  ...evidenceMisses,
  ...evidenceTestMisses,
  ...assuranceMisses,
  ...correctionMisses,
];
