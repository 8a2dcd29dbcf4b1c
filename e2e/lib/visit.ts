import type { Browser, BrowserContext, Page } from 'playwright-core';
import { calm, closeContexts, openBrowser } from './browser.ts';
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
export async function openVisit(starting: Promise<RunningServer> = startServer()): Promise<Visit> {
  const server = await starting;
  const close = async (): Promise<void> => {
    await closeContexts();
    await server.stop();
    await removeData(server);
  };
  try {
    const browser = await openBrowser();
    const viewport = { width: 1440, height: 900 };
    const context = await browser.newContext({ ...calm, viewport, timezoneId: 'Europe/Dublin' });
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
