import { useLinkSecret } from '../../ui/navigate.ts';

/** Where this tab keeps the secret of an invitation while its person signs in elsewhere. */
const place = 'throughline.invitation';

/**
 * Keeps the secret of an invitation for this tab alone: signing in may lead to a provider and back, and an address that
 * is sent to a server carries no secret.
 */
export const holdInvitation = (secret: string): void => {
  try {
    sessionStorage.setItem(place, secret);
  } catch {
    // A browser that keeps nothing: the person opens their link once more when they are signed in.
  }
};

const held = (): string => {
  try {
    return sessionStorage.getItem(place) ?? '';
  } catch {
    return '';
  }
};

/** The secret of the invitation that is opened: of the link, or the one that was kept while its person signed in. */
export const useInvitation = (): string => {
  const opened = useLinkSecret();
  return opened === '' ? held() : opened;
};
