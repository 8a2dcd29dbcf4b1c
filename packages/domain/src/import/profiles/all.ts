import type { Profile } from './profile.ts';
import { usFederal2024 } from './us-federal-2024.ts';

/** Profiles that ship. Saved ones of an organisation stand in the database. */
export const shippedProfiles: readonly Profile[] = [usFederal2024];
