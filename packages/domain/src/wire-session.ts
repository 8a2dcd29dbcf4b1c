/** Whoever asks: what the pages around every page are drawn from. */
import type { Json } from './json.ts';
import type { Role } from './permissions.ts';
import type { TokenScope } from './token-scope.ts';
import type { MemberWire } from './wire.ts';

export type MeWire = {
  member: MemberWire | null;
  token: { id: string; name: string; scope: TokenScope } | null;
  /** `slug` is its short name, which commands take. */
  organisation: { id: string; name: string; slug: string | null; timeZone: string };
  organisations: readonly { id: string; name: string }[];
  roles: readonly Role[];
  preferences: Readonly<Record<string, Json>>;
  log: { size: number; at: string | null };
  counts: Readonly<Record<string, number>>;
  /** Whether this server can load a demo organisation here (`POST /demo`, a job), or has. */
  demo?: 'offered' | 'loaded';
  /** Until when the caller has to add a second factor, which the organisation demands; absent once they have one. */
  factorDue?: string;
};
