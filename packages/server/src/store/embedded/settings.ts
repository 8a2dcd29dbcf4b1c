import { statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** `durable` keeps every acknowledged row through a crash; `disposable` is for test clusters only. */
export type Durability = 'durable' | 'disposable';

/** Below this, parallel queries and hash joins in /dev/shm fail with "no space left" (containers give 64 MB). */
const ENOUGH_SHARED_MEMORY = 256 * 1024 * 1024;

/** The whole of `postgresql.conf`. Written at each start, so that an update of Throughline brings its settings. */
export function serverSettings(options: {
  sockets: string;
  port: number;
  loopback: boolean;
  durability: Durability;
  version: string;
}): string {
  const smallSharedMemory = sharedMemoryBytes() < ENOUGH_SHARED_MEMORY;
  const settings: Record<string, string | number> = {
    listen_addresses: options.loopback ? '127.0.0.1' : '',
    port: options.port,
    unix_socket_directories: options.loopback ? '' : options.sockets,
    unix_socket_permissions: '0700',
    max_connections: 80,
    shared_buffers: '256MB',
    effective_cache_size: '1GB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '10min',
    random_page_cost: 1.1,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    password_encryption: 'scram-sha-256',
    max_parallel_workers_per_gather: smallSharedMemory || availableParallelism() < 4 ? 0 : 2,
    log_line_prefix: '%m [%p] %u@%d ',
    log_min_duration_statement: '5s',
    ...(smallSharedMemory && process.platform === 'linux' ? { dynamic_shared_memory_type: 'mmap' } : {}),
    ...(options.durability === 'durable' ? DURABLE : DISPOSABLE),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${quoted(value)}`);
  return [
    `# Written by Throughline at each start, for PostgreSQL ${options.version}. Own settings go into local.conf.`,
    ...lines,
    `include_if_exists = 'local.conf'`,
    '',
  ].join('\n');
}

const DURABLE = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // Nothing replicates from here: what a restore puts into new tables goes to the disk once, and not through the log too.
  wal_level: 'minimal',
  max_wal_senders: 0,
};

const DISPOSABLE = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: 200,
  shared_buffers: '128MB',
  // The cluster of a run may be in memory.
  max_wal_size: '512MB',
  // A template is copied file by file without a checkpoint of the whole cluster.
  wal_level: 'minimal',
  max_wal_senders: 0,
};

function quoted(value: string | number): string {
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

function sharedMemoryBytes(): number {
  if (process.platform !== 'linux') return Number.POSITIVE_INFINITY;
  try {
    const stats = statfsSync('/dev/shm');
    return stats.blocks * stats.bsize;
  } catch {
    // No /dev/shm at all is the smallest there is.
    return 0;
  }
}
