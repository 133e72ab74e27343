/**
 * Returns the name of an image: its file's name without `.jpg`. `imageName('AJ_Cook', 1)` is
 * `AJ_Cook_0001`.
 *
 * @param number 1 for a person's first image
 */
export function imageName(person: string, number: number): string {
  return `${person}_${String(number).padStart(4, '0')}`;
}

/** Returns the person in an image's name; undefined for any other name. */
export function personOf(name: string): string | undefined {
  return /^(.+)_\d{4,}$/s.exec(name)?.[1];
}
