import { isIPv4, isIPv6 } from 'node:net';

/**
 * The address that limits count by. One customer holds a whole /64 of IPv6 (RFC 6177), so its addresses count as one;
 * an IPv4 address counts as itself, also where it comes written as IPv6 (RFC 4291 §2.5.5.2). The port that some proxies
 * write behind it makes no other place, and all that is no address is one place.
 */
export function networkOf(written: string): string {
  const address = withoutPort(written);
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return 'no address';
  const [plain = ''] = address.split('%');
  const mapped = /^::ffff:([\d.]+)$/i.exec(plain)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  const [head = '', tail] = plain.split('::');
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const between = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  const all = [...before, ...between, ...after].slice(0, 4);
  return `${all.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/** `203.0.113.7:40001` and `[2001:db8::1]:40001`, as they stand in `X-Forwarded-For` behind some proxies. */
function withoutPort(written: string): string {
  const [, v4, v6] = /^(?:([\d.]+)|\[([^\]]+)\])(?::\d{1,5})?$/.exec(written) ?? [];
  return v4 ?? v6 ?? written;
}

/** Groups of 16 bits; an address of IPv4 at the end stands for two. */
function groups(part: string): string[] {
  return part === '' ? [] : part.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
}
