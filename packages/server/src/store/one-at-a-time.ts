import { forgetSettings } from './organisations.ts';
import type { Write } from './write.ts';

/**
 * Lets changes that look whether something stands already, and then write it, wait for each other until the change ends.
 * Taken before anything is looked at.
 */
export async function oneAtATime(
  write: Write,
  what: 'duty-waivers' | 'deputies' | 'proposals' | 'adopted-controls' | 'statement' | 'settings',
): Promise<void> {
  await write.run({
    name: 'one-at-a-time',
    text: 'select pg_advisory_xact_lock(hashtextextended($1, 44))',
    values: [`${write.organisation} ${what}`],
  });
  forgetSettings(write);
}
