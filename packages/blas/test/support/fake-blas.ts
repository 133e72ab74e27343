import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A BLAS in C that is right and slow, except for what FAULT does first. FAULT may use `kernels()`,
 * `m`, `n`, `k`, …
 */
const SOURCE = `
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static char core[64];
__attribute__((constructor)) static void start(void) {
  const char *asked = getenv("OPENBLAS_CORETYPE");
  strncpy(core, asked ? asked : "Plain", 63);
  #ifdef AT_LOAD
  AT_LOAD;
  #endif
}
const char *openblas_get_config(void) { return "FakeBLAS 1.0 DYNAMIC_ARCH"; }
const char *openblas_get_corename(void) { return core; }
static int is(const char *name) { return strcmp(core, name) == 0; }
#ifndef WITHOUT
void cblas_sgemm(int layout, int ta, int tb, int m, int n, int k, float alpha, const float *a, int lda,
                 const float *b, int ldb, float beta, float *c, int ldc) {
  for (int i = 0; i < m; i++) for (int j = 0; j < n; j++) c[i * ldc + j] = beta == 0 ? 0 : beta * c[i * ldc + j];
  for (int i = 0; i < m; i++) for (int l = 0; l < k; l++) {
    float x = alpha * (ta == 112 ? a[l * lda + i] : a[i * lda + l]);
    if (tb == 112) for (int j = 0; j < n; j++) c[i * ldc + j] += x * b[j * ldb + l];
    else for (int j = 0; j < n; j++) c[i * ldc + j] += x * b[l * ldb + j];
  }
  FAULT;
}
#endif
`;

/** Compiles fake libraries into a separate folder. */
export class FakeBlas {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'deepbelief-blas-'));
  /** Why no library can be compiled here; undefined where one can. */
  static readonly missing: string | undefined =
    process.platform !== 'linux'
      ? 'libraries are compiled on Linux only'
      : spawnSync('cc', ['--version']).status === 0
        ? undefined
        : 'there is no C compiler (cc) in the PATH';

  /** The path of a library with a fault, a C statement, and further macros. */
  compile(name: string, fault = '', macros: Readonly<Record<string, string>> = {}): string {
    const [source, library] = [
      join(this.folder, `${name}.c`),
      join(this.folder, `libopenblas-${name}.so`),
    ];
    writeFileSync(source, SOURCE);
    const all = Object.entries({ FAULT: fault, ...macros }).map(
      ([key, value]) => `-D${key}=${value}`,
    );
    const { status, stderr } = spawnSync(
      'cc',
      ['-O3', '-shared', '-fPIC', '-o', library, ...all, source],
      {
        encoding: 'utf8',
      },
    );
    if (status !== 0) throw new Error(stderr);
    return library;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
