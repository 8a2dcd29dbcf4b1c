import type { Catalogue } from '@throughline/catalogue/types.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { Store } from './store/store.ts';

/** What every use case is handed: the store, the declarations, the catalogue and the time. */
export type Services = {
  readonly store: Store;
  readonly registry: Registry;
  readonly catalogue: Catalogue;
  readonly clock: () => Date;
};
