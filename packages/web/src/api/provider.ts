import type {
  DiscoveredWire,
  ProviderBegunWire,
  ProviderButtonsWire,
  ProviderReturnWire,
  ProviderStepWire,
  SignInProviderWire,
} from '@throughline/domain/wire-provider.ts';
import { del, get, post, put } from './client.ts';

/** Buttons of organisations on the sign-in page. */
export const providersQuery = {
  queryKey: ['session', 'providers'],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    get<ProviderButtonsWire>('/api/v1/session/providers', { signal }),
};

/** How a provider is named at the door. */
export type ProviderNamed = { provider: string } | { address: string } | { email: string };

/** Leaves for the provider. */
export const leaveFor = async (named: ProviderNamed, next: string): Promise<void> => {
  const { url } = await post<ProviderBegunWire>('/api/v1/session/provider', { ...named, next });
  window.location.assign(url);
};

/** What of a provider's answer the server takes; others say more beside it. */
const parts = ['state', 'code', 'iss', 'error', 'error_description', 'session_state'] as const;

export const bringBack = (search: string): Promise<ProviderReturnWire | ProviderStepWire> => {
  const brought = new URLSearchParams(search);
  const body = Object.fromEntries(
    parts.flatMap((name) => {
      const value = brought.get(name)?.trim() ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
  return post<ProviderReturnWire | ProviderStepWire>('/api/v1/session/provider/return', body);
};

/** Told to the other tabs of this browser once somebody showed that it is them. */
export const proofChannel = 'throughline-proof';

/** Opens the provider in a tab of its own, so that nothing typed here is lost. The tab is opened by the press itself. */
export const proveElsewhere = async (): Promise<void> => {
  const tab = window.open('', '_blank');
  try {
    const { url } = await post<ProviderBegunWire>('/api/v1/session/proof/provider', {});
    if (tab === null) window.location.assign(url);
    else tab.location.href = url;
  } catch (error) {
    tab?.close();
    throw error;
  }
};

export const linkAccount = async (): Promise<void> => {
  const { url } = await post<ProviderBegunWire>('/api/v1/account/outside');
  window.location.assign(url);
};

export const unlinkAccount = (id: string): Promise<void> => del(`/api/v1/account/outside/${id}`);

/** How the organisation signs its people in; for administrators alone. */
export const providerQuery = {
  queryKey: ['sign-in-provider'],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    get<SignInProviderWire>('/api/v1/sign-in-provider', { signal }),
};

export type ProviderBody = Omit<NonNullable<SignInProviderWire['provider']>, 'id' | 'secret' | 'linked'> & {
  secret?: string | null;
};

export const saveProvider = (body: ProviderBody): Promise<SignInProviderWire> =>
  put<SignInProviderWire>('/api/v1/sign-in-provider', body);
export const removeProvider = (): Promise<void> => del('/api/v1/sign-in-provider');
export const testProvider = (issuer: string): Promise<DiscoveredWire> =>
  post<DiscoveredWire>('/api/v1/sign-in-provider/test', { issuer });
