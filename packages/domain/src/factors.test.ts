import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  factorKinds,
  hasSecondFactor,
  proofDue,
  provingMethods,
  readCode,
  readStepUp,
  recoveryCode,
  recoveryCodeBytes,
  stepUpMinutes,
  usualStepUp,
} from './factors.ts';

const minute = 60_000;
const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1) + minutes * minute);
const kinds = fc.uniqueArray(fc.constantFrom(...factorKinds));

test('recovery codes alone are no second factor: they stand in for one', () => {
  expect(hasSecondFactor([])).toBe(false);
  expect(hasSecondFactor(['recovery'])).toBe(false);
  expect(hasSecondFactor(['totp'])).toBe(true);
  expect(hasSecondFactor(['recovery', 'passkey'])).toBe(true);
});

test('the password proves somebody only while they have no second factor', () => {
  expect(provingMethods([])).toEqual(['password']);
  expect(provingMethods(['recovery'])).toEqual(['password']);
  expect(provingMethods(['recovery', 'totp'])).toEqual(['totp', 'recovery']);
  fc.assert(
    fc.property(kinds, (held) => {
      const methods = provingMethods(held);
      expect(methods.includes('password')).toBe(!hasSecondFactor(held));
      expect(methods.length).toBeGreaterThan(0);
      for (const method of methods) if (method !== 'password') expect(held).toContain(method);
    }),
  );
});

test('a proof is due when it is older than the rule, to the minute', () => {
  const presence = { provedAt: at(0), secondFactor: true };
  expect(proofDue(usualStepUp, presence, at(0))).toBe(false);
  expect(proofDue(usualStepUp, presence, at(15))).toBe(false);
  expect(proofDue(usualStepUp, presence, new Date(at(15).getTime() + 1))).toBe(true);
  expect(proofDue({ minutes: 60, everyone: false }, presence, at(59))).toBe(false);
});

test('whoever has no second factor is asked only where the rule is for everyone', () => {
  const presence = { provedAt: at(0), secondFactor: false };
  expect(proofDue({ minutes: 15, everyone: false }, presence, at(10_000))).toBe(false);
  expect(proofDue(usualStepUp, presence, at(16))).toBe(true);
  expect(proofDue({ minutes: 15, everyone: true }, presence, at(16))).toBe(true);
  expect(proofDue({ minutes: 15, everyone: true }, presence, at(14))).toBe(false);
});

test('a proof from the future is none', () => {
  expect(proofDue(usualStepUp, { provedAt: at(1), secondFactor: true }, at(0))).toBe(true);
});

test('a rule for everyone is never laxer than the same rule for those with a second factor', () => {
  const minutes = fc.integer({ min: stepUpMinutes.least, max: stepUpMinutes.most });
  fc.assert(
    fc.property(minutes, fc.boolean(), fc.integer({ min: -10, max: 2000 }), (n, secondFactor, age) => {
      const presence = { provedAt: at(0), secondFactor };
      const strict = proofDue({ minutes: n, everyone: true }, presence, at(age));
      const lax = proofDue({ minutes: n, everyone: false }, presence, at(age));
      expect(strict || !lax).toBe(true);
      expect(strict).toBe(age < 0 || age > n);
    }),
  );
});

test('settings that cannot be meant count as the usual rule', () => {
  for (const value of [null, undefined, 7, 'x', [], {}, { minutes: 0 }, { minutes: 1.5 }, { minutes: '5' }])
    expect(readStepUp(value)).toEqual(usualStepUp);
  expect(readStepUp({ minutes: 721, everyone: 'yes' })).toEqual(usualStepUp);
  // Only an organisation that said so leaves anybody out.
  expect(readStepUp({ minutes: 5 })).toEqual({ minutes: 5, everyone: true });
  expect(readStepUp({ minutes: 5, everyone: false })).toEqual({ minutes: 5, everyone: false });
});

const bytes = fc.uint8Array({ minLength: recoveryCodeBytes, maxLength: recoveryCodeBytes });

test('a recovery code is four groups of four, each letter five bits of what it is made of', () => {
  expect(recoveryCode(new Uint8Array(recoveryCodeBytes))).toBe('0000-0000-0000-0000');
  expect(recoveryCode(new Uint8Array(recoveryCodeBytes).fill(255))).toBe('zzzz-zzzz-zzzz-zzzz');
  expect(recoveryCode(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 33))).toBe('0000-0000-0000-0011');
  expect(() => recoveryCode(new Uint8Array(9))).toThrow(RangeError);
});

test('different bytes are different codes', () => {
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      const same = one.every((byte, place) => byte === other[place]);
      expect(recoveryCode(one) === recoveryCode(other)).toBe(same);
    }),
  );
});

test('a code is read as it was written, in capitals, without dashes, and with what paper makes of letters', () => {
  fc.assert(
    fc.property(bytes, (drawn) => {
      const code = recoveryCode(drawn);
      expect(readCode(code)).toEqual({ recovery: code });
      expect(readCode(` ${code.toUpperCase()} `)).toEqual({ recovery: code });
      expect(readCode(code.replaceAll('-', ' '))).toEqual({ recovery: code });
      expect(readCode(code.replaceAll('0', 'O').replaceAll('1', 'l'))).toEqual({ recovery: code });
    }),
  );
});

test('six digits are an authenticator’s, however they are spaced; anything else is no code', () => {
  expect(readCode('123456')).toEqual({ totp: '123456' });
  expect(readCode('123 456')).toEqual({ totp: '123456' });
  for (const typed of ['', '12345', '1234567', 'abcdef', 'uuuu-uuuu-uuuu-uuuu', '١٢٣٤٥٦', 'k3f9-7m2x-aaaa'])
    expect(readCode(typed)).toBeNull();
});
