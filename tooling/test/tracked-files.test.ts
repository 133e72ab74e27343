import { describe, expect, it } from 'vitest';
import { trackedComplaints } from '../src/tracked-files.ts';

describe('trackedComplaints', () => {
  it('has none for relative paths, web addresses and system folders', () => {
    const text = 'see ./home/x, https://example.org/home/page, /usr/lib/libopenblas.so and /tmp/x';
    expect(trackedComplaints('docs/a.md', text.length, text)).toEqual([]);
  });

  it('complains of a path of one machine and names its line', () => {
    const path = ['', 'home', 'somebody', 'data'].join('/');
    expect(trackedComplaints('docs/a.md', 10, `first\nread ${path}\n`)[0]).toMatch(
      /^docs\/a\.md:2: \/home\/somebody/,
    );
  });

  it('complains of files over a MiB and of what is generated', () => {
    expect(trackedComplaints('data.bin', 2 ** 20 + 1, '')[0]).toMatch(
      /1048577 bytes, expected at most 1048576/,
    );
    expect(trackedComplaints('packages/units/dist/index.js', 1, '')[0]).toMatch(/generated/);
  });
});
