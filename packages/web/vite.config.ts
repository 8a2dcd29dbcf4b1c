import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

/** One policy, sent by the server in production and by `vite preview` when the gallery is checked. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
].join('; ');

/** The latin file is on every page: asking for it beside the script saves one round trip before text settles. */
const preloadLatinFont: Plugin = {
  name: 'preload-latin-font',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const font = Object.keys(bundle ?? {}).find((file) => /inter-latin-wght-normal.*\.woff2$/.test(file));
      if (font === undefined) return [];
      const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${font}`, crossorigin: '' };
      return [{ tag: 'link', attrs, injectTo: 'head-prepend' }];
    },
  },
};

/**
 * The script of the document's head is named after its content, so that a browser which has it asks for it no more: what
 * it asks for on the page's behalf then leaves a round trip sooner.
 */
const nameBegin: Plugin = {
  name: 'name-begin',
  apply: 'build',
  buildStart() {
    const source = readFileSync(join(import.meta.dirname, 'src/begin.js'), 'utf8');
    this.emitFile({ type: 'asset', name: 'begin.js', source });
  },
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const named = Object.keys(bundle ?? {}).find((file) => /begin-[^/]*\.js$/.test(file));
      return named === undefined ? [] : [beginTag(`/${named}`)];
    },
  },
};

/** The same while the application is developed, from its source. */
const begin: Plugin = {
  name: 'begin',
  apply: 'serve',
  transformIndexHtml: () => [beginTag('/src/begin.js')],
};

/** In front of all else; not in the document itself, where Vite would take it for a module that it cannot bundle. */
const beginTag = (src: string) => ({ tag: 'script', attrs: { src }, injectTo: 'head-prepend' as const });

type Graph = Parameters<Rolldown.CodeSplittingNameFunction>[1];

/** Everything that a page cannot be shown without: what it imports, however far. The page itself stays a file by name. */
const needsOf = (page: string) => {
  const own = join(import.meta.dirname, 'src', page);
  const needed = new Set<string>();
  const take = (id: string, graph: Graph): void => {
    if (needed.has(id)) return;
    needed.add(id);
    for (const next of graph.getModuleInfo(id)?.importedIds ?? []) take(next, graph);
  };
  return (id: string, graph: Graph): boolean => {
    take(own, graph);
    return id !== own && needed.has(id);
  };
};

const home = needsOf('features/home/home-page.tsx');
const signIn = needsOf('features/sign-in/sign-in-page.tsx');
const register = needsOf('app/routes/register-route.tsx');
const record = needsOf('app/routes/record-route.tsx');

/**
 * The pages of most visits come in a file or two each, the smaller in front. A file for each shared part made Home ask
 * for forty, which wait for one another on a browser's six connections.
 */
const groups: Rolldown.CodeSplittingGroup[] = [
  { name: 'frame', tags: ['$initial'], priority: 6 },
  {
    name: (id, graph) => (signIn(id, graph) && home(id, graph) ? 'entrance' : null),
    debugName: 'entrance',
    priority: 5,
  },
  { name: (id, graph) => (home(id, graph) ? 'home' : null), debugName: 'home', priority: 4 },
  { name: (id, graph) => (signIn(id, graph) ? 'signing-in' : null), debugName: 'signing-in', priority: 3 },
  {
    name: (id, graph) => (register(id, graph) && record(id, graph) ? 'records' : null),
    debugName: 'records',
    priority: 2,
  },
  { name: (id, graph) => (register(id, graph) ? 'register' : null), debugName: 'register', priority: 1 },
  { name: (id, graph) => (record(id, graph) ? 'record' : null), debugName: 'record', priority: 0 },
];

const server = 'http://127.0.0.1:4270';

export default defineConfig({
  plugins: [react(), preloadLatinFont, nameBegin, begin],
  build: {
    target: 'es2022',
    outDir: 'dist',
    manifest: true,
    rolldownOptions: { output: { codeSplitting: { groups } } },
    // The policy allows no data: fonts, and an inlined asset cannot be cached on its own.
    assetsInlineLimit: 0,
    // `scripts/check-size.mjs` fails the build where the first page grows; Vite's advice would greet whoever starts this first.
    chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
  },
  server: { proxy: { '/api': server, '^/log/[0-9a-f-]{36}/': server, '/healthz': server } },
  preview: { headers: { 'Content-Security-Policy': contentSecurityPolicy } },
});
