import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

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

const server = 'http://127.0.0.1:4270';

export default defineConfig({
  plugins: [react(), preloadLatinFont],
  build: {
    target: 'es2022',
    outDir: 'dist',
    manifest: true,
    // The policy allows no data: fonts, and an inlined asset cannot be cached on its own.
    assetsInlineLimit: 0,
    // `scripts/check-size.mjs` fails the build where the first page grows; Vite's advice would greet whoever starts this first.
    chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
  },
  server: { proxy: { '/api': server, '^/log/[0-9a-f-]{36}/': server, '/healthz': server } },
  preview: { headers: { 'Content-Security-Policy': contentSecurityPolicy } },
});
