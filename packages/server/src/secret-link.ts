/** Pages that open by a secret: the first run, an invitation, a new password. */
export type SecretPage = '/setup' | '/invitation' | '/password';

/**
 * Where such a page is, with its secret in the fragment: a browser sends that to nobody, so no log of a proxy keeps what
 * opens an account, and nobody who only follows links in mail uses it (OWASP ASVS 5, 14.2.1). The page posts it.
 */
export const secretLink = (page: SecretPage, secret: string): string => `${page}#token=${secret}`;
