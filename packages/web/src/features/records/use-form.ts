import type { Json } from '@throughline/domain/json.ts';
import type { KindWire, RefWire } from '@throughline/domain/wire.ts';
import { useEffect, useRef, useState } from 'react';
import { Problem } from '../../api/problem.ts';
import { problemOf } from '../../kinds/blobs.ts';
import type { FieldError } from '../../ui/fields/field.tsx';
import { announce } from '../../ui/live-region.tsx';
import type { Trouble } from '../../ui/problem.tsx';
import { type Draft, dropDraft, keepDraft, keptDraft } from './draft.ts';
import { missingOf, refusedOf } from './form-state.ts';

/** A pause in typing this long keeps the draft. */
const pause = 400;

export type Form = {
  draft: Draft;
  errors: readonly FieldError[];
  problem: Trouble | null;
  busy: boolean;
  /** When the draft that is shown was kept, where it was one. */
  restored: string | undefined;
  setField: (name: string, value: Json) => void;
  setLinks: (name: string, refs: readonly RefWire[]) => void;
  setState: (state: string) => void;
  startAgain: () => void;
  submit: () => Promise<void>;
};

type FormOptions = {
  kind: KindWire;
  /** `new`, or the ref: drafts of different records are kept apart. */
  place: string;
  first: Draft;
  save: (draft: Draft) => Promise<void>;
};

const focusFirst = (errors: readonly FieldError[]): void => {
  const first = errors[0];
  // After the summary has been drawn, so that the field is where it will stay.
  if (first !== undefined) setTimeout(() => document.getElementById(first.id)?.focus(), 0);
};

/** A form over a declaration: keeps its draft, says what is missing, brings the server's refusals to their fields. */
export const useForm = ({ kind, place, first, save }: FormOptions): Form => {
  const [kept] = useState(() => keptDraft(kind.collection, place));
  const [draft, setDraft] = useState<Draft>(kept ?? first);
  const [touched, setTouched] = useState(false);
  const [restored, setRestored] = useState(kept?.at);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [problem, setProblem] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const done = useRef(false);
  useEffect(() => {
    if (!touched) return;
    const timer = setTimeout(() => {
      if (!done.current) keepDraft(kind.collection, place, draft, new Date().toISOString());
    }, pause);
    return () => clearTimeout(timer);
  }, [touched, draft, kind.collection, place]);

  const change = (next: (now: Draft) => Draft): void => {
    setTouched(true);
    setDraft(next);
  };
  const refuse = (found: readonly FieldError[], trouble: Trouble | null): void => {
    setErrors(found);
    setProblem(trouble);
    focusFirst(found);
    announce(found[0]?.message ?? trouble?.detail ?? trouble?.title ?? '');
  };
  const submit = async (): Promise<void> => {
    if (busy) return;
    const missing = missingOf(kind, draft);
    if (missing.length > 0) return refuse(missing, null);
    setBusy(true);
    refuse([], null);
    try {
      await save(draft);
      done.current = true;
      dropDraft(kind.collection, place);
    } catch (error) {
      const found = error instanceof Problem ? refusedOf(kind, error.errors) : [];
      refuse(found, found.length > 0 ? null : problemOf(error));
      setBusy(false);
    }
  };
  return {
    draft,
    errors,
    problem,
    busy,
    restored,
    setField: (name, value) => change((now) => ({ ...now, fields: { ...now.fields, [name]: value } })),
    setLinks: (name, refs) => change((now) => ({ ...now, links: { ...now.links, [name]: refs } })),
    setState: (state) => change((now) => ({ ...now, state })),
    startAgain: () => {
      dropDraft(kind.collection, place);
      setRestored(undefined);
      setTouched(false);
      setDraft(first);
    },
    submit,
  };
};
