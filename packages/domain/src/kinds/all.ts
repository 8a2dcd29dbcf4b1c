import { Registry } from '../registry.ts';
import { applicability } from './applicability.ts';
import { audit } from './audit.ts';
import { classification } from './classification.ts';
import { classificationScheme } from './classification-scheme.ts';
import { competence } from './competence.ts';
import { concern } from './concern.ts';
import { control } from './control.ts';
import { controlTest } from './control-test.ts';
import { correctiveAction } from './corrective-action.ts';
import { dataset } from './dataset.ts';
import { designRecord } from './design-record.ts';
import { document } from './document.ts';
import { evidence } from './evidence.ts';
import { finding } from './finding.ts';
import { gapAnalysis } from './gap-analysis.ts';
import { gate } from './gate.ts';
import { impactAssessment } from './impact-assessment.ts';
import { implementation } from './implementation.ts';
import { incident } from './incident.ts';
import { logPlan } from './log-plan.ts';
import { mapping } from './mapping.ts';
import { model } from './model.ts';
import { monitor } from './monitor.ts';
import { nonconformity } from './nonconformity.ts';
import { notice } from './notice.ts';
import { obligation } from './obligation.ts';
import { regulatoryFile } from './regulatory-file.ts';
import { requirementSpec } from './requirement-spec.ts';
import { resource } from './resource.ts';
import { responsibility } from './responsibility.ts';
import { risk } from './risk.ts';
import { riskAssessment } from './risk-assessment.ts';
import { riskCriteria } from './risk-criteria.ts';
import { roleAssignment } from './role-assignment.ts';
import { supplier } from './supplier.ts';
import { system } from './system.ts';
import { systemCard } from './system-card.ts';
import { systemVersion } from './system-version.ts';
import { task } from './task.ts';
import { treatment } from './treatment.ts';
import { useCase } from './use-case.ts';
import { verification } from './verification.ts';
import { waiver } from './waiver.ts';
import { walk } from './walk.ts';
import { workingPaper } from './working-paper.ts';

/** Every kind of this release, in the order in which a reader meets them. A register is its file and its line here. */
export const registry = new Registry([
  system,
  useCase,
  systemVersion,
  model,
  dataset,
  resource,
  supplier,
  responsibility,
  roleAssignment,
  competence,
  obligation,
  document,
  control,
  applicability,
  implementation,
  controlTest,
  riskCriteria,
  riskAssessment,
  risk,
  treatment,
  impactAssessment,
  classificationScheme,
  classification,
  gate,
  monitor,
  notice,
  evidence,
  incident,
  audit,
  finding,
  nonconformity,
  correctiveAction,
  gapAnalysis,
  mapping,
  task,
  walk,
  waiver,
  requirementSpec,
  designRecord,
  verification,
  systemCard,
  logPlan,
  regulatoryFile,
  concern,
  workingPaper,
]);
