import { coarseAgent } from '@throughline/domain/agent-words.ts';
import { proofMethods } from '@throughline/domain/factors.ts';
import type {
  AccountWire,
  FactorWire,
  MemberSessionWire,
  OwnResetWire,
  OwnSessionWire,
} from '@throughline/domain/wire-account.ts';
import type { Account, OwnReset, OwnSession } from '../../features/sign-in/account.ts';
import { codesLeft } from '../../features/sign-in/recovery.ts';
import { partyOf } from '../../features/sign-in/webauthn.ts';
import type { StoredFactor } from '../../store/factors.ts';
import type { OpenSession } from '../../store/sessions.ts';
import { outsideWire } from './outside.ts';

/** A person's account as they see it; `current` is the session that asks. */
export function accountWire(account: Account, current: string, publicUrl: string): AccountWire {
  const codes = account.factors.find(({ kind }) => kind === 'recovery');
  return {
    email: account.row.email,
    own: account.own,
    passwordSetAt: account.row.password_at?.toISOString() ?? null,
    factors: account.factors.flatMap((factor) => factorWire(factor, account.member) ?? []),
    recoveryCodes: codes ? codesLeft(codes) : null,
    passkeysAt: partyOf(publicUrl)?.origin ?? null,
    stepUp: account.stepUp,
    outside: account.outside.map(outsideWire),
    provider: account.provider,
    factorDue: account.factorDue?.toISOString() ?? null,
    resets: account.resets.map(resetWire),
    sessions: account.sessions.map((session) => sessionWire(session, current)),
  };
}

/** A factor as its owner sees it, who asks as a member. */
export function factorWire(factor: StoredFactor, member: string): FactorWire | undefined {
  const { id, kind, name, addedAt, usedAt, countsFor } = factor;
  if (kind === 'recovery') return undefined;
  const [added, used] = [addedAt.toISOString(), usedAt?.toISOString() ?? null];
  return { id, kind, name, addedAt: added, usedAt: used, here: countsFor.includes(member) };
}

function resetWire({ kind, at, organisation, byName, reason, usedAt, open }: OwnReset): OwnResetWire {
  return {
    kind,
    at: at.toISOString(),
    organisation,
    by: byName,
    reason,
    usedAt: usedAt?.toISOString() ?? null,
    open,
  };
}

/** A member's session for an administrator: nothing of where they are, nor of where else they belong. */
export function memberSessionWire(session: OpenSession): MemberSessionWire {
  return {
    id: session.id,
    startedAt: session.created_at.toISOString(),
    seenAt: session.seen_at.toISOString(),
    agent: coarseAgent(session.agent),
  };
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
