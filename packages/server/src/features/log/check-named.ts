import { isObject } from '@throughline/domain/json.ts';
import { toHex } from '@throughline/tlog/bytes.ts';
import { rootOf } from '@throughline/tlog/frontier.ts';
import type { Db } from '../../store/connection.ts';
import { readTreeState, TreeBroken } from '../../store/log-tree.ts';
import { sha256 } from '../../store/sha256.ts';
import { type FaultSink, oneEntry } from './fault-sink.ts';
import type { Said } from './told.ts';

type Check = { readonly db: Db; readonly organisation: string; readonly faults: FaultSink };

/**
 * Holds the checkpoints that entries name (what a backup knew, what an operator let the signing go on from) against the
 * tree as it stands: the log goes on from each of them.
 */
export async function checkNamed(check: Check, named: readonly Said[]): Promise<void> {
  for (const { index, body } of named) {
    const { checkpoint } = body;
    if (!isObject(checkpoint)) continue;
    const { size, root } = checkpoint;
    if (typeof size !== 'number' || size === 0) continue;
    const about = { path: 'checkpoint', entries: oneEntry(index) };
    if (index >= 0 && size > index)
      check.faults.add('shrunk', about, { expected: `${size} entries`, found: `${index}` });
    else {
      const found = await rootAt(check, size);
      if (found !== undefined && found !== root)
        check.faults.add('forked', about, { expected: String(root), found });
    }
  }
}

/** Nothing where tiles are missing: the tree says that itself. */
async function rootAt({ db, organisation }: Check, size: number): Promise<string | undefined> {
  try {
    return toHex(rootOf(sha256, (await readTreeState(db, organisation, size)).frontier));
  } catch (error) {
    if (!(error instanceof TreeBroken)) throw error;
    return undefined;
  }
}
