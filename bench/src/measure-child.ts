// Measures one case in a separate process. For each input line `go`, it runs a round and writes a
// line of JSON.
import { useBackend, type BackendName } from '@deepbelief/backend';
import { matMul, ones, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import { createInterface } from 'node:readline';
import { caseOf } from './cases.ts';
import { createFloor } from './floor.ts';
import { peakMemory, resetPeak } from './memory.ts';
import { createSubject } from './subject.ts';
import { stepsOf } from './work.ts';

/** The process's options. */
export interface Order {
  readonly name: string;
  readonly backend?: BackendName | undefined;
  readonly threads?: number | undefined;
  /** The least duration of a round of steps, in milliseconds. */
  readonly roundTime: number;
}

const { name, backend: asked, threads, roundTime } = JSON.parse(process.argv[2]!) as Order;
const plan = caseOf(name);
const backendOptions = {
  ...(asked === undefined ? {} : { backend: asked }),
  ...(threads === undefined ? {} : { threads }),
};
const { backend, arithmetic } = await useBackend(backendOptions);

// Large enough that a BLAS sets up its threads and their buffers.
const product = tidy(() => matMul<Tensor2D>(ones([200, 1024]), ones([1024, 1024])));
await product.data();
product.dispose();
resetPeak();
const before = peakMemory();
const subject = await createSubject(plan);
await subject.check();
await subject.run(plan.kind === 'epoch' ? 1 : 3);
await subject.check();
const after = peakMemory();
const peakMiB = before === undefined || after === undefined ? null : after - before;

// Made only now, so that the floor's matrices do not count as the subject's.
const floor = await createFloor(plan, backend, threads);
await floor.run();
const single = await time(() => subject.run(1));
const times = Math.max(1, Math.min(1000, Math.ceil(roundTime / single)));
write({ ready: true, backend, arithmetic, peakMiB, times });

for await (const line of createInterface({ input: process.stdin })) {
  if (line !== 'go') break;
  const ms = (await time(() => subject.run(times))) / times;
  const floorMs = await floorTime(times);
  write({ ms, floorMs });
}
subject.dispose();
floor.dispose();

async function floorTime(repeats: number): Promise<number> {
  return (
    (await time(async () => {
      for (let i = 0; i < repeats * stepsOf(plan); i++) await floor.run();
    })) / repeats
  );
}

async function time(body: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await body();
  return performance.now() - start;
}

function write(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
