import type { ProviderSettings } from '@throughline/domain/provider.ts';
import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  clockSkew,
  clockTolerance,
  customFetch,
  discovery,
  type ExportedJWKSCache,
  enableNonRepudiationChecks,
  getJwksCache,
  None,
  type ServerMetadata,
  setJwksCache,
} from 'openid-client';
import { boundedFetch, OutOfReach, patienceMs, type Reach } from './fetch.ts';

type Known = { readonly metadata: ServerMetadata; readonly at: number; jwks?: ExportedJWKSCache };

/** How long what a provider says of itself is believed, and of how many providers it is kept. */
const lifeMs = 10 * 60_000;
const mostKept = 200;
/** Seconds by which clocks may differ. */
export const tolerance = 30;
/** The library asks for keys anew once they are a minute old and none fits. */
const oldEnough = 61;
const keysLife = 240;

/** What this node knows of providers: their own documents and keys, by issuer, for some minutes. */
export class Connections {
  readonly reach: Reach;
  readonly #known = new Map<string, Known>();

  constructor(reach: Reach) {
    this.reach = reach;
  }

  /** What a provider says of itself (OpenID Connect Discovery §4). `fresh`: asked now, whatever is known. */
  async metadata(issuer: string, now: Date, fresh = false): Promise<ServerMetadata> {
    return (await this.#look(issuer, now, fresh)).metadata;
  }

  /**
   * A client of a provider, for one exchange. Its ID tokens are checked by their signature, also where they came over
   * TLS (OpenID Connect Core §3.1.3.7); a key that is not known is asked for once.
   */
  async client(
    { issuer, clientId }: Pick<ProviderSettings, 'issuer' | 'clientId'>,
    secret: string | null,
    now: Date,
  ): Promise<{ readonly config: Configuration; readonly done: () => void }> {
    const known = await this.#look(issuer, now, false);
    const skew = Math.round((now.getTime() - Date.now()) / 1000);
    const config = new Configuration(
      known.metadata,
      clientId,
      { [clockSkew]: skew, [clockTolerance]: tolerance },
      authentication(known.metadata, secret),
    );
    config[customFetch] = boundedFetch(this.reach);
    config.timeout = patienceMs / 1000;
    if (this.reach !== 'no') allowInsecureRequests(config);
    enableNonRepudiationChecks(config);
    const before = Math.floor(Date.now() / 1000);
    if (known.jwks && before - known.jwks.uat < keysLife)
      setJwksCache(config, { jwks: known.jwks.jwks, uat: Math.min(known.jwks.uat, before - oldEnough) });
    const done = () => {
      const read = getJwksCache(config);
      if (read && read.uat >= before) known.jwks = read;
    };
    return { config, done };
  }

  async #look(issuer: string, now: Date, fresh: boolean): Promise<Known> {
    const known = this.#known.get(issuer);
    if (known && !fresh && Math.abs(now.getTime() - known.at) < lifeMs) return known;
    const metadata = await this.#discover(issuer);
    const found = { metadata, at: now.getTime() };
    this.#known.delete(issuer);
    this.#known.set(issuer, found);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKept && oldest !== undefined) this.#known.delete(oldest);
    return found;
  }

  async #discover(issuer: string): Promise<ServerMetadata> {
    const config = await discovery(new URL(issuer), 'discovery', undefined, None(), {
      [customFetch]: boundedFetch(this.reach),
      timeout: patienceMs / 1000,
      execute: this.reach === 'no' ? [] : [allowInsecureRequests],
    });
    const metadata = config.serverMetadata();
    ensureUsable(metadata, issuer, this.reach);
    return structuredClone({ ...metadata, supportsPKCE: undefined });
  }
}

/** A name that stands for many tenants is refused: whoever has one of them could say anybody's address. */
function ensureUsable(metadata: ServerMetadata, issuer: string, reach: Reach): void {
  const same = (text: string) => text.replace(/\/$/, '');
  if (same(metadata.issuer) !== same(issuer))
    throw new OutOfReach(`It calls itself ${metadata.issuer.slice(0, 200)}, which is another issuer.`);
  for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const) {
    const address = metadata[name];
    if (address === undefined || !URL.canParse(address))
      throw new OutOfReach(`Its document names no ${name}.`);
    if (new URL(address).protocol !== 'https:' && reach === 'no')
      throw new OutOfReach(`Its ${name} is not reached over https.`);
  }
  const methods = metadata.code_challenge_methods_supported;
  if (methods !== undefined && !methods.includes('S256'))
    throw new OutOfReach('It says that it does not support PKCE with S256 (RFC 7636).');
}

function authentication(metadata: ServerMetadata, secret: string | null) {
  if (secret === null) return None();
  const ways = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return ways.includes('client_secret_basic') ? ClientSecretBasic(secret) : ClientSecretPost(secret);
}
