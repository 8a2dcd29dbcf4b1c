import { tilePath } from '@throughline/tlog/tile-path.ts';
import { type CheckAsk, check } from './check.ts';
import { verifierOf } from './ed25519.ts';
import type { CheckAnswer } from './run-check.ts';

/** Reads tiles of the log as anyone would: from the address that the log is served at. */
const readTilesOf = (log: string) => (tiles: readonly Parameters<typeof tilePath>[0][]) =>
  Promise.all(
    tiles.map(async (tile) => {
      const answer = await fetch(`${log}/${tilePath(tile)}`, { credentials: 'same-origin' });
      if (!answer.ok) throw new Error(`${answer.status} for ${tilePath(tile)}`);
      return new Uint8Array(await answer.arrayBuffer());
    }),
  );

const answer = async (ask: CheckAsk): Promise<CheckAnswer> => {
  const verify = verifierOf(globalThis.crypto.subtle);
  const readTiles = readTilesOf(ask.type === 'goes-on' ? ask.log : '');
  try {
    return { result: await check(ask, { verify, readTiles }) };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
};

globalThis.addEventListener('message', (event: MessageEvent<CheckAsk>) => {
  void answer(event.data).then((said) => globalThis.postMessage(said));
});
