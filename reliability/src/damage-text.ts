import type { Draws } from './draws.ts';

const NUMBERS = [
  '-1',
  '0',
  '1',
  '2',
  '007',
  '1.5',
  '1e3',
  '1e400',
  '-0',
  'NaN',
  'Infinity',
  '0x10',
  '+1',
  ' 1',
  '٣',
  '１',
];
const LONG_NUMBERS = [
  '2147483648',
  '4294967296',
  '9007199254740993',
  '9'.repeat(30),
  '9'.repeat(400),
  '0.'.padEnd(60, '1'),
];
const CHARACTERS = [
  '\t',
  '\n',
  '\r',
  '\r\n',
  ' ',
  '\0',
  '\u001b[2J',
  '"',
  '\\',
  '/',
  '..',
  ',',
  ':',
  '{',
  '[',
  '-',
  '#',
];
const UNICODE = [
  '\ufeff',
  '\u2028',
  '\u2029',
  '\u0085',
  '\u00a0',
  '\u202e',
  '\ud800',
  'é',
  'e\u0301',
  '漢',
  '😀',
  '\u0000',
];

type Damage = (text: string, draws: Draws, others: readonly string[]) => string;

const DAMAGES: readonly Damage[] = [
  // One character or a piece.
  (text, draws) => spliced(text, draws.below(text.length + 1), 1, draws.pick(CHARACTERS)),
  (text, draws) => spliced(text, draws.below(text.length + 1), 0, draws.pick(UNICODE)),
  (text, draws) =>
    spliced(text, draws.below(text.length + 1), 1, String.fromCharCode(draws.below(0x3000))),
  (text, draws) => text.slice(0, draws.below(text.length + 1)),
  (text, draws) => spliced(text, draws.below(text.length + 1), draws.few(text.length), ''),
  // Lines.
  (text, draws) => {
    const lines = text.split('\n');
    lines.splice(draws.below(lines.length), draws.few(3));
    return lines.join('\n');
  },
  (text, draws) => {
    const lines = text.split('\n');
    const [a, b] = [draws.below(lines.length), draws.below(lines.length)];
    [lines[a], lines[b]] = [lines[b]!, lines[a]!];
    return lines.join('\n');
  },
  (text, draws) => {
    const lines = text.split('\n');
    lines.splice(draws.below(lines.length), 0, draws.pick(lines));
    return lines.join('\n');
  },
  (text, draws, others) => {
    const lines = text.split('\n');
    lines[draws.below(lines.length)] = draws.pick(draws.pick(others).split('\n'));
    return lines.join('\n');
  },
  (text, draws) => text.replaceAll('\n', draws.pick(['\r\n', '\r', '\n\n', '\u2028'])),
  (text, draws) =>
    draws.once(2) ? `\ufeff${text}` : `${text}${draws.pick(['\n', '\n\n', '\r\n', ' '])}`,
  // Fields and numbers.
  replaceNumber,
  replaceNumber,
  replaceNumber,
  (text, draws) => text.replaceAll('\t', draws.pick([' ', '\t\t', ','])),
  (text, draws) =>
    spliced(
      text,
      draws.below(text.length + 1),
      0,
      draws.pick(['x', 'Ab\t', '1\t']).repeat(draws.few(2000)),
    ),
];

/** Returns a sound text with one or a few damages; once in forty, noise. */
export function damageText(draws: Draws, sound: readonly string[]): string {
  if (draws.once(40))
    return String.fromCharCode(
      ...Array.from({ length: draws.below(60) }, () => draws.below(0x200)),
    );
  let text = draws.pick(sound);
  for (let times = draws.few(6); times > 0; times--) text = draws.pick(DAMAGES)(text, draws, sound);
  return text;
}

function replaceNumber(text: string, draws: Draws): string {
  const numbers = [...text.matchAll(/-?\d+(\.\d+)?/g)];
  if (numbers.length === 0) return text;
  const { index, 0: found } = draws.pick(numbers);
  const near = String(Number(found) + draws.pick([-1, 1, 10]));
  return spliced(
    text,
    index,
    found.length,
    draws.pick([near, draws.pick(NUMBERS), draws.pick(LONG_NUMBERS)]),
  );
}

function spliced(text: string, at: number, removed: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at + removed);
}
