import { z } from 'zod';
import type { Attempts } from '../../features/sign-in/attempts.ts';
import { askReset, resetState, useResetLink } from '../../features/sign-in/reset.ts';
import * as account from '../answers/account.ts';
import * as common from '../answers/common.ts';
import * as people from '../answers/people.ts';
import { ok, openRoute, type Route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { emailShape, lineShape, passwordShape } from '../shapes.ts';
import { requested, signedIn } from '../signed-in.ts';
import { shownShape } from './shown.ts';

const secret = lineShape(200);
const atTheDoor = { tag: 'Signing in', perMinute: 120 } as const;

/** Passwords that are lost: asked for at the door, and set by a link. */
export function resetRoutes(services: HttpServices, attempts: Attempts): Route[] {
  const door = { ...services, attempts };
  return [
    openRoute({
      ...atTheDoor,
      method: 'POST',
      path: '/password-resets',
      summary: 'Asks for a link to a new password; the same answer whether or not anybody has the address',
      body: z.strictObject({ email: emailShape }),
      answers: {
        202: { description: 'A mail goes out where the address is known.', shape: people.resetAsked },
      },
      handle: async (call) => {
        await askReset(door, call.body.email, requested(call));
        return { status: 202, body: { mailed: true } };
      },
    }),
    openRoute({
      ...atTheDoor,
      method: 'POST',
      path: '/password-resets/link',
      summary: 'What a link to a new password is worth, and whose it sets; uses nothing up',
      body: z.strictObject({ token: secret }),
      answers: { 200: { description: 'The link.', shape: people.resetState } },
      handle: async (call) => ok(await resetState(services.store, call.body.token, call.now)),
    }),
    openRoute({
      ...atTheDoor,
      method: 'POST',
      path: '/password-resets/use',
      summary: 'Sets a new password by a link, ends every session, and signs in',
      body: z.strictObject({
        token: secret,
        password: passwordShape,
        step: secret.optional(),
        ...shownShape,
      }),
      answers: {
        201: { description: 'Set; the session is in the cookie.', shape: common.me },
        202: {
          description: 'A second factor is asked for first; send the same with `step` and what is shown.',
          shape: account.step,
        },
      },
      handle: async (call) => signedIn(services, await useResetLink(door, call.body, requested(call)), 201),
    }),
  ];
}
