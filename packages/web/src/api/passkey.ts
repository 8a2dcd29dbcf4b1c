import { t } from '../text/t.ts';
import { trust } from './client.ts';
import { Problem } from './problem.ts';

/** A passkey's answer as the server takes it: WebAuthn's members in base64url. */
export type ShownPasskey = {
  id: string;
  clientDataJSON: string;
  authenticatorData: string;
  signature: string;
  userHandle?: string;
};
export type MadePasskey = {
  id: string;
  clientDataJSON: string;
  attestationObject: string;
  transports?: string[];
};

/** Asks the browser for a passkey that is known. `options` as the server sent them. Throws `Problem` when it shows none. */
export const showPasskey = async (options: unknown): Promise<ShownPasskey> => {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const { id, response } = await told(() => startAuthentication({ optionsJSON: trust(options) }));
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  return { id, clientDataJSON, authenticatorData, signature, ...(userHandle ? { userHandle } : {}) };
};

/** Asks the browser to make a passkey. */
export const makePasskey = async (options: unknown): Promise<MadePasskey> => {
  const { startRegistration } = await import('@simplewebauthn/browser');
  const { id, response } = await told(() => startRegistration({ optionsJSON: trust(options) }));
  const { clientDataJSON, attestationObject, transports } = response;
  return { id, clientDataJSON, attestationObject, ...(transports ? { transports } : {}) };
};

/** Browsers say little of why no passkey came, on purpose; what can be done is the same. */
const told = async <T>(ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (cause) {
    throw new Problem({ status: 0, code: 'passkey', title: t('factor.no-passkey'), errors: [] }, cause);
  }
};
