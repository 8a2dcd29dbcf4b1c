import { useQueryClient } from '@tanstack/react-query';
import type { ChangeWire, KindWire, RecordWire, RefWire } from '@throughline/domain/wire.ts';
import { useCallback, useState } from 'react';
import { Problem } from '../../api/problem.ts';
import { editRecord, type RecordPatch } from '../../api/records.ts';
import { partLabel } from '../../kinds/parts.ts';
import { dayIn, formatDay } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import { useTimeZone } from '../../ui/clock.ts';
import { announce } from '../../ui/live-region.tsx';
import { notify } from '../../ui/toast.tsx';
import { type Saved, saveEdit, undoLast } from './changes.ts';
import { hasConsequence } from './consequence.ts';
import type { Began } from './lost-race.ts';

/** A change that would take approvals away or reopen a station: what it does is shown before it is done. */
export type Preview = { change: ChangeWire; decide: (go: boolean) => void };

export type Save = (
  patch: RecordPatch,
  /** What was read when editing began, so that a lost race is a choice; without it the newest that is known. */
  began?: { version: number; before: Began; chosen?: (id: string) => RefWire | undefined },
) => Promise<Saved>;

/**
 * Saves edits of one record: a material one is tried first (`dryRun`), and where it takes an approval away the person
 * is asked. `null` where the person kept what stood. Throws `Problem` for refusals.
 */
export const useSave = (kind: KindWire, record: RecordWire): { save: Save; preview: Preview | null } => {
  const client = useQueryClient();
  const zone = useTimeZone();
  const [preview, setPreview] = useState<Preview | null>(null);
  const { ref } = record;

  const save = useCallback<Save>(
    async (patch, began) => {
      const agree = async (version: number, asked: RecordPatch): Promise<boolean> => {
        const parts = [...Object.keys(asked.fields ?? {}), ...Object.keys(asked.links ?? {})];
        if (!parts.some((part) => kind.material.includes(part))) return true;
        const change = await tried(kind, ref, version, asked);
        return change === null || !hasConsequence(change) || ask(setPreview, change);
      };
      const version = began?.version ?? record.version;
      if (!(await agree(version, patch))) return null;
      const done = await saveEdit({ client, kind, ref, patch, agree, ...began, version });
      if (done === 'theirs') announce(t('record.kept-theirs'));
      else if (done !== null) told(client, kind, { record, zone }, done);
      return done;
    },
    [client, kind, ref, record, zone],
  );
  return { save, preview };
};

/** What the change would do. A refusal here is met again, and told, by the change itself. */
const tried = async (
  kind: KindWire,
  ref: string,
  version: number,
  patch: RecordPatch,
): Promise<ChangeWire | null> => {
  try {
    return await editRecord({ collection: kind.collection, ref, version }, patch, { dryRun: true });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return null;
  }
};

const ask = (show: (preview: Preview | null) => void, change: ChangeWire): Promise<boolean> =>
  new Promise((resolve) => {
    show({
      change,
      decide: (go) => {
        show(null);
        resolve(go);
      },
    });
  });

const told = (
  client: Parameters<typeof undoLast>[0],
  kind: KindWire,
  before: Before,
  change: ChangeWire,
): void => {
  const parts = change.changed.map((part) => partLabel(kind, part)).join(', ');
  const action = { label: t('register.undo'), run: () => void undoLast(client) };
  if (change.voided.length > 0) notify({ text: lostWords(parts, before), action });
  else if (change.changed.length > 0) announce(t('record.saved', { label: parts }));
};

type Before = { record: RecordWire; zone: string };

/** What an edit took away, by the day it was given, and who finds out (UX d, Approval lost). */
const lostWords = (parts: string, { record, zone }: Before): string => {
  const { approval, members } = record;
  const day = approval?.at == null ? '' : formatDay(dayIn(new Date(approval.at), zone));
  if (approval?.status === 'submitted') return t('record.submission-lost', { parts, day });
  const who = members[approval?.by ?? ''] ?? t('record.fact.someone');
  return t('record.approval-lost', { parts, day, who });
};
