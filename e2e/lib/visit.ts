import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { type RunningServer, removeData, startServer } from './server.ts';
import { type Watched, watch } from './watch.ts';

/** One person at a server of their own, with a page that is watched; and the few words that journeys are told in. */
export type Visit = {
  readonly server: RunningServer;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watched: Watched;
  go(path: string): ReturnType<Page['goto']>;
  heading(name: string | RegExp): ReturnType<Page['getByRole']>;
  button(name: string | RegExp): ReturnType<Page['getByRole']>;
  close(): Promise<void>;
};

/** Starts all of it; what did start is closed again where the rest does not. */
export async function openVisit(env: Readonly<Record<string, string>> = {}): Promise<Visit> {
  const server = await startServer({ env });
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await server.stop();
    removeData(server);
  };
  try {
    browser = await openBrowser();
    const viewport = { width: 1440, height: 900 };
    const context = await browser.newContext({ viewport, timezoneId: 'Europe/Dublin' });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const watched = await watch(page, server.address);
    return {
      ...{ server, browser, context, page, watched, close },
      go: (path) => page.goto(`${server.address}${path}`),
      heading: (name) => page.getByRole('heading', { name }),
      button: (name) => page.getByRole('button', { name }),
    };
  } catch (error) {
    await close();
    throw error;
  }
}
