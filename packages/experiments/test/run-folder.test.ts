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

test('a run that was begun when plans still named the output of a net goes on', async () => {
  const folder = await new RunFolder(temporaryFolder()).create();
  const job = { seed: 1, nets: [{ pretrained: true, epochs: 2 }] };
  const claim = async (nets: object[]): Promise<void> =>
    folder.claim({ job: { ...job, nets }, arithmetic: 'cpu' });
  await claim([{ ...job.nets[0], output: 'fitted' }]);
  expect(await folder.plan(job)).toMatchObject({ arithmetic: 'cpu' });
  await claim([{ ...job.nets[0], output: [1, 0] }]);
  await expect(folder.plan(job)).rejects.toThrow(/holds a run with other options \(nets differs\)/);
});

test('an option that only the recorded run has is named', async () => {
  const folder = await new RunFolder(temporaryFolder()).create();
  await folder.claim({ job: { seed: 1, shift: 2 }, arithmetic: 'cpu' });
  await expect(folder.plan({ seed: 1 })).rejects.toThrow(/\(shift differs\)/);
});
