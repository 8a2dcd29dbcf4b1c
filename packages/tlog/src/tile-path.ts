import { TlogError } from './errors.ts';
import { checkWhole, quoted } from './numbers.ts';
import { type TileId, tileWidth } from './tile.ts';

/** Everything that a log serves below its prefix (c2sp.org/tlog-tiles). */
export type LogPath =
  | { readonly kind: 'checkpoint' }
  | ({ readonly kind: 'tile' } & TileId)
  | ({ readonly kind: 'entries' } & BundleId);

/** A bundle of `width` entries (1 to 256) from entry `index` * 256 on. */
export type BundleId = Omit<TileId, 'level'>;

export const checkpointPath = 'checkpoint';
const highestLevel = 63;

/** `tile/<L>/<N>[.p/<W>]`, without a slash before it. @throws TlogError `number`, `range` */
export function tilePath({ level, index, width }: TileId): string {
  checkWhole(level, 'level');
  if (level > highestLevel) throw new TlogError('range', 'level', `${level} is above ${highestLevel}`);
  return `tile/${level}/${placePath({ index, width })}`;
}

/** `tile/entries/<N>[.p/<W>]`, without a slash before it. @throws TlogError `number`, `range` */
export function bundlePath(bundle: BundleId): string {
  return `tile/entries/${placePath(bundle)}`;
}

/** The path of anything that a log serves, without a slash before it. */
export function formatPath(path: LogPath): string {
  if (path.kind === 'checkpoint') return checkpointPath;
  return path.kind === 'tile' ? tilePath(path) : bundlePath(path);
}

const place = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/;

/**
 * Reads a path in its one form: no slash before it, no superfluous zeros, no width of 0 or 256.
 * @throws TlogError `path`
 */
export function parsePath(path: string): LogPath {
  if (path === checkpointPath) return { kind: 'checkpoint' };
  const [whole, kind = '', groups = '', width] = place.exec(path) ?? [];
  const index = Number(groups.replaceAll(/[x/]/g, ''));
  const shared = { index, width: width === undefined ? tileWidth : Number(width) };
  const read: LogPath =
    kind === 'entries' ? { kind, ...shared } : { kind: 'tile', level: Number(kind), ...shared };
  const possible =
    whole !== undefined &&
    Number.isSafeInteger(index) &&
    !(read.kind === 'tile' && read.level > highestLevel) &&
    shared.width >= 1 &&
    !(width !== undefined && shared.width >= tileWidth);
  // What reads but is not written so (`x000/001`, `.p/07`) would be a second name for one resource.
  if (!possible || formatPath(read) !== path)
    throw new TlogError('path', quoted(path), 'is not the path of a tile, a bundle or the checkpoint');
  return read;
}

function placePath({ index, width }: BundleId): string {
  checkWhole(index, 'index');
  if (!Number.isInteger(width) || width < 1 || width > tileWidth)
    throw new TlogError('range', 'width', `${width} is not from 1 to ${tileWidth}`);
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/.{3}/g) ?? [];
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return width === tileWidth ? path : `${path}.p/${width}`;
}
