import { dayIn } from '@throughline/domain/day.ts';
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Where the organisation of every journey is. */
const timeZone = 'Europe/Dublin';
/** The day that it has there now. YYYY-MM-DD. */
export const today = (): string => dayIn(new Date(), timeZone);

/** The first administrator of every journey, named by role. */
export const administrator = {
  organisation: 'Harbour Mutual',
  name: 'AIMS manager',
  email: 'aims.manager@harbour.example',
  password: 'a long walk along the harbour',
} as const;

/** Opens the one-time link and sets up organisation and password; ends on the page with the three doors. */
export async function setUpOnPage(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Name of the organisation').fill(administrator.organisation);
  await page.getByLabel('How others see you').fill(administrator.name);
  await page.getByLabel('E-mail address').fill(administrator.email);
  await page.getByLabel('Password').fill(administrator.password);
  await page.getByRole('button', { name: 'Set up and sign in' }).click();
  await page.waitForURL('**/welcome');
}

/** The same without its page, for journeys that begin behind it: the cookie is then in the context. */
export async function setUp(context: BrowserContext, link: string): Promise<void> {
  const { origin, hash } = new URL(link);
  const { organisation, ...person } = administrator;
  const answer = await context.request.post(`${origin}/api/v1/setup`, {
    headers: { 'x-throughline': '1' },
    data: {
      token: new URLSearchParams(hash.slice(1)).get('token'),
      organisation: { name: organisation, timeZone },
      person,
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
}

/** Signs in as the administrator, on the page where the browser is now. */
export async function signIn(page: Page): Promise<void> {
  await page.getByLabel('E-mail address').fill(administrator.email);
  await page.getByLabel('Password').fill(administrator.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
