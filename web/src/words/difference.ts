/** What was added to a text and what was taken out, word by word. */

export interface Piece {
  op: "same" | "added" | "removed";
  text: string;
}

/** A table of more cells would take the page's breath; such texts are compared by paragraphs. */
const MOST_CELLS = 16_000_000;

export function difference(before: string, after: string): Piece[] {
  const [left, right] = [words(before), words(after)];
  const pieces = left.length * right.length <= MOST_CELLS ? compare(left, right) : compare(paragraphs(before), paragraphs(after));
  return joined(pieces);
}

/** Words with the space that follows them, so that nothing is lost when they are put together again. */
function words(text: string): string[] {
  return text.match(/\S+\s*|\s+/g) ?? [];
}

function paragraphs(text: string): string[] {
  return text.match(/[^\n]*\n*/g)?.filter((paragraph) => paragraph !== "") ?? [];
}

/** A word is the same whatever space follows it. */
function same(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one.trimEnd() === other.trimEnd();
}

function compare(left: string[], right: string[]): Piece[] {
  let start = 0;
  while (start < left.length && same(left[start], right[start])) start += 1;
  let [leftEnd, rightEnd] = [left.length, right.length];
  while (leftEnd > start && rightEnd > start && same(left[leftEnd - 1], right[rightEnd - 1])) [leftEnd, rightEnd] = [leftEnd - 1, rightEnd - 1];
  return [
    ...right.slice(0, start).map((text): Piece => ({ op: "same", text })),
    ...middle(left.slice(start, leftEnd), right.slice(start, rightEnd)),
    ...right.slice(rightEnd).map((text): Piece => ({ op: "same", text })),
  ];
}

/** By the longest common subsequence. */
function middle(left: string[], right: string[]): Piece[] {
  const width = right.length + 1;
  const longest = new Uint16Array((left.length + 1) * width);
  const at = (row: number, column: number) => longest[row * width + column] ?? 0;
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      longest[row * width + column] = same(left[row], right[column]) ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pieces: Piece[] = [];
  let [row, column] = [0, 0];
  while (row < left.length || column < right.length) {
    const [old, fresh] = [left[row], right[column]];
    if (same(old, fresh)) {
      pieces.push({ op: "same", text: fresh ?? "" });
      [row, column] = [row + 1, column + 1];
    } else if (old !== undefined && (fresh === undefined || at(row + 1, column) >= at(row, column + 1))) {
      pieces.push({ op: "removed", text: old });
      row += 1;
    } else {
      pieces.push({ op: "added", text: fresh ?? "" });
      column += 1;
    }
  }
  return pieces;
}

/** Neighbours of one kind as one piece. */
function joined(pieces: Piece[]): Piece[] {
  const found: Piece[] = [];
  for (const piece of pieces) {
    const last = found[found.length - 1];
    if (last?.op === piece.op) last.text += piece.text;
    else found.push({ ...piece });
  }
  return found;
}
