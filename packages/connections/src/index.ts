export type { Connection, ConnectionConfig, Side } from './connection.ts';
export { dense } from './dense.ts';
