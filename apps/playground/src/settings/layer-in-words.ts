import { unitTypes } from './registered.ts';
import type { LayerSettings } from './settings.ts';

/** Describes a layer in a few words. */
export function layerInWords({ size, hidden }: LayerSettings): string {
  return `${size} ${unitTypes[hidden]!.label} units`;
}
