import { expect, test } from 'vitest';
import { homeFields, manifestComplaints } from '../src/manifest-fields.ts';

const home = {
  bugs: 'https://example.org/a/b/issues',
  repository: { type: 'git', url: 'git+https://example.org/a/b.git' },
};

test('a package lives in its folder of the repository', () => {
  expect(homeFields('packages/rbm', home)).toEqual({
    homepage: 'https://example.org/a/b/tree/main/packages/rbm#readme',
    bugs: 'https://example.org/a/b/issues',
    repository: {
      type: 'git',
      url: 'git+https://example.org/a/b.git',
      directory: 'packages/rbm',
    },
  });
});

test('what a manifest lacks is named', () => {
  const folder = 'packages/rbm';
  const right = { ...homeFields(folder, home), keywords: ['a', 'b', 'c'] };
  expect(manifestComplaints({ folder, manifest: right }, home)).toEqual([]);
  expect(manifestComplaints({ folder, manifest: { ...right, bugs: 'here' } }, home)).toEqual([
    "packages/rbm/package.json: bugs differs from the root's; run npm run gate -- --update",
  ]);
  expect(manifestComplaints({ folder, manifest: { ...right, keywords: ['a'] } }, home)).toEqual([
    'packages/rbm/package.json: expected at least 3 keywords',
  ]);
});
