import type { Store } from './store.ts';

const patienceMs = 2_000;

/** Whether the database answers a question within two seconds. */
export async function isReady(store: Store): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  // Whatever the reason, the answer of a probe is the same: not now.
  const asked = store.app.query('select 1').then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
