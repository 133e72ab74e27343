import { parameterTensors } from '@deepbelief/rbm/internal';
import { type Rbm } from '@deepbelief/rbm';
import { Refusal } from './problems.ts';

/**
 * Returns the SHA-256 of all parameters of the layers, in hexadecimal. Throws a Refusal on pages
 * that are not secure.
 */
export async function hashOf(layers: readonly Rbm[]): Promise<string> {
  if (globalThis.crypto?.subtle === undefined) {
    throw new Refusal(
      'A fingerprint needs a page served over https or from localhost. Open the page there.',
    );
  }
  const parts: Float32Array[] = [];
  for (const rbm of layers) {
    for (const tensor of Object.values(parameterTensors(rbm)))
      parts.push((await tensor.data()) as Float32Array);
  }
  const bytes = new Uint8Array(await new Blob(parts as Float32Array<ArrayBuffer>[]).arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
