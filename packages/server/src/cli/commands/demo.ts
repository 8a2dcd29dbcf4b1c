import { loadDemo } from '../../features/demo/load-demo.ts';
import { removeDemo } from '../../features/demo/remove-demo.ts';
import { counted } from '../terminal.ts';
import type { Work } from '../work.ts';

export type DemoOptions = { readonly json?: true };

/** `demo load`: the demo organisation, written through the use cases of everything else. */
export async function loadDemoHere(work: Work, options: DemoOptions): Promise<void> {
  const { terminal, services } = work;
  const loaded = await loadDemo(services, work.context(), async (done, total, message) =>
    terminal.progress(message, done, total),
  );
  if (options.json) terminal.json(loaded);
  else
    terminal.print(
      `${counted(loaded.records, 'demo record', 'demo records')} and ${counted(loaded.people, 'demo person', 'demo people')} are here. throughline demo remove takes them away.`,
    );
}

/** `demo remove`: takes the demo organisation out of the registers, and says what stays. */
export async function removeDemoHere(work: Work, options: DemoOptions): Promise<void> {
  const { terminal, services } = work;
  const removed = await removeDemo(services, work.context());
  if (options.json) {
    terminal.json(removed);
    return;
  }
  terminal.print(
    `${counted(removed.records, 'demo record is', 'demo records are')} archived, ${counted(removed.people, 'demo person', 'demo people')} can no longer be chosen. Versions, files and log entries stay.`,
  );
  if (removed.linked > 0)
    terminal.print(
      `${counted(removed.linked, 'record of your own names', 'records of your own name')} archived demo records.`,
    );
}
