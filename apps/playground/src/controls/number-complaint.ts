/**
 * Says why a text is not a valid value for a number field; undefined if it is valid. If the step is
 * a whole number, so must the value be.
 */
export function numberComplaint(
  text: string,
  min: number,
  max: number,
  step: number | 'any',
): string | undefined {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    return `expected a number from ${min} to ${max}`;
  if (value < min || value > max) return `${value} is out of range, expected ${min} to ${max}`;
  if (typeof step === 'number' && Number.isInteger(step) && !Number.isInteger(value)) {
    return `${value} is not whole, expected a whole number from ${min} to ${max}`;
  }
  return undefined;
}
