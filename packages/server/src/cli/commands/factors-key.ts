import { acceptKey, type SealingState, sealingState } from '../../features/sign-in/sealing.ts';
import type { Work } from '../work.ts';

export type FactorsKeyOptions = { readonly accept?: true; readonly json?: true };

/** `factors-key`: whether the key of this node is the one in use; `--accept` puts it in the place of one that is lost. */
export async function factorsKeyHere(work: Work, options: FactorsKeyOptions): Promise<void> {
  const { services, terminal, factorsKeyFile } = work;
  const state = options.accept
    ? await acceptKey(services.store, factorsKeyFile, services.clock())
    : await sealingState(services.store, factorsKeyFile);
  const inUse = state.here !== null && state.here === state.standing;
  if (options.json) {
    terminal.json({ file: factorsKeyFile, ...state, inUse });
    return;
  }
  for (const line of words(factorsKeyFile, state, inUse)) terminal.print(line);
}

function words(file: string, { here, standing, own, other }: SealingState, inUse: boolean): string[] {
  const lost = other === 0 ? [] : [`Secrets that it cannot open: ${other}. They are set up anew.`];
  if (here === null)
    return [`There is no key in ${file}. The one in use: ${standing ?? 'none yet'}.`, ...lost];
  const use = inUse
    ? 'It is the one in use.'
    : `The one in use: ${standing ?? 'none yet'}. --accept puts this one in its place.`;
  return [`The key in ${file} is ${here}. ${use}`, `Secrets that it opens: ${own}.`, ...lost];
}
