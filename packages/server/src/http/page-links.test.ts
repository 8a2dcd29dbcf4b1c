import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { pageLinks } from './page-links.ts';

function built(manifest?: object): string {
  const root = mkdtempSync(join(tmpdir(), 'throughline-links-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  if (manifest) {
    mkdirSync(join(root, '.vite'));
    writeFileSync(join(root, '.vite', 'manifest.json'), JSON.stringify(manifest));
  }
  return root;
}

const manifest = {
  'index.html': { file: 'assets/index.js', imports: ['_react.js'], css: ['assets/index.css'] },
  '_react.js': { file: 'assets/react.js' },
  '_form.js': { file: 'assets/form.js', imports: ['_react.js', '_field.js'] },
  '_field.js': { file: 'assets/field.js', imports: ['_form.js'], css: ['assets/field.css'] },
  'src/features/sign-in/sign-in-page.tsx': {
    file: 'assets/sign-in.js',
    imports: ['index.html', '_form.js'],
  },
  'src/features/home/home-page.tsx': { file: 'assets/home.js', imports: ['_react.js'] },
  'src/features/readiness/readiness-page.tsx': { file: 'assets/readiness.js' },
};

test('a first page names its own scripts and styles, once each, and nothing that the document names', () => {
  const links = pageLinks(built(manifest));
  expect(links.get('/sign-in')?.split(', ')).toEqual([
    '</assets/sign-in.js>; rel=modulepreload; crossorigin',
    '</assets/form.js>; rel=modulepreload; crossorigin',
    '</assets/field.js>; rel=modulepreload; crossorigin',
    '</assets/field.css>; rel=preload; as=style; crossorigin',
  ]);
  expect(links.get('/')).toBe('</assets/home.js>; rel=modulepreload; crossorigin');
});

test('other pages name nothing: they are reached from a page that is open', () => {
  expect([...pageLinks(built(manifest)).keys()].toSorted()).toEqual(['/', '/sign-in']);
});

test('without a manifest, or with one that knows no such page, nothing is named', () => {
  expect(pageLinks(built())).toEqual(new Map());
  expect([...pageLinks(built({ 'index.html': { file: 'assets/index.js' } })).values()]).toEqual(['', '']);
});
