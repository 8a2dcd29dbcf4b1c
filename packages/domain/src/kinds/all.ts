import { Registry } from '../registry.ts';
import { model } from './model.ts';
import { system } from './system.ts';

/** Every kind of this release. Adding a register is adding its file and its line here. */
export const registry = new Registry([system, model]);
