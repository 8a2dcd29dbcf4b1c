import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Api, apiOf } from './api.ts';
import { calm } from './browser.ts';

/** Somebody who accepted their invitation and is signed in, in a browser of their own. */
export type Signed = {
  readonly id: string;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly api: Api;
};

type Admin = { readonly context: BrowserContext; readonly address: string };
type Person = { readonly name: string; readonly roles: readonly string[] };

const password = 'a long walk along the quay';
const headers = { 'x-throughline': '1' };

/** Invites a person by the administrator's own call, and lets them accept by theirs. */
export async function invited(browser: Browser, admin: Admin, person: Person): Promise<Signed> {
  const { signed, link } = await invite(browser, admin, person);
  const accept = `${admin.address}/api/v1/invitations/accept`;
  const data = { token: new URLSearchParams(link.hash.slice(1)).get('token'), password };
  const answer = await signed.context.request.post(accept, { headers, data });
  expect(answer.ok(), await answer.text()).toBe(true);
  return signed;
}

/** The same, with the password chosen on the page of the link; ends on their first page. */
export async function invitedOnPage(browser: Browser, admin: Admin, person: Person): Promise<Signed> {
  const { signed, link } = await invite(browser, admin, person);
  const { page } = signed;
  await page.goto(link.href);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Join and sign in' }).click();
  await page.getByRole('navigation').first().waitFor();
  return signed;
}

async function invite(browser: Browser, { context, address }: Admin, person: Person) {
  const email = `${person.name.toLowerCase().replaceAll(' ', '.')}@harbour.example`;
  const answer = await context.request.post(`${address}/api/v1/members`, {
    headers,
    data: { ...person, email },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const { member, link } = await answer.json();
  const viewport = { width: 1440, height: 900 };
  const theirs = await browser.newContext({ ...calm, viewport, timezoneId: 'Europe/Dublin' });
  const page = await theirs.newPage();
  page.setDefaultTimeout(30_000);
  const signed: Signed = { id: member, context: theirs, page, api: apiOf(theirs, address) };
  return { signed, link: new URL(link, address) };
}
