import { rmSync } from 'node:fs';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { readTestConfig } from '../src/config.ts';
import { openEmbedded } from '../src/store/embedded/open.ts';
import { connectionOf, migrateTemplate, type TestCluster } from './cluster.ts';
import { makeClusterPlace } from './cluster-place.ts';

declare module 'vitest' {
  interface ProvidedContext {
    cluster: TestCluster;
  }
}

/** One PostgreSQL for the whole run, with one migrated template that each test file clones; projects share it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = project.vitest.projects.map((one) => one.getProvidedContext().cluster).find(Boolean);
  if (running) {
    project.provide('cluster', running);
    return async () => {};
  }
  const url = readTestConfig().databaseUrl;
  const { connection, close } = url
    ? { connection: connectionOf(url), close: async () => {} }
    : await ownCluster();
  const cluster = { connection, template: `throughline_template_${Date.now().toString(36)}_${process.pid}` };
  const admin = new pg.Client(connection);
  await admin.connect();
  try {
    await admin.query(`create database ${cluster.template}`);
    await migrateTemplate({ ...connection, database: cluster.template });
  } catch (error) {
    await admin.end();
    await close();
    throw error;
  }
  project.provide('cluster', cluster);
  return async () => {
    await admin.query(`drop database if exists ${cluster.template} with (force)`);
    await admin.end();
    await close();
  };
}

async function ownCluster() {
  const dataDir = makeClusterPlace();
  const server = await openEmbedded({ dataDir, log: () => {}, durability: 'disposable' });
  const close = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { connection: { ...server.owner }, close };
}
