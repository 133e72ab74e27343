import { describe, expect, it } from 'vitest';
import { fileComplaints } from '../src/source-layout.ts';

describe('fileComplaints', () => {
  it('has none for a short file that lies flat in src', () => {
    expect(fileComplaints('packages/units/src/binary.ts', 'export const a = 1;\n')).toEqual([]);
  });

  it('complains of more than 250 lines, unless they are generated', () => {
    const text = 'a;\n'.repeat(251);
    expect(fileComplaints('packages/units/src/binary.ts', text)[0]).toMatch(
      /251 lines, expected at most 250/,
    );
    expect(fileComplaints('packages/units/src/kernels.generated.ts', text)).toEqual([]);
  });

  it('complains of a folder below src and of export * in an index', () => {
    expect(fileComplaints('packages/units/src/deep/binary.ts', '')[0]).toMatch(/flat/);
    expect(fileComplaints('apps/playground/src/engine/worker.ts', '')).toEqual([]);
    expect(fileComplaints('apps/playground/src/engine/deep/worker.ts', '')[0]).toMatch(/flat/);
    expect(fileComplaints('packages/units/src/index.ts', "export * from './a.ts';\n")[0]).toMatch(
      /explicit list/,
    );
  });
});
