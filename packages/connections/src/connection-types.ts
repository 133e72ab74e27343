import type { ConnectionType } from './connection.ts';
import { convolutionalType } from './convolutional.ts';
import { denseType } from './dense.ts';
import { maskedType } from './masked.ts';

/** Every type of connection by its name in saved models and options. */
export const connectionTypes: Readonly<Record<string, ConnectionType>> = {
  convolutional: convolutionalType,
  dense: denseType,
  masked: maskedType,
};
