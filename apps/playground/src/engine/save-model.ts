import { encodeClassifier, encodeDbn, type Classifier } from '@deepbelief/dbn';
import { encodeTrainer, type Rbm, type RbmTrainer } from '@deepbelief/rbm';
import { Refusal } from './problems.ts';
import type { NamedFile, SavedKind } from './protocol.ts';
import { asDbn } from './stack-view.ts';

/** What can be saved. */
export interface Savable {
  readonly layers: readonly Rbm[];
  readonly trainer: RbmTrainer;
  readonly classifier: Classifier | undefined;
}

/** Writes a file in the command line's format. */
export async function saveModel(
  { layers, trainer, classifier }: Savable,
  kind: SavedKind,
): Promise<NamedFile> {
  const name = `${kind}.safetensors`;
  if (kind === 'stack') return { name, bytes: own(await encodeDbn(asDbn(layers))) };
  if (kind === 'checkpoint') {
    if (layers.length > 1) {
      throw new Refusal(
        'A checkpoint holds one layer, but there are frozen layers below. Save the stack instead.',
      );
    }
    return { name, bytes: own(await encodeTrainer(trainer)) };
  }
  if (classifier === undefined)
    throw new Refusal('There is no classifier yet. Fine-tune one first, in Stack.');
  return { name, bytes: own(await encodeClassifier(classifier)) };
}

function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
