import { expect, test } from 'vitest';
import { DEFAULT_COMPARISON, fromAddress, toAddress } from '../src/runs/address.ts';
import { DEFAULT_RUN } from '../src/settings/settings.ts';
import { viewOf } from '../src/shell/current-view.ts';

test('an address without settings is the usual page, rectified against binary units in Compare', () => {
  const address = fromAddress('');
  expect(address).toEqual({
    main: DEFAULT_RUN,
    ...DEFAULT_COMPARISON,
    backend: 'auto',
    complaints: [],
  });
  expect([address.left.layer.hidden, address.right.layer.hidden]).toEqual(['nrelu', 'binary']);
  expect(toAddress(address)).toBe('');
});

test('all three runs and the backend go into the address and come back', () => {
  const main = {
    ...DEFAULT_RUN,
    seed: 7,
    layer: { ...DEFAULT_RUN.layer, size: 50, hidden: 'relu' as const },
  };
  const left = { ...DEFAULT_COMPARISON.left, examples: 500 };
  const right = {
    ...DEFAULT_COMPARISON.right,
    layer: { ...DEFAULT_COMPARISON.right.layer, rate: 0.3 },
  };
  const text = toAddress({ main, left, right, backend: 'wasm' });
  expect(fromAddress(text)).toEqual({ main, left, right, backend: 'wasm', complaints: [] });
});

test('what cannot be is said and left at the usual value', () => {
  const { main, right, backend, complaints } = fromAddress(
    '?layer.size=-3&right.layer.hidden=jelly&backend=abacus',
  );
  expect([main, right, backend]).toEqual([DEFAULT_RUN, DEFAULT_COMPARISON.right, 'auto']);
  expect(complaints).toHaveLength(3);
  expect(complaints.join(' ')).toContain('layer.size=-3');
});

test('the part after # names the view', () => {
  expect(['', '#learn', '#stack', '#draw', '#compare', '#nonsense'].map(viewOf)).toEqual([
    'learn',
    'learn',
    'stack',
    'draw',
    'compare',
    'learn',
  ]);
});
