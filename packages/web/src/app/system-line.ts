import { late } from '../ui/late.tsx';

/** The line is the largest part of a system's page, and no other record has one. */
export const SystemLine = late(async () => (await import('../features/line/system-line.tsx')).SystemLine);
