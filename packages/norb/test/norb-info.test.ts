import { expect, test } from 'vitest';
import { columnsOfInfo, infoFromColumns } from '../src/norb-info.ts';

test('columns convert to names and back', () => {
  const columns = [9, 8, 34, 5, -5, 4, -19, 1, 0, -3];
  const info = infoFromColumns(columns);
  expect(info).toEqual({
    instance: 9,
    elevation: 8,
    azimuth: 34,
    lighting: 5,
    jitter: {
      horizontalShift: -5,
      verticalShift: 4,
      luminance: -19,
      contrast: 1,
      scale: 0,
      rotation: -3,
    },
  });
  expect(columnsOfInfo(info, 'jittered-cluttered')).toEqual(columns);
  expect(infoFromColumns(columns.slice(0, 4))).toEqual({
    instance: 9,
    elevation: 8,
    azimuth: 34,
    lighting: 5,
  });
});

test('values outside the published ranges are kept', () => {
  const columns = [-1, -1, -1, -1, 99, -99, 1000, 7, 7, 90];
  expect(columnsOfInfo(infoFromColumns(columns), 'jittered-cluttered')).toEqual(columns);
});

test('info that does not match the variant is refused', () => {
  const info = infoFromColumns([1, 2, 4, 3]);
  expect(() => columnsOfInfo(info, 'jittered-cluttered')).toThrow(/jitter is missing/);
  expect(() => columnsOfInfo(infoFromColumns([1, 2, 4, 3, 0, 0, 0, 0, 0, 0]), 'small')).toThrow(
    /jitter is there/,
  );
  expect(() => columnsOfInfo({ ...info, azimuth: 0.5 }, 'small')).toThrow(
    /a value is 0.5, expected a whole number/,
  );
});
