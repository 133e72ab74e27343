import { expect, test } from 'vitest';
import { confusionMatrix, errorRate } from '../src/index.ts';

const labels = [0, 0, 1, 1, 1, 2];
const predicted = [0, 1, 1, 1, 2, 2];

test('rows are the true classes, columns the predicted ones', () => {
  expect(confusionMatrix(predicted, labels, 3)).toEqual([
    [1, 1, 0],
    [0, 2, 1],
    [0, 0, 1],
  ]);
});

test('entries off the diagonal are the errors', () => {
  const matrix = confusionMatrix(predicted, labels, 4);
  const right = matrix.reduce((sum, row, i) => sum + row[i]!, 0);
  expect(1 - right / labels.length).toBeCloseTo(errorRate(predicted, labels), 12);
});

test('class numbers out of range are refused', () => {
  expect(() => confusionMatrix([0, 3], [0, 1], 3)).toThrow(
    'confusionMatrix: predicted[1] is 3, expected a whole number from 0 to 2',
  );
  expect(() => confusionMatrix([0], [0.5], 3)).toThrow('labels[0] is 0.5');
  expect(() => confusionMatrix([0], [0], 0)).toThrow(
    'confusionMatrix: classes is 0, expected a whole number of at least 1',
  );
});
