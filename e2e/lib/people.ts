import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Api, apiOf } from './api.ts';

/** Somebody who accepted their invitation and is signed in, in a browser of their own. */
export type Signed = {
  readonly id: string;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly api: Api;
};

/** Invites a person by the administrator's own call, and lets them choose a password on the page of the link. */
export async function invited(
  browser: Browser,
  admin: { readonly context: BrowserContext; readonly address: string },
  person: { readonly name: string; readonly roles: readonly string[] },
): Promise<Signed> {
  const email = `${person.name.toLowerCase().replaceAll(' ', '.')}@harbour.example`;
  const answer = await admin.context.request.post(`${admin.address}/api/v1/members`, {
    headers: { 'x-throughline': '1' },
    data: { ...person, email },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const { member, link } = await answer.json();
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    timezoneId: 'Europe/Dublin',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(new URL(link, admin.address).href);
  await page.getByLabel('Password').fill('a long walk along the quay');
  await page.getByRole('button', { name: 'Join and sign in' }).click();
  await page.getByRole('navigation').first().waitFor();
  return { id: member, context, page, api: apiOf(context, admin.address) };
}
