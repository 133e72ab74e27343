import { expect, test } from 'vitest';
import { RunFolder } from '../src/run-folder.ts';
import { UserError } from '../src/user-error.ts';
import { temporaryFolder } from './support/folders.ts';

test('a file of the run that is gone is refused by its name, not taken for an empty one', async () => {
  const folder = new RunFolder(temporaryFolder());
  await folder.write('stack.safetensors', Uint8Array.of(1));
  expect([...(await folder.readKept('stack.safetensors'))]).toEqual([1]);
  await folder.remove('stack.safetensors');
  await expect(folder.readKept('stack.safetensors')).rejects.toThrow(UserError);
  await expect(folder.readKept('stack.safetensors')).rejects.toThrow(
    /stack\.safetensors is gone, expected a file of this run: /,
  );
});
