/** The only module that names the library TypeScript is read with: it takes 200 ms to load, and may one day be another one. */
export { Project, ts } from 'ts-morph';
