import { says } from '../trace/read.ts';
import { daysToCome } from './days-come.ts';
import type { Around, Content, Kind, Lack } from './kind.ts';
import { missingParts } from './transition.ts';

/**
 * Why content is not whole enough to be approved, whoever would approve it, in words; nothing when it is. An approval is
 * somebody's word on what stands there: nobody gives it on a blank (6.1.2 to 6.1.4, 7.5.2). Pure.
 */
export function approvalLack(
  kind: Kind,
  state: string,
  content: Content,
  around: Around,
  now: string,
): Lack | undefined {
  const { approvable, lifecycle } = kind;
  if (!approvable) return undefined;
  const { in: ready } = approvable;
  const needed = neededParts(kind, content.fields);
  const open = needed.filter((part) => !says(content, part));
  if (ready && !ready.includes(state)) {
    const named = (name: string) => `“${lifecycle.states[name]?.label ?? name}”`;
    return {
      says: `It is approved once it is ${ready.map(named).join(' or ')}; this is ${named(state)}.`,
      parts: open,
    };
  }
  const missing = missingParts(kind, { requires: needed }, content);
  if (missing.length > 0)
    return {
      says: `${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} needed before it is approved.`,
      parts: open,
    };
  const [ahead] = daysToCome(kind, content, around.today);
  if (ahead) return { says: ahead.says, parts: [ahead.field] };
  for (const { to, guard } of Object.values(lifecycle.transitions)) {
    const lack = ready?.includes(to) ? guard?.(content, now) : undefined;
    if (lack !== undefined) return { says: lack, parts: [] };
  }
  return approvable.lacks?.(content, around);
}

/**
 * Fields and relations that an approval needs: those the declaration names, those of the steps to where it is approved,
 * which an edit may have emptied since, and those of the step that it is for.
 */
function neededParts({ approvable, lifecycle }: Kind, fields: Content['fields']): string[] {
  const step = approvable?.for?.(fields);
  const steps = Object.entries(lifecycle.transitions)
    .filter(([name, { to }]) => name === step || approvable?.in?.includes(to))
    .map(([, one]) => one);
  return [...new Set([...(approvable?.requires ?? []), ...steps.flatMap(({ requires = [] }) => requires)])];
}
