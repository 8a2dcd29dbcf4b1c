import { expect, test } from 'vitest';
import { checkBoundaries } from './boundaries.mjs';
import { checkDocument } from './documents.mjs';
import { importsOf } from './imports.mjs';
import { checkFile, functionLengths } from './limits.mjs';
import { checkName, checkTraces } from './names.mjs';
import { checkThreats } from './security.mjs';
import { parseFile } from './syntax.mjs';

const HERE = 'packages/server/src/records/create.ts';

/** What the check of limits says about a text, as `line message`. */
function limits(text: string, file = HERE): string[] {
  return checkFile(parseFile(file, text)).map(({ line, message }) => `${line} ${message}`);
}

/** What the check of boundaries says about files given as text. */
function boundaries(files: Record<string, string>): string[] {
  const graph = Object.entries(files).map(
    ([file, text]) => [file, importsOf(parseFile(file, text))] as const,
  );
  return checkBoundaries(new Map(graph)).map(({ file, message }) => `${file} ${message}`);
}

test.each([
  ['const a: any = 1;', '`any` turns the types off'],
  ['const a = b as string;', 'casts outside a small named helper'],
  ['const a = <string>b;', 'casts outside a small named helper'],
  ['export default 1;', 'exports a default; give it a name'],
  ['try { a(); } catch {}', 'swallows an error'],
  ['try { a(); } catch { /* why */ }', 'swallows an error'],
  ['a().catch(() => {});', 'swallows a rejection'],
  ['a().catch(() => undefined);', 'swallows a rejection'],
  ['const a = process.env.HOME;', 'reads the environment; config.ts does'],
  ["import pg from 'pg';", 'uses the database outside store/'],
  ["const a = 'select id from record';", 'holds SQL outside store/'],
  [`const a = \`insert into entry values (\${b})\`;`, 'holds SQL outside store/'],
  ['// @ts-ignore\nconst a = 1;', '@ts-ignore turns a check off'],
  [
    "export { a } from './a.ts';\nexport * from './b.ts';",
    'only re-exports; import from where it is declared',
  ],
])('%s is reported', (text, message) => {
  expect(limits(text)).toEqual([`1 ${message}`]);
});

test.each([
  ['const a = [1] as const;'],
  ['const keysOf = (value: object) => Object.keys(value) as Key[];'],
  [`function parseRow(row: unknown) {${'\n  a();'.repeat(20)}\n  return row as Row;\n}`],
  ['try { a(); } catch (error) { report(error); }'],
  ["import type { Pool } from 'pg';"],
  ["const a = 'Select a file from the list, or drop one here';".replace('Select', 'Choose')],
  ['const anything = { any: 1 };'],
])('%s is allowed', (text) => {
  expect(limits(text)).toEqual([]);
});

test('a cast in a long function is reported where it stands', () => {
  const text = `export function create() {${'\n  a();'.repeat(20)}\n  return b as Row;\n}`;
  expect(limits(text)).toEqual(['22 casts outside a small named helper']);
});

test('the store may hold SQL and the configuration may read the environment', () => {
  expect(
    limits(
      "import pg from 'pg';\nexport const a = 'select id from record';",
      'packages/server/src/store/a.ts',
    ),
  ).toEqual([]);
  expect(limits('export const a = process.env;', 'packages/server/src/config.ts')).toEqual([]);
});

test('a file may have 400 lines, a test 600', () => {
  expect(limits('a();\n'.repeat(400))).toEqual([]);
  expect(limits('a();\n'.repeat(401))).toEqual(['1 has 401 lines, and 400 is the most']);
  expect(limits('a();\n'.repeat(600), 'packages/server/src/a.test.ts')).toEqual([]);
});

test('functions are measured with their heads, under the name they go by', () => {
  const text = 'const a = {\n  list: () => {\n    b();\n  },\n};\nfunction c() {\n}\n';
  const found = functionLengths(parseFile(HERE, text)).map(({ name, line, lines }) => ({
    name,
    line,
    lines,
  }));
  expect(found).toEqual([
    { name: 'list', line: 2, lines: 3 },
    { name: 'c', line: 6, lines: 2 },
  ]);
});

const OPEN = '../../store/embedded/open.ts';
test.each([
  ['packages/server/src/records/x.ts', '../store/embedded/open.ts', ''],
  ['packages/server/src/store/x.ts', '../main.ts', 'imports the wiring, packages/server/src/main.ts'],
  ['packages/server/src/features/a/x.ts', OPEN, ''],
  ['packages/server/src/http/x.ts', '../store/embedded/open.ts', 'server/http may not import server/store'],
  ['packages/domain/src/x.ts', '@throughline/server/config.ts', 'domain may not import server/config'],
  ['packages/domain/src/x.ts', 'node:fs', 'domain does no I/O, and imports node:fs'],
  ['packages/web/src/x.ts', '@throughline/server/config.ts', 'web may not import server/config'],
  ['packages/web/src/x.test.ts', '@throughline/server/config.ts', 'web imports server code'],
  ['packages/domain/src/x.ts', 'left-pad', 'imports left-pad, which its package.json does not name'],
  ['packages/domain/src/x.ts', './absent.ts', 'imports packages/domain/src/absent.ts, which does not exist'],
])('%s importing %s', (file, name, message) => {
  const expected = message === '' ? [] : [`${file} ${message}`];
  expect(boundaries({ [file]: `import { a } from '${name}';` })).toEqual(expected);
});

test('a door may know the shapes of the store, not use it', () => {
  const file = 'packages/server/src/http/x.ts';
  expect(boundaries({ [file]: "import type { A } from '../store/embedded/open.ts';" })).toEqual([]);
});

test('cycles are found among what runs, not among types', () => {
  const open = 'packages/server/src/store/embedded/open.ts';
  const cluster = 'packages/server/src/store/embedded/cluster.ts';
  const ring = boundaries({ [open]: "import './cluster.ts';", [cluster]: "import { a } from './open.ts';" });
  expect(ring).toEqual([`${cluster} closes a cycle: ${open} → ${cluster} → ${open}`]);
  expect(
    boundaries({ [open]: "import './cluster.ts';", [cluster]: "import type { A } from './open.ts';" }),
  ).toEqual([]);
});

test.each([
  ['packages/domain/src/use-case.ts', true],
  ['packages/web/vite.config.ts', true],
  ['packages/domain/src/useCase.ts', false],
  ['packages/web/src/Button.tsx', false],
])('the name %s fits: %s', (file, fits) => {
  expect(checkName(file).length === 0).toBe(fits);
});

test('directories of one machine and hosts of registries are traces, addresses of ours are not', () => {
  const traces = ['read /ro' + 'ot/data', 'in /ho' + 'me/ada/x', 'https://registry.' + 'example.org/a'];
  expect(checkTraces('a.md', traces.join('\n')).map(({ line }) => line)).toEqual([1, 2, 3]);
  expect(checkTraces('a.md', '/api/v1/systems, data/work/x, the root of /home')).toEqual([]);
});

test('paths, trees and npm commands in documents must be true', () => {
  const text = [
    'See `packages/server/src/config.ts` and [this](README.md), not `packages/absent/x.ts` or [that](absent.md).',
    'Run `npm run verify`, never `npm run absent`. The answer is `a/b`.',
    '```tree',
    'packages/  all code',
    '  server/  the process',
    '    absent/  nothing',
    '    <noun>/  any',
    '```',
  ];
  expect(
    checkDocument('README.md', text.join('\n')).map(({ line, message }) => `${line} ${message}`),
  ).toEqual([
    '1 absent.md does not exist',
    '1 packages/absent/x.ts does not exist',
    '2 npm has no command absent here',
    '6 packages/server/absent does not exist',
  ]);
});

/** A page of threats with every chapter; the lines given take the place of the third one's. */
const threats = (...third: string[]) =>
  Array.from({ length: 17 }, (_, at) => at + 1)
    .flatMap((chapter) => [
      `### V${chapter} Chapter`,
      '',
      ...(chapter === 3 ? third : ['Does not arise, for there is none.']),
      '',
    ])
    .concat('## What does not protect yet', '| anything | else |')
    .join('\n');
const there = (path: string) => path === 'e2e/hostile.e2e.ts' || path === 'packages/web/src/page.test.tsx';
const head = ['| threat | tests |', '|---|---|'];

test.each([
  [
    'a threat with a test',
    [...head, '| A script | `e2e/hostile.e2e.ts`, `packages/web/src/page.test.tsx` |'],
    [],
  ],
  ['a threat without one', [...head, '| A script | none yet |'], ['names no test']],
  ['code instead of a test', [...head, '| A script | `packages/web/src/page.tsx` |'], ['names no test']],
  [
    'a test that is gone',
    [...head, '| A script | `e2e/hostile.e2e.ts`, `e2e/gone.e2e.ts` |'],
    ['e2e/gone.e2e.ts does not exist'],
  ],
  ['a table without a threat', head, ['V3 says nothing']],
  ['nothing', [], ['V3 says nothing']],
])('of a chapter with %s', (_name, lines, messages) => {
  expect(checkThreats(threats(...lines), there).map(({ message }) => message)).toEqual(messages);
});

test('no chapter of the threats is left out or stands twice', () => {
  const whole = threats('Does not arise.');
  const without = whole.replace('### V9 Chapter\n\nDoes not arise, for there is none.\n\n', '');
  expect(checkThreats(without, there).map(({ message }) => message)).toEqual(['V9 is missing before V10']);
  const short = whole.slice(0, whole.indexOf('### V17'));
  expect(checkThreats(short, there).map(({ message }) => message)).toEqual([
    'has 16 of the 17 chapters of ASVS 5',
  ]);
  expect(checkThreats(whole.replace('### V4 ', '### V3 '), there).map(({ message }) => message)).toContain(
    'V4 is missing before V3',
  );
});
