import type { Page } from 'playwright-core';

/** What a page did that no page may do; empty when it kept to the rules. */
export type Watched = { readonly troubles: string[] };

/** Runs in the page; as text, because the tests know no browser types. */
const tellViolations = `document.addEventListener('securitypolicyviolation', (event) =>
  window.reportPolicyViolation(event.effectiveDirective + ' refused ' + event.blockedURI));`;

/**
 * Watches a page from now on: console errors, uncaught errors, violations of the content security policy and
 * requests to any other host. Call it before the first `goto`.
 *
 * `expected` names the answers that a test provokes ("422", "412"): Chromium writes each failed request to the console.
 */
export async function watch(page: Page, address: string, expected: readonly string[] = []): Promise<Watched> {
  const troubles: string[] = [];
  const provoked = (text: string) => expected.some((status) => text.includes(`status of ${status}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !provoked(message.text()))
      troubles.push(`console on ${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`uncaught on ${page.url()}: ${error.message}`));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^(data|blob):$/.test(protocol) || origin === new URL(address).origin) return;
    troubles.push(`asked another host: ${request.url()}`);
  });
  await page.exposeFunction('reportPolicyViolation', (what: string) => {
    troubles.push(`policy on ${page.url()}: ${what}`);
  });
  await page.addInitScript(tellViolations);
  return { troubles };
}
