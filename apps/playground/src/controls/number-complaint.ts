/**
 * Why a text is no value of a number field, or undefined. Whole numbers alone are taken where the
 * step is whole.
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
