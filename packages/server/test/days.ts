import { addDays, dayIn } from '@throughline/domain/day.ts';
import type { TestServer } from './factories.ts';

/** Where the first organisation of a test server is: its day is the next one while that of UTC still lasts. */
export const timeZone = 'Europe/Berlin';

/** A day of that organisation, so many after today's by the server's clock. YYYY-MM-DD. */
export const inDays = ({ services }: Pick<TestServer, 'services'>, days: number): string =>
  addDays(dayIn(services.clock(), timeZone), days);
