import type { Json } from '@throughline/domain/json.ts';
import type { MeWire } from '@throughline/domain/wire-session.ts';
import { useEffect, useState } from 'react';
import { get, request } from '../api/client.ts';
import { sessionQuery, useSession } from '../api/session.ts';
import { t } from '../text/t.ts';
import { onPreference, takePreferences } from '../ui/preferences.ts';
import { notify } from '../ui/toast.tsx';
import { queryClient } from './query-client.ts';

/** Choices made within this time are sent together. */
const pause = 400;

type Sender = {
  choose: (name: string, value: string) => void;
  pending: ReadonlySet<string>;
  stop: () => void;
};

/**
 * Sends choices to the server, on top of what it keeps by then: another tab or machine may have chosen something else
 * in between, and the address takes them whole.
 */
export const preferenceSender = (
  read: () => Promise<Readonly<Record<string, Json>>>,
  write: (preferences: Readonly<Record<string, Json>>) => Promise<void>,
  failed: () => void,
): Sender => {
  const pending = new Map<string, string>();
  const names = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const send = async (): Promise<void> => {
    const sent = [...pending];
    try {
      await write({ ...(await read()), ...Object.fromEntries(sent) });
    } catch {
      // Told to the person. It stays pending: this page keeps it, and the next choice takes it along.
      return failed();
    }
    for (const [name, value] of sent) {
      if (pending.get(name) !== value) continue;
      pending.delete(name);
      names.delete(name);
    }
    if (pending.size > 0) plan();
  };
  const plan = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void send(), pause);
  };
  return {
    pending: names,
    choose: (name, value) => {
      pending.set(name, value);
      names.add(name);
      plan();
    },
    stop: () => clearTimeout(timer),
  };
};

const path = '/api/v1/preferences';

/** Keeps the settings of the pages with the person: the server has them, the browser is quick with them. */
export const usePreferenceSync = (): void => {
  const me = useSession();
  const [sender] = useState(() =>
    preferenceSender(
      async () => (await get<MeWire>('/api/v1/session', {})).preferences,
      async (preferences) => {
        await request('PUT', path, preferences);
        queryClient.setQueryData(sessionQuery.queryKey, (now) =>
          now === undefined ? now : { ...now, preferences },
        );
      },
      () => notify({ text: t('app.preferences.unsent') }),
    ),
  );
  useEffect(() => onPreference(sender.choose), [sender]);
  useEffect(() => {
    const person = me?.member?.id;
    if (me !== undefined && person !== undefined) takePreferences(person, me.preferences, sender.pending);
  }, [me, sender]);
};
