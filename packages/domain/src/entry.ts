import type { AccountEntry } from './account-entry.ts';
import type { ChosenScope } from './acting.ts';
import type { ActorRef } from './actor.ts';
import type { ApprovalAct } from './approvals.ts';
import type { ErasureReason } from './erasure.ts';
import type { OutsideKind } from './outside.ts';
import type { ProposalEnd, ProposalMatter } from './proposals.ts';
import type { Retained } from './retention.ts';

/**
 * Everything that can stand in the log: closed over acts, generic over kinds, versioned. Entries hold ids and digests,
 * never free text and never a name, so that erasing content or a person leaves every proof intact.
 */
export type EntryBody =
  | RecordEntry
  | {
      readonly act: `approval.${ApprovalAct}`;
      readonly record: string;
      readonly kind: string;
      readonly version: number;
      readonly digest: string;
      readonly approval: string;
      readonly onBehalfOf?: string;
      /** The waiver that let it through, where a duty stood in the way. */
      readonly waiver?: string;
      /** Salted digest, hex, of what the act stood on and said: basis, what was frozen, reason, who. */
      readonly content?: string;
    }
  | {
      readonly act: 'comment.created' | 'comment.edited' | 'comment.removed';
      readonly comment: string;
      readonly record: string;
      /** Salted, of field and text. */
      readonly digest: string;
    }
  | { readonly act: 'blob.stored'; readonly blob: string; readonly digest: string; readonly size: number }
  | AccountEntry
  | {
      readonly act: 'member.joined' | 'member.changed' | 'member.left';
      readonly member: string;
      readonly roles: readonly string[];
      /** The login that acts as this member, where an earlier release tied it. */
      readonly person?: string;
      /** Last day of access. */
      readonly until?: string | null;
      /** Invited anew by a link that was handed over, and lets in whoever has it. */
      readonly byHand?: true;
      /** A service account, and the member who answers for it; absent for a person. */
      readonly type?: 'service';
      readonly owner?: string | null;
      /** What an external auditor was given to read, where it is not everything: names of kinds, ids of records. */
      readonly scope?: ChosenScope;
      /** Salted, of the name. */
      readonly digest?: string;
    }
  | {
      readonly act: 'token.created' | 'token.rotated' | 'token.revoked';
      readonly token: string;
      readonly roles: readonly string[];
      /** The service account that it belongs to. */
      readonly service?: string;
      /** Salted, of name, hashed secrets, ends, scope, account and who is behind it. */
      readonly digest?: string;
    }
  | {
      /** What an outside source calls a member; `changed`: it says another address, or gives other roles. */
      readonly act: 'outside.linked' | 'outside.changed' | 'outside.unlinked';
      readonly outside: string;
      readonly member: string;
      readonly kind: OutsideKind;
      /** Roles of the member that came by the source. */
      readonly roles: readonly string[];
      /** Who set the source, where an address alone linked the two: absent once it is known that it is theirs. */
      readonly linkedBy?: string;
      /** Salted, of the source, its name for them, and the address that it says; absent once it ended. */
      readonly digest?: string;
    }
  | {
      /** How the organisation signs its people in with a provider of its own. */
      readonly act: 'provider.set' | 'provider.removed';
      readonly provider: string;
      /** The member who set the issuer, now or before; `null`: a program. Entries of earlier releases name none. */
      readonly setBy?: string | null;
      /** Salted, of issuer, client and settings; absent once it was removed. */
      readonly digest?: string;
      /** Salted, of the encrypted secret; absent for a client that has none. */
      readonly secret?: string;
    }
  | {
      /** A mail domain leads to that provider, as whoever operates the installation says; or no longer. */
      readonly act: 'domain.added' | 'domain.removed';
      /** Id of the row. */
      readonly domain: string;
      /** Salted, of the domain; absent of one that led here before entries named it. */
      readonly digest?: string;
    }
  | {
      /** What an identity provider says of a member or a group (RFC 7644); `ended`: it takes it away. */
      readonly act: 'provisioning.set' | 'provisioning.ended';
      /** Id of the member or the group. */
      readonly provisioning: string;
      readonly of: 'member' | 'group';
      /** Salted, of what was said. */
      readonly digest: string;
    }
  | {
      /** What would have ended an administrator who was made here: nothing was done. */
      readonly act: 'provisioning.refused';
      readonly provisioning: string;
    }
  | { readonly act: 'member.erased'; readonly member: string; readonly reason?: ErasureReason }
  | {
      readonly act: 'group.created' | 'group.changed' | 'group.removed';
      readonly group: string;
      readonly roles: readonly string[];
      /** Salted, of the name. */
      readonly digest: string;
    }
  | {
      readonly act: 'membership.begun' | 'membership.ended';
      /** The group and the member, a blank between: a row of two ids. */
      readonly membership: string;
      readonly group: string;
      readonly member: string;
    }
  | {
      readonly act: 'deputy.named' | 'deputy.ended';
      readonly deputy: string;
      readonly absent: string;
      readonly member: string;
      /** YYYY-MM-DD, both days included. */
      readonly first: string;
      readonly last: string;
      /** Salted, of what the absence is; where one is named. */
      readonly digest?: string;
    }
  | {
      readonly act: 'judgement.given';
      readonly judgement: string;
      /** Salted, of the answer and the note. */
      readonly digest: string;
    }
  | {
      readonly act: 'authority.set';
      readonly authority: string;
      readonly digest: string;
      /** The digest is over the whole table as it then stood, ended grants too: so many rows. */
      readonly rows?: number;
    }
  | {
      /** Two members are one person, or are not after all: duties are held apart between persons. */
      readonly act: 'identity.joined' | 'identity.parted';
      readonly identity: string;
      readonly members: readonly [string, string];
    }
  | {
      /** A person stands back from a record and from what belongs to it. */
      readonly act: 'recusal.declared';
      readonly recusal: string;
      readonly record: string;
      readonly kind: string;
      readonly member: string;
      /** Salted, of the reason. */
      readonly digest: string;
    }
  | {
      /** Somebody else ends it. */
      readonly act: 'recusal.ended';
      readonly recusal: string;
      readonly record: string;
      readonly kind: string;
      readonly member: string;
      /** Salted, of the reason. */
      readonly digest: string;
    }
  | {
      /** A person's rating of a risk, given apart from others; taken back, or settled in a version of the risk. */
      readonly act: 'opinion.given' | 'opinion.taken-back' | 'opinion.settled';
      readonly opinion: string;
      readonly record: string;
      readonly kind: string;
      readonly member: string;
      /** Salted: of what was said and why; of one that was settled, why it was settled so. */
      readonly digest?: string;
      readonly settledIn?: number;
    }
  | {
      /** A small organisation lets authors approve, up to a day; or no longer. */
      readonly act: 'waiver.given' | 'waiver.ended';
      readonly waiver: string;
      /** YYYY-MM-DD; of one that ended early, the day it was given for. */
      readonly lastDay: string;
      /** In whose place a delegate gave it. */
      readonly onBehalfOf?: string;
      /** The member who asked for what the actor confirmed. */
      readonly askedBy?: string;
      /** Salted, of the reason. */
      readonly digest: string;
    }
  | {
      /** Something waits for a second hand, or ended; `alone`: it took effect by one, as nobody else could confirm it. */
      readonly act: 'proposal.made' | `proposal.${ProposalEnd}`;
      readonly proposal: string;
      readonly matter: ProposalMatter;
      /** Whose account it is about. */
      readonly member?: string;
      readonly onBehalfOf?: string;
      /** Of one that was confirmed: the member who proposed it. */
      readonly askedBy?: string;
      /** Salted: of what is wanted and why; of an end, the reason where one was given. */
      readonly digest?: string;
    }
  | {
      readonly act:
        | 'organisation.created'
        | 'organisation.changed'
        | 'organisation.archived'
        | 'organisation.restored';
      readonly digest: string;
      /** Its short name; entries of earlier releases name none. */
      readonly slug?: string | null;
      /** Names of settings that changed, no content. */
      readonly changed?: readonly string[];
    }
  | {
      /** Everything that is held about a person was handed out in one document. */
      readonly act: 'export.made';
      readonly export: string;
      readonly member: string;
    }
  | {
      /** What had ended long enough was taken away, after the organisation's own rule: how many rows of what. */
      readonly act: 'retention.applied';
      readonly retention: string;
      readonly taken: Readonly<Partial<Record<Retained, number>>>;
      /** Cells went of imports that were applied, or undone, before this moment (RFC 3339). */
      readonly cellsBefore?: string;
    }
  | {
      readonly act: 'import.applied' | 'import.undone';
      readonly import: string;
      readonly digest: string;
      readonly rows: number;
      /** Of an application: over the salted digests of all rows of the file, with what came of each. */
      readonly cells?: string;
    }
  | {
      /** Public keys of the log's signer (Ed25519), hex; `key` signs from here on. `lost`: the one before could sign no more. */
      readonly act: 'log.key-rotated';
      readonly key: string;
      readonly previous: string;
      readonly lost?: true;
    }
  | {
      /** The public key (Ed25519, hex) that signs the log from its beginning, where no entry named one yet. */
      readonly act: 'log.key-registered';
      readonly key: string;
    }
  | {
      /** The log goes on from a backup, under another name; what was signed between the two is not in it. */
      readonly act: 'log.restored';
      /** The name from here on. */
      readonly origin: string;
      /** What the backup held: with one organisation, keys and logins of its installation stayed behind. */
      readonly scope: 'installation' | 'organisation';
      /** SHA-256 of the backup's manifest, hex. */
      readonly backup: string;
      /** What was signed last as far as the backup knows, root in hex; `null` where nothing was. */
      readonly checkpoint: { readonly origin: string; readonly size: number; readonly root: string } | null;
    }
  | {
      /** What was signed last was gone from beside the key, and an operator let the signing go on. */
      readonly act: 'log.resumed';
      /** What it goes on from, root in hex; `null` where nobody has a checkpoint any more. */
      readonly checkpoint: { readonly origin: string; readonly size: number; readonly root: string } | null;
      /** Whose word that is: somebody's who kept it, the database's own, or nobody's. */
      readonly from: 'kept' | 'database' | 'nobody';
    }
  | {
      readonly act: 'walk.drawn' | 'walk.recorded';
      readonly walk: string;
      readonly seed: string;
      readonly population: number;
      readonly digest: string;
    };

export type RecordAct =
  | 'record.created'
  | 'record.edited'
  | 'record.moved'
  | 'record.archived'
  | 'record.restored'
  | 'record.erased';

export type RecordEntry = {
  readonly act: RecordAct;
  readonly record: string;
  readonly kind: string;
  readonly version: number;
  /** Of a creation: the number in its ref, for good. Earlier releases did not name it. */
  readonly number?: number;
  /** Salted digest of the content, hex; absent for an erasure. */
  readonly digest?: string;
  readonly state: string;
  /** Names of parts that changed; ids of the declaration, no content. */
  readonly changed?: readonly string[];
  readonly material?: boolean;
  /** Of an erasure alone; entries of earlier releases name none. */
  readonly reason?: ErasureReason;
};

/** The whole of an entry as it is hashed: canonical JSON (RFC 8785) of exactly this. */
export type Entry = EntryBody & {
  readonly v: 1;
  readonly id: string;
  readonly organisation: string;
  readonly actor: ActorRef;
  /** The member in whose place a deputy acted. */
  readonly onBehalfOf?: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** In answer to what: another record, an import, a request. Ids only. */
  readonly because: string | null;
  readonly request: string | null;
};

/** C2SP tlog-tiles: an entry's length is a 16-bit number in its bundle. */
export const maxEntryBytes = 65_535;
