import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { organisation } from '../../gallery/fixtures/admin.ts';
import { LogAccess } from './log-access.tsx';

afterEach(cleanup);

test.each([
  [false, 'Let anyone read it', 'Members and tokens alone read the log'],
  [true, 'Close it to others', 'Anyone may read the log without signing in'],
])('while open is %s, one button turns it and says what holds', (logPublic, button, sentence) => {
  const saved: unknown[] = [];
  const abilities = { edit: { allowed: true }, secure: { allowed: true } } as const;
  const given = { ...organisation, logPublic, abilities };
  render(<LogAccess organisation={given} busy={false} onSave={(change) => saved.push(change)} />);
  expect(screen.getByText(new RegExp(sentence)).textContent).toContain(`/log/${given.id}/checkpoint`);
  fireEvent.click(screen.getByRole('button', { name: button }));
  expect(saved).toEqual([{ logPublic: !logPublic }]);
});

test('whoever may not change settings reads why', () => {
  const secure = { allowed: false, reason: 'Your roles do not allow this.', who: ['admin'] } as const;
  const saved: unknown[] = [];
  const given = { ...organisation, abilities: { ...organisation.abilities, secure } };
  render(<LogAccess organisation={given} busy={false} onSave={(change) => saved.push(change)} />);
  fireEvent.click(screen.getByRole('button', { name: 'Let anyone read it' }));
  expect(saved).toEqual([]);
});
