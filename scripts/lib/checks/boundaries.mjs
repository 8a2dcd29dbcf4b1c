import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.mjs';
import { isTest, read } from './sources.mjs';

/** @typedef {import('./imports.mjs').Import} Import */
/** @typedef {import('./sources.mjs').Problem} Problem */

/**
 * Who may import whom. The first part that a file's path matches is its part; parts of the server are named
 * `server/<folder>`. A part may always import itself.
 * @type {Record<string, { may: string[], typesOf?: string[], node: boolean }>}
 */
const PARTS = {
  tlog: { may: [], node: false },
  catalogue: { may: [], node: true },
  domain: { may: ['catalogue', 'tlog'], node: false },
  sdk: { may: ['domain'], node: true },
  web: { may: ['domain', 'catalogue', 'tlog'], node: false },
  'server/store': { may: ['domain', 'catalogue', 'tlog'], node: true },
  // The few files beside main.ts that every part above the store uses: what a use case is handed, small helpers.
  'server/shared': { may: ['server/store', 'domain', 'catalogue'], node: false },
  'server/config': { may: [], node: true },
  'server/log': { may: ['server/shared', 'server/store', 'domain', 'catalogue', 'tlog'], node: true },
  'server/records': {
    may: ['server/shared', 'server/exports', 'server/store', 'domain', 'catalogue', 'tlog'],
    node: true,
  },
  'server/features': {
    may: [
      'server/shared',
      'server/records',
      'server/store',
      'server/log',
      'server/exports',
      'domain',
      'catalogue',
      'tlog',
    ],
    node: true,
  },
  'server/exports': {
    may: ['server/shared', 'server/store', 'domain', 'catalogue', 'tlog'],
    node: true,
  },
  'server/telemetry': {
    may: ['server/shared', 'server/records', 'server/store', 'domain', 'catalogue'],
    node: true,
  },
  'server/reactors': {
    may: [
      'server/shared',
      'server/records',
      'server/features',
      'server/log',
      'server/store',
      'domain',
      'catalogue',
    ],
    node: true,
  },
  'server/jobs': {
    may: [
      'server/shared',
      'server/records',
      'server/features',
      'server/log',
      'server/store',
      'domain',
      'catalogue',
    ],
    node: true,
  },
  'server/http': {
    may: [
      'server/shared',
      'server/records',
      'server/features',
      'server/log',
      'server/exports',
      'server/telemetry',
      'server/config',
      'domain',
      'catalogue',
      'tlog',
    ],
    typesOf: ['server/store', 'server/reactors'],
    node: true,
  },
  'server/cli': {
    may: [
      'server/shared',
      'server/records',
      'server/features',
      'server/log',
      'server/exports',
      'server/config',
      'domain',
      'catalogue',
      'tlog',
    ],
    typesOf: ['server/store'],
    node: true,
  },
};

/** The wiring: it may import everything, and nothing of the product imports it. */
const WIRING =
  /^packages\/server\/src\/(main|app|serve|background|idle-memory|job-handlers|open-services)\.ts$/;
/** But for the command line, which starts the server too. */
const SERVES = /^packages\/server\/src\/cli\//;

/** Command line and API answer in the same shapes and words. */
const PRESENTERS = /^packages\/server\/src\/http\/present\//;

/**
 * Directions, features among themselves, undeclared packages, imports of nothing, and cycles.
 * @param {Map<string, Import[]>} graph imports by file
 * @returns {Problem[]}
 */
export function checkBoundaries(graph) {
  /** @type {Problem[]} */
  const problems = [];
  for (const [file, imports] of graph) {
    for (const imported of imports) {
      const message = imported.inside ? checkInside(file, imported) : checkOutside(file, imported);
      if (message) problems.push({ file, line: imported.line, message });
    }
  }
  return [...problems, ...cycles(graph)];
}

/**
 * @param {string} file
 * @param {Import} imported
 */
function checkInside(file, imported) {
  if (!existsSync(join(root, imported.target))) return `imports ${imported.target}, which does not exist`;
  const from = partOf(file);
  if (isTest(file) || from === '')
    return partOf(file) === 'web' && isServer(imported.target) ? 'web imports server code' : '';
  if (WIRING.test(imported.target) && !WIRING.test(file) && !SERVES.test(file))
    return `imports the wiring, ${imported.target}`;
  const to = partOf(imported.target);
  if (from === to) return crossesFeatures(file, imported.target);
  if (SERVES.test(file) && (WIRING.test(imported.target) || PRESENTERS.test(imported.target))) return '';
  const rule = PARTS[from];
  if (!rule || rule.may.includes(to)) return kindsInWeb(from, imported);
  if (imported.typeOnly && rule.typesOf?.includes(to)) return '';
  return `${from} may not import ${to || imported.target}`;
}

/**
 * The pages render from `GET /api/v1/kinds`; the declarations stay on the server.
 * @param {string} from
 * @param {Import} imported
 */
function kindsInWeb(from, imported) {
  const bundled =
    from === 'web' && !imported.typeOnly && imported.target.startsWith('packages/domain/src/kinds/');
  return bundled ? 'web may not bundle the declarations of kinds' : '';
}

/**
 * @param {string} file
 * @param {string} target
 */
function crossesFeatures(file, target) {
  const feature = /^packages\/(?:server|web)\/src\/features\/([^/]+)\//;
  const from = feature.exec(file)?.[1];
  const to = feature.exec(target)?.[1];
  // The web application's routes load the pages of every feature; nothing else outside a feature knows it.
  if (to === undefined || from === to || file.startsWith('packages/web/src/app/')) return '';
  return from ? `feature ${from} imports feature ${to}` : `imports feature ${to}; only app/ does`;
}

/**
 * @param {string} file
 * @param {Import} imported
 */
function checkOutside(file, imported) {
  const owner = /^packages\/([^/]+)\//.exec(file)?.[1];
  const tool = /\.config\.ts$|^packages\/[^/]+\/scripts\//.test(file);
  if (imported.target.startsWith('node:')) {
    const rule = PARTS[partOf(file)];
    return rule && !rule.node && !isTest(file) && !tool
      ? `${partOf(file)} does no I/O, and imports ${imported.target}`
      : '';
  }
  const declared = [
    ...dependencies(owner),
    ...(owner === undefined || isTest(file) || tool ? dependencies() : []),
  ];
  const bundled = owner === 'web' && imported.target.startsWith('virtual:');
  return declared.includes(imported.target) || bundled
    ? ''
    : `imports ${imported.target}, which its package.json does not name`;
}

/** @type {Map<string, string[]>} */
const manifests = new Map();

/**
 * @param {string} [owner]
 * @returns {string[]}
 */
function dependencies(owner) {
  const file = owner === undefined ? 'package.json' : `packages/${owner}/package.json`;
  const known = manifests.get(file);
  if (known) return known;
  const manifest = JSON.parse(read(file));
  const names = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((key) =>
    Object.keys(manifest[key] ?? {}),
  );
  manifests.set(file, names);
  return names;
}

/** @param {string} file */
function isServer(file) {
  return file.startsWith('packages/server/');
}

/** @param {string} file */
function partOf(file) {
  if (WIRING.test(file)) return '';
  if (/^packages\/server\/src\/(?!config\.ts)[^/]+\.ts$/.test(file)) return 'server/shared';
  const server = /^packages\/server\/src\/([^/]+?)(?:\.ts)?(?:\/|$)/.exec(file)?.[1];
  if (server) return `server/${server}`;
  return /^packages\/([^/]+)\/src\//.exec(file)?.[1] ?? '';
}

/**
 * Cycles among imports that exist at run time; types leave none behind.
 * @param {Map<string, Import[]>} graph
 * @returns {Problem[]}
 */
function cycles(graph) {
  /** @type {Map<string, 'open' | 'done'>} */
  const state = new Map();
  /** @type {string[]} */
  const path = [];
  /** @type {Problem[]} */
  const problems = [];
  const visit = (/** @type {string} */ file) => {
    state.set(file, 'open');
    path.push(file);
    for (const imported of graph.get(file) ?? []) {
      if (!imported.inside || imported.typeOnly || !graph.has(imported.target)) continue;
      const seen = state.get(imported.target);
      if (seen === 'open') {
        const ring = [...path.slice(path.indexOf(imported.target)), imported.target];
        problems.push({ file, line: imported.line, message: `closes a cycle: ${ring.join(' → ')}` });
      } else if (!seen) visit(imported.target);
    }
    path.pop();
    state.set(file, 'done');
  };
  for (const file of graph.keys()) if (!state.has(file)) visit(file);
  return problems;
}
