import { expect, test } from 'vitest';
import { deepbelief } from './support/deepbelief.ts';

test('the help names every command', async () => {
  const { code, stdout, stderr } = await deepbelief(['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const name of [
    'demo',
    'look',
    'train',
    'evaluate',
    'inspect',
    'verify',
    'doctor',
    'toy-norb',
    'reproduce',
  ])
    expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
});

test.each([
  'demo',
  'look',
  'train',
  'evaluate',
  'inspect',
  'doctor',
  'toy-norb',
  'reproduce mnist',
  'reproduce norb',
  'verify',
  'reproduce lfw',
  'reproduce likelihood',
  'reproduce convolutional',
])('the help of %s has examples', async (command) => {
  const { code, stdout, stderr } = await deepbelief([...command.split(' '), '--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Examples:\n  (deepbelief|npm run) /m);
  expect(stdout).toContain('--json');
});

test('the version is one line', async () => {
  const { code, stdout } = await deepbelief(['--version']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
});
