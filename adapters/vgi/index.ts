export { functionInfoAdapter } from './function-info.ts';
export { tableInfoAdapter } from './table-info.ts';
export { writeOptionsAdapter } from './write-options.ts';
