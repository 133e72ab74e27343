/** The commands of a shell block, as words: continued lines joined, comments left out. */
export function shellLines(code: string): string[][] {
  return code
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
    .map((line) => line.split(/\s+/).flatMap(withBraces));
}

/** `a{b,c}` as a shell expands it: ab, ac. */
function withBraces(word: string): string[] {
  const match = /^(.*)\{([^}]*)\}(.*)$/.exec(word);
  return match ? match[2]!.split(',').map((part) => `${match[1]}${part}${match[3]}`) : [word];
}
