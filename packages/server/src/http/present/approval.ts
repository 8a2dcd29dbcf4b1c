import type { Actor } from '@throughline/domain/actor.ts';
import type { Approval, Standing } from '@throughline/domain/approvals.ts';
import { isUnlimited } from '@throughline/domain/authority.ts';
import { canHandOn } from '@throughline/domain/permissions.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { ApprovalStatus, ApprovalWire, UnlimitedWire } from '@throughline/domain/wire-approval.ts';
import type { WaivedWire } from '@throughline/domain/wire-duties.ts';
import type { RecordView } from '../../records/read-record.ts';
import { refWire } from './ref.ts';

/** One word for how approvals stand: one whose inputs changed is stale, and so is one beyond the authority of its giver. */
export function approvalStatus(standing: Standing): ApprovalStatus {
  if (standing.status !== 'approved') return standing.status;
  return standing.stale.length > 0 || standing.beyond ? 'stale' : 'approved';
}

export function approvalWire(registry: Registry, view: RecordView, actor: Actor): ApprovalWire | null {
  const { approvable } = view.kind;
  if (!approvable) return null;
  const { standing, record, duties } = view;
  const asked = approvable.authority(record.content.fields);
  const stale = standing.status === 'approved' ? standing.stale : [];
  return {
    status: approvalStatus(standing),
    version: standing.status === 'none' ? null : standing.version,
    inForce: record.inForce,
    ...newest(standing),
    ...(view.own ? { own: true as const } : {}),
    ...(standing.status === 'approved' && standing.beyond ? { beyond: true as const } : {}),
    ...(duties && isUnlimited(duties.authority, asked, duties.day) ? { unlimited: unlimitedFor(actor) } : {}),
    stale: stale.flatMap((id) => {
      const row = view.refs.get(id);
      return row ? [refWire(registry, row)] : [];
    }),
    ...unseenWire(registry, view),
    ...(view.moved && standing.status === 'approved'
      ? {
          moved: view.moved.records.flatMap((id) => {
            const row = view.refs.get(id);
            return row ? [refWire(registry, row)] : [];
          }),
        }
      : {}),
    acts: view.approvals.map((act: Approval) => ({
      act: act.act,
      version: act.version,
      digest: act.digest,
      by: act.by,
      ...(act.onBehalfOf === null ? {} : { onBehalfOf: act.onBehalfOf }),
      at: act.at,
      reason: act.reason,
      ...(act.waived ? { waived: waivedWire(act.waived, view) } : {}),
    })),
  };
}

/** The findings that an approval which stands was given without; nothing where it saw them all. */
function unseenWire(
  registry: Registry,
  { unseen, standing, refs }: RecordView,
): Pick<ApprovalWire, 'unseen'> {
  if (standing.status !== 'approved' || unseen.length === 0) return {};
  return {
    unseen: unseen.flatMap(({ assessment, number, how, at }) => {
      const row = refs.get(assessment.id);
      const when = new Date(at).toISOString();
      return row ? [{ assessment: refWire(registry, row), number, how, at: when }] : [];
    }),
  };
}

/** That a role alone decides, with whether the caller may write the table of authority. */
export const unlimitedFor = (actor: Actor): UnlimitedWire => ({ edit: canHandOn(actor, 'settings') });

function waivedWire(
  { duties, waiver }: NonNullable<Approval['waived']>,
  { waivers }: RecordView,
): WaivedWire {
  const found = waivers.find((one) => one.id === waiver);
  return { duties, waiver: found ? { id: found.id, at: found.at, until: found.lastDay } : null };
}

function newest(standing: Standing): { by: string | null; at: string | null; reason: string | null } {
  switch (standing.status) {
    case 'none':
      return { by: null, at: null, reason: null };
    case 'submitted':
      return { by: standing.by, at: standing.at, reason: null };
    case 'approved':
      return { by: standing.approval.by, at: standing.approval.at, reason: standing.approval.reason };
    default:
      return { by: standing.by, at: standing.at, reason: standing.reason };
  }
}
