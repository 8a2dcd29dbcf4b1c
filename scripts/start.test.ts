import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { root } from './lib/root.mjs';

const start = (...words: string[]) =>
  promisify(execFile)(process.execPath, [join(root, 'scripts', 'start.mjs'), ...words]);

test('npm start takes no words: it says where settings are, and starts nothing', async () => {
  for (const word of ['--help', '--port=80'])
    await expect(start(word)).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(`was given ${word}. Settings come from the environment`),
    });
});
