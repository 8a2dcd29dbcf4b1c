import { keepRefusal } from '../store/log-checkpoint.ts';
import type { Store } from '../store/store.ts';
import type { SigningRefused } from './refused.ts';

type Told = {
  readonly store: Store;
  readonly clock: () => Date;
  readonly refused: (message: string) => void;
};

/** Keeps why an organisation's log goes unsigned where its people see it, and tells the operator when that is news. */
export async function noteRefusal(told: Told, organisation: string, refusal: SigningRefused): Promise<void> {
  const { reason, message } = refusal;
  const news = await told.store.asOwner((db) =>
    keepRefusal(db, organisation, { reason, message, at: told.clock() }),
  );
  if (news) told.refused(`The log of organisation ${organisation} is not signed. ${message}`);
}
