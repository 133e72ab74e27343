import type { ConnectionType } from './connection.ts';
import { denseType } from './dense.ts';

/** Every type of connection by its name in saved models and options. */
export const connectionTypes: Readonly<Record<string, ConnectionType>> = {
  dense: denseType,
};
