import type { Catalogue } from '@throughline/catalogue/types.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { Mail } from './mail.ts';
import type { Store } from './store/store.ts';

/** What every use case is handed: the store, the declarations, the catalogue and the time. */
export type Services = {
  readonly store: Store;
  readonly registry: Registry;
  readonly catalogue: Catalogue;
  readonly clock: () => Date;
  /** How mail leaves; absent where none is configured: links are then shown to be handed over. */
  readonly mail?: Mail;
  /** No administrator opens an account by hand (`ACCOUNTS_BY_HAND`): mail does, or whoever runs the server. */
  readonly neverByHand?: true;
};
