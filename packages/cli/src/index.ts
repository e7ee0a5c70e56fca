export type { Configuration } from './configuration/configuration.ts';
export { main } from './main.ts';
