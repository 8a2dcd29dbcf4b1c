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

export type TokenContent = {
  readonly name: string;
  readonly hash: Buffer;
  readonly createdBy: string;
  readonly expiresAt: Date | null;
};
export const tokenContent = (salt: Buffer, { hash, expiresAt, ...content }: TokenContent): string =>
  salted(salt, { ...content, hash: hash.toString('hex'), expiresAt: expiresAt?.toISOString() ?? null });

export const recusalContent = (salt: Buffer, reason: string): string => salted(salt, { reason });

export type JudgementContent = {
  readonly judgement: string;
  readonly item: string;
  readonly answer: string;
  readonly version: number | null;
  readonly note: string | null;
};
export const judgementContent = (salt: Buffer, content: JudgementContent): string => salted(salt, content);
