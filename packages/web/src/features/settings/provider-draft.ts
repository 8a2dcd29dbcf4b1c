import type { Role } from '@throughline/domain/permissions.ts';
import { type ProviderSettings, usualProvider } from '@throughline/domain/provider.ts';
import type { ProviderBody } from '../../api/provider.ts';

/** What stands in the form: lists as they are typed. */
export type ProviderDraft = Omit<ProviderSettings, 'scopes' | 'domains' | 'factorValues' | 'address'> & {
  readonly secret: string;
  readonly scopes: string;
  readonly domains: string;
  readonly factorValues: string;
  readonly address: string;
};

export const draftOf = (known: ProviderSettings | null): ProviderDraft => {
  const settings = known ?? { ...usualProvider, issuer: '', clientId: '', text: '' };
  return {
    ...settings,
    secret: '',
    scopes: settings.scopes.join(' '),
    domains: settings.domains.join(', '),
    factorValues: settings.factorValues.join(', '),
    address: settings.address ?? '',
  };
};

const listed = (text: string, between: RegExp): string[] => [
  ...new Set(
    text
      .split(between)
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  ),
];

/** The settings of a draft alone: a member's copy holds nothing of what the server adds. */
export const bodyOf = (draft: ProviderDraft): ProviderBody => {
  const { issuer, clientId, text, offered, listed: shown, newMembers, newRoles, linksByMail } = draft;
  const { groupsClaim, groups, ownSignIn, provesPresence, secret } = draft;
  const address = draft.address.trim().toLowerCase();
  return {
    ...{ offered, listed: shown, newMembers, newRoles, linksByMail, ownSignIn, provesPresence },
    issuer: issuer.trim(),
    clientId: clientId.trim(),
    text: text.trim(),
    groupsClaim: groupsClaim.trim(),
    groups: groups.map(({ group, roles }) => ({ group: group.trim(), roles })),
    scopes: listed(draft.scopes, /\s+/),
    domains: listed(draft.domains.toLowerCase(), /[\s,]+/),
    factorValues: listed(draft.factorValues, /,/),
    address: address === '' ? null : address,
    ...(secret === '' ? {} : { secret }),
  };
};

/** A group with other roles, or another name. */
export const withGroup = (
  draft: ProviderDraft,
  at: number,
  change: { readonly group?: string; readonly roles?: readonly Role[] },
): ProviderDraft => ({
  ...draft,
  groups: draft.groups.map((one, place) => (place === at ? { ...one, ...change } : one)),
});
