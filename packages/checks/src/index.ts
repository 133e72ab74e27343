export { checkNumber, type NumberRange } from './check-number.ts';
export {
  anything,
  checkOptionNames,
  checkOptions,
  flag,
  oneOf,
  positiveNumber,
  wholeNumber,
  type OptionRule,
} from './check-options.ts';
export { checkTensor, floatStates } from './float-states.ts';
export { shown } from './shown.ts';
