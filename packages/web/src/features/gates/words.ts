import type { RefWire } from '@throughline/domain/wire.ts';
import { gates } from '../../text/en/gates.ts';
import { wordsOf } from '../../text/t.ts';

/** The words of gates, which load with their pages. */
export const w = wordsOf(gates);

/** What a gate fell with: other records by their refs, or its own approval, which somebody took back. */
export const fellWith = (gate: RefWire, fallen: readonly RefWire[]): string =>
  fallen.every(({ id }) => id === gate.id)
    ? w('gates.own-approval')
    : fallen.map(({ ref }) => ref).join(', ');
