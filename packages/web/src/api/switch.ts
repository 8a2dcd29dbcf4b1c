import type { MeWire } from '@throughline/domain/wire-session.ts';
import { post } from './client.ts';
import { setLoadedFor } from './organisation.ts';

/**
 * Goes on in another organisation of the person. What was read goes with the document: refs such as `SYS-42` are other
 * records there, so the way leads to its Home.
 */
export const goOnIn = async (organisation: string): Promise<void> => {
  // This page may itself be of another organisation than the session by now.
  setLoadedFor(undefined);
  await post<MeWire>('/api/v1/session/organisation', { organisation });
  window.location.replace('/');
};
