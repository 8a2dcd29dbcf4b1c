export { SystemLine, type TracedSystem } from '../../standing/system-line.tsx';
