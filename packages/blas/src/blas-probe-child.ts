// Tries a BLAS in a separate process, which may crash or hang without harm. Started by
// blas-probe.ts.
import { bindBlas } from './blas-binding.ts';
import { productComplaint } from './blas-check.ts';
import type { ProbeOutcome } from './blas-probe.ts';
import { productSpeed } from './blas-timing.ts';
import { loadKoffi } from './koffi.ts';

interface Order {
  readonly path: string;
  readonly threads?: number;
}

function probe({ path, threads }: Order): ProbeOutcome {
  const koffi = loadKoffi();
  if (typeof koffi === 'string') return { ok: false, reason: koffi };
  const blas = bindBlas(koffi, path, threads);
  if (typeof blas === 'string') return { ok: false, reason: blas };
  const complaint = productComplaint(blas.call);
  if (complaint !== undefined) return { ok: false, reason: complaint };
  const gflops = productSpeed(blas.call);
  if (typeof gflops === 'string') return { ok: false, reason: gflops };
  return {
    ok: true,
    description: blas.description,
    kernels: blas.kernels,
    threads: blas.threads,
    gflops,
  };
}

process.stdout.write(`\n${JSON.stringify(probe(JSON.parse(process.argv[2]!) as Order))}\n`);
