import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SheetEdit } from '@throughline/domain/impact/merge.ts';
import type { ImpactSheetWire } from '@throughline/domain/wire-impact.ts';
import { useEffect, useRef, useState } from 'react';
import { get, patch, put } from '../../api/client.ts';
import { Problem } from '../../api/problem.ts';
import { etagOf } from '../../api/records.ts';
import { announce } from '../../ui/live-region.tsx';
import {
  type Clash,
  chosen,
  clashesSince,
  meeting,
  openClashes,
  type Written,
  withheld,
} from './clash-state.ts';
import { hold, readHeld } from './held.ts';
import { afterSave, editOf, onTop, type Sent, sizeOf, type Work, without, workOn } from './impact-state.ts';
import { w } from './words.ts';

const pathOf = (ref: string): string => `/api/v1/impact-assessments/${encodeURIComponent(ref)}`;

export const useImpactSheet = (ref: string) =>
  useQuery({
    queryKey: ['impact-sheet', ref],
    queryFn: ({ signal }) => get<ImpactSheetWire>(`${pathOf(ref)}/sheet`, { signal }),
  });

/** The sheet of a version as its record shows it, apart from the one that an editor writes on top of. */
export const useNoticed = (ref: string, version: number) =>
  useQuery({
    queryKey: ['impact-noticed', ref, version],
    queryFn: ({ signal }) => get<ImpactSheetWire>(`${pathOf(ref)}/sheet`, { signal }),
  });

/** A pause in typing this long saves. */
const pause = 900;

/** Something that the server did not take: where, why, and what it was, so that it is not sent again unchanged. */
export type Refused = { readonly at: string; readonly message: string; readonly value: string };

type State = {
  readonly base: ImpactSheetWire;
  readonly work: Work;
  readonly refused: readonly Refused[];
  readonly clashes: readonly Clash[];
  /** The version since which what others wrote stands beside what is written here. */
  readonly since: number;
  readonly met: boolean;
  readonly back: number;
};

const begin = (sheet: ImpactSheetWire, member: string): State => {
  const held = readHeld(member, sheet.assessment.id);
  const first = { base: sheet, refused: [], met: false };
  if (held === null)
    return { ...first, work: workOn(sheet.fields), clashes: [], since: sheet.version, back: 0 };
  const { before, edit, confirm, clashes, since } = held;
  const { work, clashes: open } = meeting(
    { before, work: onTop(before, edit, confirm), clashes },
    sheet.fields,
  );
  const back = sizeOf(editOf(sheet.fields, work), work.confirm);
  return { ...first, work, clashes: open, since, back };
};

const writtenOf = ({ base, work, clashes }: State): Written => ({ before: base.fields, work, clashes });

/** What may be sent now: neither what was refused and is unchanged, nor places that wait for a choice. */
const toSend = ({ base, work, clashes, refused }: State): SheetEdit =>
  sendable(withheld(editOf(base.fields, work), clashes), refused);

/** What an edit holds at the place of a refusal: all effects are read as one field. */
const sentAt = (edit: SheetEdit, at: string): string =>
  JSON.stringify(at.startsWith('fields.effects') ? edit.effects : (edit.fields[at.slice(7)] ?? null));

/** The edit without what was refused and has not been changed since. */
const sendable = (edit: SheetEdit, refused: readonly Refused[]): SheetEdit => {
  const same = refused.filter(({ at, value }) => sentAt(edit, at) === value);
  const rows = same.some(({ at }) => at.startsWith('fields.effects'));
  const left = without(
    edit,
    same.map(({ at }) => at),
  );
  return rows ? { ...left, effects: { set: [], remove: [] } } : left;
};

/** What is written and not saved, on top of what an act of its own saved. */
const restOn = (kept: ImpactSheetWire['fields'], { base, work }: State): Work =>
  onTop(kept, editOf(base.fields, work), work.confirm);

/** An assessment being written: saved as one pauses, on top of what others save, held by the browser until it is. */
export const useSheet = (sheet: ImpactSheetWire, member: string, editable: boolean) => {
  const client = useQueryClient();
  const [state, setState] = useState(() => begin(sheet, member));
  const [holds, setHolds] = useState(true);
  const { base, work, since } = state;
  const clashes = openClashes(state.clashes, base.fields, work);
  const { ref, id } = base.assessment;
  const edit = editOf(base.fields, work);
  const open = sizeOf(edit, work.confirm);
  const ready = toSend({ ...state, clashes });
  const waiting = sizeOf(ready, work.confirm);
  const latest = useRef(state);
  const met = useRef((_theirs: ImpactSheetWire): void => undefined);

  /** Takes what stands now, with what was written here on top of it; where both wrote, one of the two is chosen. */
  const meet = (theirs: ImpactSheetWire): void => {
    client.setQueryData(['impact-sheet', ref], theirs);
    setState((now) => {
      const from =
        openClashes(now.clashes, now.base.fields, now.work).length > 0 ? now.since : now.base.version;
      return { ...now, ...meeting(writtenOf(now), theirs.fields), base: theirs, met: true, since: from };
    });
    announce(w('impact.met'));
  };

  useEffect(() => {
    latest.current = state;
    met.current = meet;
  });

  const save = useMutation({
    mutationFn: (sent: Sent & { base: ImpactSheetWire }) =>
      patch<ImpactSheetWire>(
        `${pathOf(ref)}/sheet`,
        { ...sent.edit, confirm: sent.work.confirm },
        { ifMatch: etagOf(sent.base.version) },
      ),
    onSuccess: async (kept, sent) => {
      client.setQueryData(['impact-sheet', ref], kept);
      const others = kept.version > sent.base.version + 1;
      setState((now) => {
        const work = afterSave(sent, kept.fields, now.work);
        const found = others ? clashesSince(sent, kept.fields, work) : [];
        const clashes = [...openClashes(now.clashes, kept.fields, work), ...found];
        const since = now.clashes.length > 0 ? now.since : sent.base.version;
        return { ...now, base: kept, work, clashes, since, met: now.met || others, back: 0 };
      });
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'impact-sheet' });
    },
    onError: async (error, sent) => {
      if (!(error instanceof Problem)) return;
      if (error.code === 'changed') {
        const theirs = await get<ImpactSheetWire>(`${pathOf(ref)}/sheet`);
        return meet(theirs);
      }
      const found = error.errors.map(({ at, message }) => ({ at, message, value: sentAt(sent.edit, at) }));
      setState((now) => ({ ...now, refused: found }));
      announce(error.errors[0]?.message ?? error.message);
    },
  });

  const { mutate, isPending } = save;
  const sending = isPending || !editable;
  const key = JSON.stringify([ready, work.confirm]);
  useEffect(() => {
    if (waiting === 0 || sending) return;
    const timer = setTimeout(() => {
      const { base: on, work: written } = latest.current;
      mutate({ base: on, before: on.fields, work: written, edit: toSend(latest.current) });
    }, pause);
    // `key` says what is to be sent: another letter begins the pause anew.
    void key;
    return () => clearTimeout(timer);
  }, [waiting, sending, key, mutate]);

  useEffect(() => {
    const nothing = open === 0 && clashes.length === 0;
    const { confirm } = work;
    setHolds(hold(member, id, nothing ? null : { edit, confirm, before: base.fields, since, clashes }));
  });

  // Somebody else saved: the sheet was read again, and what was written here goes on top of it.
  useEffect(() => {
    if (sheet.version > latest.current.base.version && !isPending) met.current(sheet);
  }, [sheet, isPending]);

  const fill = useMutation({
    mutationFn: () =>
      put<ImpactSheetWire>(`${pathOf(ref)}/known`, undefined, { ifMatch: etagOf(base.version) }),
    onSuccess: (kept) => {
      setState((now) => ({ ...now, base: kept, work: restOn(kept.fields, now) }));
      client.setQueryData(['impact-sheet', ref], kept);
    },
  });
  const takeMethod = useMutation({
    mutationFn: () =>
      patch<ImpactSheetWire>(`${pathOf(ref)}/sheet`, { takeMethod: true }, { ifMatch: etagOf(base.version) }),
    onSuccess: (kept) => {
      setState((now) => ({ ...now, base: kept, work: restOn(kept.fields, now) }));
      client.setQueryData(['impact-sheet', ref], kept);
    },
  });

  const change = (next: (now: Work) => Work): void => setState((now) => ({ ...now, work: next(now.work) }));
  const choose = (at: string, mine: boolean): void =>
    setState((now) => ({ ...now, ...chosen(writtenOf(now), at, mine) }));
  const trouble =
    save.error instanceof Problem && ['changed', 'unprocessable'].includes(save.error.code)
      ? null
      : save.error;
  const again = (): void => {
    if (waiting > 0) mutate({ base, before: base.fields, work, edit: ready });
  };
  return {
    ...state,
    clashes,
    change,
    choose,
    fill,
    takeMethod,
    open,
    waiting,
    holds,
    trouble,
    again,
    saving: isPending,
  };
};
