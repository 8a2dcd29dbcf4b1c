import { expect, test } from 'vitest';
import { agentWords, coarseAgent } from './agent-words.ts';

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', 'Firefox, Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36',
    'Chrome, Windows',
  ],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0', 'Edge, Windows'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Safari/604.1',
    'Safari, iOS',
  ],
  [
    'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 HeadlessChrome/150.0 Safari/537.36',
    'Chrome, Android',
  ],
  ['curl/8.5.0', 'curl/8.5.0'],
])('%s', (agent, words) => expect(agentWords(agent)).toBe(words));

test('who says nothing has no name, and who says much is cut', () => {
  expect(agentWords(null)).toBeNull();
  expect(agentWords('x'.repeat(200))).toHaveLength(40);
});

test('for others a browser is named by what is known of it alone', () => {
  expect(coarseAgent('Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0')).toBe(
    'Firefox, Linux',
  );
  for (const said of [null, '', 'curl/8.7 of the desk in Zurich']) expect(coarseAgent(said)).toBeNull();
});
