import type { KindWire } from '@throughline/domain/wire.ts';
import type { ImportWire } from '@throughline/domain/wire-import.ts';
import type { Step } from './wizard-state.ts';

/** What every step is handed. */
export type StepProps = { found: ImportWire; kind: KindWire; onStep: (step: Step) => void };
