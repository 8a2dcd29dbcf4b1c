import { createHash, type Hash } from 'node:crypto';
import type { ActorRef } from '@throughline/domain/actor.ts';
import type { Basis } from '@throughline/domain/approvals.ts';
import { digestOf } from './digest.ts';

/**
 * What entries bind of rows that are no records: each a salted digest, so that nothing can be guessed from it once the
 * salt is erased. Written with the entry, and made again by whoever verifies.
 */
const salted = (salt: Buffer, content: Readonly<Record<string, unknown>>): string =>
  digestOf({ salt: salt.toString('hex'), ...content }).toString('hex');

export type ApprovalContent = {
  readonly basis: readonly Basis[];
  readonly frozen: unknown;
  readonly reason: string | null;
  readonly by: ActorRef;
  readonly onBehalfOf: string | null;
};
export const approvalContent = (salt: Buffer, content: ApprovalContent): string =>
  salted(salt, { ...content, frozen: content.frozen ?? null });

export const commentContent = (
  salt: Buffer,
  content: { readonly field: string | null; readonly text: string },
): string => salted(salt, content);

export const memberName = (salt: Buffer, name: string): string => salted(salt, { name });

export const groupName = (salt: Buffer, name: string): string => salted(salt, { name });

export const deputyContent = (salt: Buffer, why: string): string => salted(salt, { why });

/** Which login acts as a member, and whether it is told of by that member's entries from its beginning. */
export const tieContent = (
  salt: Buffer,
  content: { readonly member: string; readonly person: string; readonly toldHere: boolean },
): string => salted(salt, content);

/** The login that was erased with a member's name, if one was. */
export const partedContent = (
  salt: Buffer,
  content: { readonly member: string; readonly erased: string | null },
): string => salted(salt, content);

/** Without a hash nobody signs in with a password. */
export const passwordContent = (
  salt: Buffer,
  content: { readonly person: string; readonly hash: string | null },
): string => salted(salt, content);

/** Who began a session, by what they showed; of one that goes on from another, when they had signed in. */
export const sessionContent = (
  salt: Buffer,
  {
    signedInAt,
    ...content
  }: {
    readonly session: string;
    readonly person: string;
    readonly methods: readonly string[];
    readonly signedInAt: Date | null;
  },
): string => salted(salt, { ...content, signedInAt: signedInAt?.toISOString() ?? null });

/** When whoever holds a session last showed who they are, and whether by something of their own. */
export const proofContent = (
  salt: Buffer,
  { session, at, own }: { readonly session: string; readonly at: Date; readonly own: boolean },
): string => salted(salt, { session, provedAt: at.toISOString(), own });

export type FactorContent = {
  readonly factor: string;
  readonly person: string;
  readonly kind: string;
  readonly secret: Buffer;
  readonly credential: Buffer | null;
};
export const factorContent = (salt: Buffer, { secret, credential, ...content }: FactorContent): string =>
  salted(salt, {
    ...content,
    secret: secret.toString('hex'),
    credential: credential?.toString('hex') ?? null,
  });

/** All second factors of a person that count, in the order of their ids. */
export const factorsContent = (
  salt: Buffer,
  person: string,
  factors: readonly Omit<FactorRow, 'person'>[],
): string =>
  salted(salt, {
    person,
    factors: factors.map(({ id, kind, secret, credential }) => ({
      ...{ id, kind },
      secret: secret?.toString('hex') ?? null,
      credential: credential?.toString('hex') ?? null,
    })),
  });
type FactorRow = {
  readonly id: string;
  readonly person: string;
  readonly kind: string;
  readonly secret: Buffer | null;
  readonly credential: Buffer | null;
};

export type OutsideContent = {
  readonly outside: string;
  readonly source: string;
  readonly subject: string;
  readonly address: string | null;
};
export const outsideContent = (salt: Buffer, content: OutsideContent): string => salted(salt, content);

export type ProviderContent = {
  readonly provider: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly settings: Readonly<Record<string, unknown>>;
};
export const providerContent = (salt: Buffer, content: ProviderContent): string => salted(salt, content);
export const providerSecret = (salt: Buffer, secret: Buffer): string =>
  salted(salt, { secret: secret.toString('hex') });

/** A mail domain that leads to the provider of an organisation. */
export const domainContent = (salt: Buffer, domain: string): string => salted(salt, { domain });

/** A token's row, as far as its entries bind it: everything but when it was used. */
export type TokenContent = {
  readonly name: string;
  readonly token_hash: Buffer;
  readonly created_by: string;
  readonly expires_at: Date | null;
  readonly scope: unknown;
  readonly service: string | null;
  readonly behind: readonly string[];
  readonly previous_hash: Buffer | null;
  readonly previous_until: Date | null;
  readonly rotated_at: Date | null;
};
/** Without a scope it is a token of before there were any: its entry binds what there was then. */
export const tokenContent = (salt: Buffer, row: TokenContent): string => {
  const at = (moment: Date | null) => moment?.toISOString() ?? null;
  const first = {
    name: row.name,
    createdBy: row.created_by,
    hash: row.token_hash.toString('hex'),
    expiresAt: at(row.expires_at),
  };
  if (row.scope === null) return salted(salt, first);
  return salted(salt, {
    ...first,
    scope: row.scope,
    service: row.service,
    behind: row.behind,
    previousHash: row.previous_hash?.toString('hex') ?? null,
    previousUntil: at(row.previous_until),
    rotatedAt: at(row.rotated_at),
  });
};

/** What an identity provider said of a member or a group, and what it is found by. */
export const provisionedContent = (
  salt: Buffer,
  row: { readonly name_key: string | null; readonly external_id: string | null; readonly content: unknown },
): string => salted(salt, { nameKey: row.name_key, externalId: row.external_id, content: row.content });

export const resetReason = (salt: Buffer, reason: string): string => salted(salt, { reset: reason });

/** What waits for a second hand, and why. */
export const proposalContent = (
  salt: Buffer,
  content: { readonly what: unknown; readonly reason: string | null },
): string => salted(salt, content);

/** What somebody rated a risk apart from others, and why. */
export const opinionContent = (
  salt: Buffer,
  content: { readonly said: unknown; readonly reason: string },
): string => salted(salt, content);

/** Why somebody stood back, why that ended, why a duty was waived, why no longer. */
export const reasonContent = (salt: Buffer, reason: string): string => salted(salt, { reason });

export type JudgementContent = {
  readonly judgement: string;
  readonly item: string;
  readonly answer: string;
  readonly version: number | null;
  readonly note: string | null;
};
export const judgementContent = (salt: Buffer, content: JudgementContent): string => salted(salt, content);

/** A row of an applied import, as the entry of its application binds it; what it holds is bound by the row's own digest. */
export type ImportRowFacts = {
  readonly row: number;
  readonly digest: Buffer;
  readonly outcome: string;
  /** What came of it. */
  readonly record: string | null;
};

/** All rows of an import, in their order: SHA-256 over a line for each. */
export class ImportRowsDigest {
  readonly #hash: Hash = createHash('sha256');

  add({ row, digest, outcome, record }: ImportRowFacts): void {
    this.#hash.update(`${row} ${digest.toString('hex')} ${outcome} ${record ?? '-'}\n`);
  }

  /** Hex; to be asked once, at the end. */
  made(): string {
    return this.#hash.digest('hex');
  }
}
