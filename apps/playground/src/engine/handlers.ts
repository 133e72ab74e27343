import { backend, getBackend, memory } from '@tensorflow/tfjs-core';
import { chooseBackend } from './choose-backend.ts';
import { drawingOf, sweepOf } from './drawing.ts';
import type { Engine } from './engine.ts';
import { hashOf } from './hash.ts';
import { isClassifier, openClassifier } from './open-classifier.ts';
import { openModel } from './open-model.ts';
import { Refusal } from './problems.ts';
import type { DrawingOptions, Requests, Usage } from './protocol.ts';
import { saveModel } from './save-model.ts';

/** A handler for every request of the protocol. */
export type Handlers = {
  readonly [Name in keyof Requests]: (
    takes: Requests[Name]['takes'],
  ) => Promise<Requests[Name]['gives']>;
};

/** Returns an engine's handlers of all requests. */
export function handlersOf(engine: Engine): Handlers {
  return {
    async open({ backend: asked, digits }) {
      const info = await chooseBackend(asked, engine.wasmPaths);
      engine.openDigits(digits);
      return info;
    },
    begin: async ({ run, settings, playing }) => engine.begin(run, settings, playing),
    async play({ run }) {
      engine.run(run).play();
      return engine.run(run).info;
    },
    async pause({ run }) {
      await engine.run(run).pause();
      return engine.run(run).info;
    },
    async step({ run, steps }) {
      await engine.run(run).step(steps);
      return engine.run(run).info;
    },
    async speed({ stepsPerSecond }) {
      engine.setSpeed(stepsPerSecond);
      return null;
    },
    async refresh({ perSecond }) {
      engine.setRefresh(perSecond);
      return null;
    },
    freeze: async (takes) => engine.freeze(takes),
    close: async ({ run }) => engine.close(run),
    generate: async (takes) => engine.generate(takes),
    classify: async (takes) => engine.classify(takes),
    stopClassifying: async ({ run }) => engine.stopClassifying(run),
    async draw(takes) {
      await checkDrawing(engine, takes);
      const looker = await engine.looker(takes.run);
      return engine.run(takes.run).exclusively(async () => drawingOf(looker, takes));
    },
    async sweep(takes) {
      await checkDrawing(engine, takes);
      const looker = await engine.looker(takes.run);
      return engine.run(takes.run).exclusively(async () => sweepOf(looker, takes));
    },
    async example({ index }) {
      const test = await (await engine.data()).test;
      const place = ((index % test.size) + test.size) % test.size;
      const inputs = await test.inputsAt(Uint32Array.of(place));
      const pixels = Float32Array.from(await inputs.data());
      inputs.dispose();
      return { pixels, label: test.labels?.[place] ?? -1 };
    },
    async save({ run, kind }) {
      const experiment = engine.run(run);
      const { layers } = experiment;
      const { trainer } = experiment.layer;
      return experiment.exclusively(async () =>
        saveModel({ layers, trainer, classifier: engine.classifier(run) }, kind),
      );
    },
    async openModel({ run, file }) {
      const { width, height, classes = 0 } = (await engine.data()).store.options;
      if (isClassifier(file)) {
        const classifier = openClassifier(file, width * height, classes);
        return { ...(await engine.useClassifier(run, classifier)), kind: 'classifier' };
      }
      const { kind, settings, below, trainer } = openModel(
        file,
        engine.run(run).settings,
        width * height,
      );
      try {
        return { ...(await engine.begin(run, settings, false, { below, trainer })), kind };
      } catch (error) {
        for (const owner of [trainer, trainer.rbm, below]) owner.dispose();
        throw error;
      }
    },
    useFiles: async ({ files }) => engine.useFiles(files),
    useDigits: async () => engine.useDigits(),
    async hash({ run }) {
      const experiment = engine.run(run);
      const { layers } = experiment;
      return experiment.exclusively(async () => hashOf(layers));
    },
    usage: async () => usage(),
  };
}

async function checkDrawing(engine: Engine, { pixels }: DrawingOptions): Promise<void> {
  const { width, height } = (await engine.data()).store.options;
  if (pixels.length === width * height) return;
  throw new Refusal(
    `The drawing has ${pixels.length} pixels, but pictures of the data have ` +
      `${width * height}. Draw again.`,
  );
}

function usage(): Usage {
  const { numTensors, numBytes } = memory();
  const { wasm } = backend() as { wasm?: { HEAPU8: Uint8Array } };
  return {
    tensors: numTensors,
    tensorBytes: numBytes,
    heapBytes: getBackend() === 'wasm' ? (wasm?.HEAPU8.buffer.byteLength ?? 0) : 0,
  };
}
