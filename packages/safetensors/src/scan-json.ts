/**
 * How deep arrays and objects nest in a JSON text, which may be broken. It is checked before
 * JSON.parse builds them.
 */
export function nestingDepth(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
    else if (character === '}' || character === ']') depth--;
    else if (character === '"') i = stringEnd(json, i) - 1;
  }
  return deepest;
}

/**
 * The first duplicate key in any one object of a valid JSON text; undefined if there is none.
 * JSON.parse silently keeps the last of equal keys, so different readers could see different
 * tensors in a file.
 */
export function duplicateKey(json: string): string | undefined {
  const keys: Set<string>[] = [];
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === '{' || character === '[') keys.push(new Set());
    else if (character === '}' || character === ']') keys.pop();
    else if (character === '"') {
      const end = stringEnd(json, i);
      if (isKey(json, end)) {
        const key = String(JSON.parse(json.slice(i, end)));
        if (keys.at(-1)?.has(key)) return key;
        keys.at(-1)?.add(key);
      }
      i = end - 1;
    }
  }
  return undefined;
}

/**
 * The first number of a valid JSON text that has anything but digits, such as `4.0`, `1e2` or `-0`;
 * undefined if there is none. JSON.parse takes these for whole numbers; other readers refuse them.
 */
export function oddNumber(json: string): string | undefined {
  const rest = /[-+.\deE]*/y;
  for (let i = 0; i < json.length; i++) {
    const character = json[i]!;
    if (character === '"') i = stringEnd(json, i) - 1;
    else if (character === '-' || (character >= '0' && character <= '9')) {
      rest.lastIndex = i;
      const number = rest.exec(json)?.[0] ?? '';
      if (!/^\d+$/.test(number)) return number;
      i += number.length - 1;
    }
  }
  return undefined;
}

/**
 * Where the string that opens at `start` ends: one past its closing quote, or at the end of a
 * broken text.
 */
function stringEnd(json: string, start: number): number {
  let i = start + 1;
  while (i < json.length && json[i] !== '"') i += json[i] === '\\' ? 2 : 1;
  return i + 1;
}

/** Whether the next character after whitespace is a colon. */
function isKey(json: string, end: number): boolean {
  let i = end;
  while (json[i] === ' ' || json[i] === '\t' || json[i] === '\n' || json[i] === '\r') i++;
  return json[i] === ':';
}
