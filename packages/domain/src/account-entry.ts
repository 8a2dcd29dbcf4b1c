import type { ErasureReason } from './erasure.ts';
import type { FactorKind, ResetKind } from './factors.ts';

/** What the log says of how members sign in: ids of members and digests, and nothing of where else they belong. */
export type AccountEntry =
  | {
      /**
       * `proved`: its holder showed once more that it is them. By what, and whether it goes on from a session elsewhere,
       * is bound and not said. Earlier releases said it: `person`, `methods`, `continues`.
       */
      readonly act: 'session.started' | 'session.proved' | 'session.ended' | 'session.refused';
      readonly session: string;
      readonly member?: string;
      /** Salted, of one that began: whose login, by what was shown, and when they had signed in where it goes on. */
      readonly digest?: string;
      /** Salted, of the proof: when it was given, and whether by something of the person's own. */
      readonly proof?: string;
    }
  | {
      /**
       * Ties a login to a member, alike for one that is new and one that the person has: no organisation learns of
       * another. Earlier releases did so by `member.changed`.
       */
      readonly act: 'account.tied';
      readonly member: string;
      /** Salted, of the login, and whether the digest binds its password. */
      readonly login: string;
      /** Salted, of the password that was set with it; of a login that was there before, of nothing. */
      readonly digest: string;
    }
  | {
      /** The login acts as the member no more, as their name was erased. */
      readonly act: 'account.parted';
      readonly member: string;
      readonly reason: ErasureReason;
      /** Salted, of the login where it was erased too, and else of nothing. */
      readonly digest: string;
    }
  | {
      /** In the log of the organisation in whose session it was set. Earlier releases named the person, of the first too. */
      readonly act: 'password.set';
      readonly member: string;
      /** Salted, of the hash that is kept. */
      readonly digest: string;
    }
  | {
      /**
       * What the member shows beside a password: one was added or ended, or recovery codes were made. All of them at once,
       * so that one from another organisation looks as one from here; which code was used is not told of.
       */
      readonly act: 'factor.set';
      readonly member: string;
      /** Salted, of what is kept to check each that counts. */
      readonly digest: string;
    }
  | {
      /** Of earlier releases, which told of each by itself; `changed`: a recovery code was used up, or others came. */
      readonly act: 'factor.added' | 'factor.changed' | 'factor.ended';
      readonly factor: string;
      readonly person: string;
      readonly kind: FactorKind;
      /** Salted, of what is kept to check it; absent once it ended. */
      readonly digest?: string;
    }
  | {
      /**
       * `made`: for a member, a link to a new password, or the end of their second factors, by whoever acted; `used`: the
       * link set one; `vouched`: it is known that the person uses the account, by a proof of their own or as the actor says.
       */
      readonly act: 'reset.made' | 'reset.used' | 'reset.vouched';
      readonly reset: string;
      readonly member: string;
      readonly kind: ResetKind;
      /** How long the link opens; absent where there is none. */
      readonly until?: string;
      /** Whoever acted held the link, or ended the factors. */
      readonly byHand?: true;
      /** The member who proposed what the actor confirmed. */
      readonly askedBy?: string;
      /** Of one that was vouched for: when its link was used, and by whom but themselves. */
      readonly usedAt?: string;
      readonly vouchedBy?: string;
      /** Salted, of the reason; absent where none is given. */
      readonly digest?: string;
    }
  | {
      /** Whoever operates the server erased a login that nobody is a member by: what opened it is gone. */
      readonly act: 'account.erased';
      readonly person: string;
      readonly reason: ErasureReason;
    };
