import { notFound } from '@throughline/domain/errors.ts';
import { canAdminister } from '@throughline/domain/permissions.ts';
import { TlogError } from '@throughline/tlog/errors.ts';
import { type LogPath, parsePath } from '@throughline/tlog/tile-path.ts';
import type { FastifyInstance } from 'fastify';
import { mayAnyoneRead, readResource } from '../features/log/read-resource.ts';
import type { Services } from '../services.ts';
import type { Asker } from '../store/reading.ts';
import type { Identify } from './credentials.ts';
import { lacksFactor } from './factor-needed.ts';

type Asked = LogPath | { readonly kind: 'key' };

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/**
 * Serves an organisation's log as c2sp.org/tlog-tiles says, below `/log/{organisation}/`, and its public key under
 * `key`. To members and tokens that may read the log, or to anyone where the organisation says so. What is not there
 * and what is not the caller's answer alike.
 */
export function addLogTree(app: FastifyInstance, services: Services, identify: Identify): void {
  app.get<{ Params: { organisation: string } }>(
    `/log/:organisation(^${uuid}$)/*`,
    { compress: false },
    async (request, reply) => {
      const { organisation } = request.params;
      const asked = readAsked(request.url);
      let caller: Awaited<ReturnType<Identify>> = null;
      const open = await mayAnyoneRead(services, organisation);
      if (!open) {
        caller = await identify(request);
        if (caller?.organisation !== organisation || !canAdminister(caller.actor, 'log')) throw notFound();
        if (lacksFactor(caller.by, services.clock())) throw notFound();
      }
      const bytes = asked && (await readResource(services, caller ?? nobody(organisation), asked));
      if (!asked || !bytes) throw notFound();
      return reply.headers(headersOf(asked, open)).send(bytes);
    },
  );
}

/** An open log is the same for everybody, members or not. */
const nobody = (organisation: string): Asker => ({ organisation, actor: { type: 'visitor' } });

/** The path as it was sent: one that is written otherwise (`%2E`, `//`) names nothing. */
function readAsked(url: string): Asked | undefined {
  const path = (url.split('?')[0] ?? '').split('/').slice(3).join('/');
  if (path === 'key') return { kind: 'key' };
  try {
    return parsePath(path);
  } catch (error) {
    if (error instanceof TlogError) return undefined;
    throw error;
  }
}

/** A tile never changes, however wide: a wider one has another address. Only an open log may lie in shared caches. */
function headersOf({ kind }: Asked, open: boolean): Record<string, string> {
  const changes = kind === 'checkpoint' || kind === 'key';
  const shared = open ? 'public' : 'private';
  return {
    'content-type': changes ? 'text/plain; charset=utf-8' : 'application/octet-stream',
    'cache-control': changes ? 'no-store' : `${shared}, max-age=31536000, immutable`,
    // Whoever checks an open log may do so in a page of their own.
    ...(open
      ? { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }
      : { vary: 'authorization, cookie' }),
  };
}
