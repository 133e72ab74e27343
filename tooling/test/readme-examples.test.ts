import { expect, it } from 'vitest';
import { exampleBlocks } from '../src/readme-examples.ts';

it('takes the ts blocks of a Markdown text and leaves shell and typescript blocks out', () => {
  const text =
    '# A\n```sh\nnpm i\n```\n```ts\nconst a = 1;\n\nconst b = 2;\n```\ntext\n```typescript\nc\n```\n```ts\nd;\n```\n';
  expect(exampleBlocks(text)).toEqual(['const a = 1;\n\nconst b = 2;\n', 'd;\n']);
});
