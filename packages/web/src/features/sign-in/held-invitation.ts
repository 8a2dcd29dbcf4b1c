import { useLinkSecret } from '../../ui/navigate.ts';

/** Where this tab keeps the secret of an invitation while its person signs in elsewhere. */
const place = 'throughline.invitation';

/**
 * Keeps the secret of an invitation for this tab alone: signing in may lead to a provider and back, and an address that
 * is sent to a server carries no secret. Answers whether it could be kept: where it could not, the person opens their link
 * once more when they are signed in.
 */
export const holdInvitation = (secret: string): boolean => {
  try {
    sessionStorage.setItem(place, secret);
    return true;
  } catch {
    return false;
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
