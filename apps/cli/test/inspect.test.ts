import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSafetensors } from '@deepbelief/safetensors';
import { expect, test } from 'vitest';
import { deepbelief } from './support/deepbelief.ts';
import { SIDE } from '../../../packages/experiments/test/support/idx-folder.ts';
import { runHere, smallJob } from '../../../packages/experiments/test/support/small-job.ts';
import { onlyComplaint } from './support/only-complaint.ts';
import { onlyObject } from './support/only-object.ts';
import { LAYERS, useTrainedRun } from './support/trained-run.ts';

const run = useTrainedRun();

const INPUTS = SIDE * SIDE;

const inspect = (file: string, ...args: string[]) =>
  deepbelief(['inspect', join(run.job, file), ...args]);

test('the counts of an RBM are those of its weights and biases', async () => {
  const found = onlyObject(await inspect('layer1.safetensors', '--json'));
  expect(found).toMatchObject({ kind: 'rbm', parameters: INPUTS * LAYERS[0] + INPUTS + LAYERS[0] });
  expect(found['bytes']).toBe(readFileSync(join(run.job, 'layer1.safetensors')).length);
});

test('the statistics of a tensor are those of its values', async () => {
  const { tensors } = onlyObject(await inspect('layer1.safetensors', '--json')) as {
    tensors: Record<string, unknown>[];
  };
  const file = decodeSafetensors(
    readFileSync(join(run.job, 'layer1.safetensors')),
    'layer1',
  ).tensors;
  expect(new Set(tensors.map(({ name }) => name))).toEqual(new Set(Object.keys(file)));
  for (const { name, shape, ...statistics } of tensors) {
    const values = Array.from(file[name as string]!.data as Float32Array);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(shape).toEqual(file[name as string]!.shape);
    expect(statistics['count']).toBe(values.length);
    expect(statistics['minimum']).toBe(Math.min(...values));
    expect(statistics['maximum']).toBe(Math.max(...values));
    expect(statistics['mean']).toBeCloseTo(mean, 6);
    expect(statistics['sd']).toBeCloseTo(Math.sqrt(spread), 6);
    expect(statistics['norm']).toBeCloseTo(Math.hypot(...values), 6);
  }
});

test.each([1, 2])('the filters of layer %i are a PNG', async (layer) => {
  const picture = join(run.folder, `layer${layer}.png`);
  const { code, stderr } = await inspect(
    'stack.safetensors',
    '--pictures',
    picture,
    '--layer',
    String(layer),
  );
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const bytes = readFileSync(picture);
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]));
  // At least a row of filters wide and one high: IHDR holds width and height.
  expect(bytes.readUInt32BE(16)).toBeGreaterThanOrEqual(SIDE);
  expect(bytes.readUInt32BE(20)).toBeGreaterThanOrEqual(SIDE);
});

test('a checkpoint tells where its run stands', async () => {
  const job = smallJob(run.data);
  const { seed, learningRate } = job.layers[0]!.training;
  const folder = join(run.folder, 'broken-off');
  // It breaks off after a minibatch, of which there is a checkpoint.
  expect((await runHere(job, folder, 2)).result).toBeUndefined();
  const file = join(folder, 'layer1.checkpoint');
  const { kind, config } = onlyObject(await deepbelief(['inspect', file, '--json']));
  expect(kind).toBe('rbm training checkpoint');
  expect(config).toMatchObject({
    position: { step: expect.any(Number) as number },
    options: { seed, learningRate },
  });
  expect((await deepbelief(['inspect', file])).stderr).toContain(
    'continues from here with --resume',
  );
  const evaluated = onlyComplaint(await deepbelief(['evaluate', file]));
  expect(evaluated).toMatch(
    /layer1\.checkpoint holds a rbm training checkpoint, expected a model; continue .* --resume/,
  );
});
