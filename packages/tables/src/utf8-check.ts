import { isUtf8 } from 'node:buffer';

/**
 * Makes a function that says of a file's pieces, one after another, whether they are UTF-8 so far.
 * A character may be cut between two pieces.
 */
export function utf8Check(): (piece: Uint8Array, last: boolean) => boolean {
  let rest: Uint8Array = new Uint8Array(0);
  return (piece, last) => {
    const cut = last ? piece.length : wholeCharacters(piece);
    const bytes =
      rest.length === 0 ? piece.subarray(0, cut) : Buffer.concat([rest, piece.subarray(0, cut)]);
    rest = piece.slice(cut);
    return isUtf8(bytes);
  };
}

/** The length of a piece without a character that is cut at its end. */
function wholeCharacters(piece: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, piece.length); back++) {
    const byte = piece[piece.length - back]!;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? piece.length - back : piece.length;
    }
    if (byte < 0x80) break;
  }
  return piece.length;
}
