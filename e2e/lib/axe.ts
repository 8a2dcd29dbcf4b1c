import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 to level AA; each level names only what it adds. */
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Of these, the rules whose verdict a change of colours alone can turn. */
const ofColours = ['color-contrast', 'link-in-text-block'];

type Finding = { id: string; help: string; nodes: { target: string[]; failureSummary?: string }[] };

/** What axe finds on the page as it stands: one line per rule with the first three places; empty when it finds nothing. */
export const violations = (page: Page): Promise<string[]> => runAxe(page, levels);

/**
 * What axe finds in the light theme, and in the dark one of what colours can turn. The theme follows the device until a
 * person chooses one, so the same page turns dark.
 */
export async function violationsInBothThemes(page: Page): Promise<string[]> {
  await turn(page, 'light');
  const light = await violations(page);
  await turn(page, 'dark');
  const dark = await runAxe(page, { type: 'rule', values: ofColours });
  return [...light, ...dark.map((found) => `dark: ${found}`)];
}

async function turn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
}

async function runAxe(page: Page, runOnly: unknown): Promise<string[]> {
  // The page's policy refuses injected scripts; evaluating runs outside the policy, in the same document. What it is
  // told of everything in order costs as much as looking for what is not, so it is told of one place a rule.
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'] });
  // What has passed under the bar that stays cannot be pressed there, and would be measured against its links.
  await page.evaluate(
    "for (let one = document.querySelector('main'); one; one = one.parentElement) one.scrollTop = 0",
  );
  // What still fades in has the colours of neither end. What turns for ever is no end to wait for.
  await page.evaluate(
    `Promise.allSettled(document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime < Infinity).map((one) => one.finished)).then(() => 0)`,
  );
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(`${source}; 0`);
  const found: Finding[] = await page.evaluate(
    `axe.run(document, ${options}).then((result) => result.violations)`,
  );
  return found.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 3).map(({ target }) => target.join(' '));
    const reason = nodes[0]?.failureSummary?.split('\n').at(-1)?.trim() ?? '';
    return `${id}: ${help}; ${reason} (${nodes.length}: ${places.join(' | ')})`;
  });
}
