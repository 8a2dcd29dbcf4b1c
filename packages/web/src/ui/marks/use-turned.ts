import { useEffect, useRef, useState } from 'react';
import type { Verdict } from './verdict.ts';

/** True after the verdict turned to *holds* while the page was open: its thread then draws in, once (UX c). */
export const useTurned = (verdict: Verdict | null): boolean => {
  const before = useRef(verdict);
  const [turned, setTurned] = useState(false);
  useEffect(() => {
    if (before.current !== verdict) setTurned(verdict === 'holds');
    before.current = verdict;
  }, [verdict]);
  return turned;
};
