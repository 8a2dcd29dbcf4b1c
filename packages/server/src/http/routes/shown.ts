import { z } from 'zod';
import { lineShape } from '../shapes.ts';

const base64 = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\w-]*$/, 'This is not base64url.');

/** A passkey's answer to a challenge (WebAuthn §5.8.1, its members in base64url). */
const shownPasskey = z
  .strictObject({
    id: base64(1400),
    clientDataJSON: base64(4000),
    authenticatorData: base64(4000),
    signature: base64(8000),
    userHandle: base64(200).optional(),
  })
  .meta({ id: 'ShownPasskey' });

/** What somebody shows beside their password: a code, or a passkey. */
export const shownShape = { code: lineShape(60).optional(), passkey: shownPasskey.optional() };

/** A passkey that a browser made. */
export const newPasskeyShape = z
  .strictObject({
    id: base64(1400),
    clientDataJSON: base64(4000),
    attestationObject: base64(60_000),
    transports: z
      .array(z.string().regex(/^[a-z-]{1,30}$/, 'This is no way to reach a passkey.'))
      .max(10)
      .optional(),
  })
  .meta({ id: 'MadePasskey' });
