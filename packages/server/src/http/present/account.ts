import { proofMethods } from '@throughline/domain/factors.ts';
import type { AccountWire, FactorWire, OwnSessionWire } from '@throughline/domain/wire-account.ts';
import type { Account, OwnSession } from '../../features/sign-in/account.ts';
import { codesLeft } from '../../features/sign-in/recovery.ts';
import { partyOf } from '../../features/sign-in/webauthn.ts';
import type { StoredFactor } from '../../store/factors.ts';
import { outsideWire } from './outside.ts';

/** A person's account as they see it; `current` is the session that asks. */
export function accountWire(account: Account, current: string, publicUrl: string): AccountWire {
  const codes = account.factors.find(({ kind }) => kind === 'recovery');
  return {
    email: account.row.email,
    passwordSetAt: account.row.password_at?.toISOString() ?? null,
    factors: account.factors.flatMap((factor) => factorWire(factor) ?? []),
    recoveryCodes: codes ? codesLeft(codes.secret) : null,
    passkeysAt: partyOf(publicUrl)?.origin ?? null,
    stepUp: account.stepUp,
    outside: account.outside.map(outsideWire),
    provider: account.provider,
    sessions: account.sessions.map((session) => sessionWire(session, current)),
  };
}

export function factorWire({ id, kind, name, addedAt, usedAt }: StoredFactor): FactorWire | undefined {
  if (kind === 'recovery') return undefined;
  return { id, kind, name, addedAt: addedAt.toISOString(), usedAt: usedAt?.toISOString() ?? null };
}

function sessionWire(session: OwnSession, current: string): OwnSessionWire {
  const { id, organisation, agent, host } = session;
  return {
    id,
    organisation,
    current: id === current,
    startedAt: session.created_at.toISOString(),
    seenAt: session.seen_at.toISOString(),
    endsAt: session.expires_at.toISOString(),
    methods: proofMethods.filter((method) => session.methods.includes(method)),
    agent,
    host,
  };
}
