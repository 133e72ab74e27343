export { argumentError, isArgumentError } from './argument-error.ts';
export { checkBackend } from './check-backend.ts';
export { checkList, checkSameLength, classNumbers, zerosAndOnes } from './check-list.ts';
export { checkFloats } from './check-floats.ts';
export { checkNumber, type NumberRange } from './check-number.ts';
export { checkNumbers } from './check-numbers.ts';
export {
  anything,
  checkOptionNames,
  checkOptions,
  checkValue,
  flag,
  oneOf,
  present,
  positiveNumber,
  wholeNumber,
  type OptionRule,
} from './check-options.ts';
export { checkTensor, floatStates } from './float-states.ts';
export { aFunction, aList, aText, finiteNumber, required } from './option-rules.ts';
export { printable } from './printable.ts';
export { shown } from './shown.ts';
export type { Bytes, Floats, Indices, Integers } from './typed-arrays.ts';
