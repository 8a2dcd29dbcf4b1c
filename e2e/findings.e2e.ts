import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsInBothThemes } from './lib/axe.ts';
import { setUp } from './lib/first-run.ts';
import { openVisit, type Visit } from './lib/visit.ts';

/** What a risk carries of an impact assessment, in words, and what is said once that has moved on (6.1.4, 8.2). */
let visit: Visit;
let risk: string;
const long = { timeout: 60_000 };

beforeAll(async () => {
  visit = await openVisit();
});
afterAll(() => visit?.close());

test('a risk says in words what it carries, and each effect leads to its place in the assessment', async () => {
  const { page, context, server } = visit;
  await setUp(context, server.signInLink);
  await visit.go('/welcome');
  await visit.button(/Load the demo organisation/).click();
  const standing = async () =>
    (await (await context.request.get(`${server.address}/api/v1/demo`)).json()).standing;
  await expect.poll(standing, long).toBe('loaded');
  const all = await (await context.request.get(`${server.address}/api/v1/risks?limit=50`)).json();
  for (const { ref } of all.items) {
    const rating = await (await context.request.get(`${server.address}/api/v1/risks/${ref}/rating`)).json();
    if (rating.carried.length === 0) continue;
    risk = ref;
    break;
  }
  await visit.go(`/risks/${risk}`);
  const finding = page.getByRole('link', { name: /^Effect 1, / });
  await finding.waitFor(long);
  await page
    .getByRole('table', { name: 'Rating' })
    .getByRole('row', { name: /^Residual/ })
    .waitFor(long);
  const dimension = (await finding.innerText()).replace('Effect 1, ', '');
  expect(await violationsInBothThemes(page)).toEqual([]);
  await finding.click();
  await page.waitForURL(/\/impact-assessments\/IA-\d+\/sheet\?part=/);
  await visit.heading(dimension).waitFor(long);
});

test('where the assessment has moved on, the page of the risk says what changed and leads to the rating', async () => {
  const { page } = visit;
  // A second person would have to approve the version: the answer is changed on its way to the page instead.
  await page.route(`**/api/v1/risks/${risk}/rating`, async (route) => {
    const answer = await route.fetch();
    const rating = await answer.json();
    const [first, ...others] = rating.carried;
    const carried = [{ ...first, changes: ['severity severe instead of serious'] }, ...others];
    await route.fulfill({ response: answer, json: { ...rating, ratedBy: 'RCR-1 v0', carried } });
  });
  await visit.go(`/risks/${risk}`);
  const said = /judged effect 1 anew since this risk was rated: severity severe instead of serious/;
  await page.getByText(said).waitFor(long);
  await page.getByText('This risk was rated by RCR-1 v0.').waitFor(long);
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.getByRole('link', { name: 'Rate it again' }).click();
  await page.waitForURL(`**/risks/${risk}/rating`);
  await page.getByText(said).waitFor(long);
});
