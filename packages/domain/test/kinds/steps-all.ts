/** The life cycle of every kind as it was agreed. */
import type { AgreedLifecycle } from './steps.ts';
import { buildSteps } from './steps-build.ts';
import { inventorySteps } from './steps-inventory.ts';
import { judgementSteps } from './steps-judgements.ts';
import { workSteps } from './steps-work.ts';

export const agreedLifecycles: Readonly<Record<string, AgreedLifecycle>> = {
  ...inventorySteps,
  ...judgementSteps,
  ...workSteps,
  ...buildSteps,
};
