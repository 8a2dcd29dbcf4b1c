import type { Config } from '../config.ts';
import type { SecretBox } from '../features/sign-in/secret-box.ts';
import type { Services } from '../services.ts';
import type { Streams } from './streams.ts';

/** What the door needs beside what every use case needs. */
export type HttpServices = Services & {
  readonly config: Pick<Config, 'publicUrl' | 'trustedProxies' | 'loopbackProviders' | 'metricsToken'> &
    Partial<Pick<Config, 'requestsPerCaller'>>;
  /** Hears of errors that are ours, in full, and of nothing else. */
  readonly log: (error: unknown, request: string) => void;
  /** What secrets of authenticators are encrypted with. */
  readonly secrets: SecretBox;
  /** The built pages; without them only the API is served. */
  readonly webRoot?: string | undefined;
};

/** What routes are handed: also the answers that stay open. */
export type RouteContext = HttpServices & {
  readonly streams: Streams;
};
