/** A text cut where marks begin and end, so that each piece knows its facts. Offsets count code points. */
import type { Mark } from "../data/types";

export interface Segment {
  text: string;
  /** Indexes into the marks, the shortest mark first. */
  marks: number[];
  /** Why it was left out of reading, where it was. */
  masked: string | null;
}

type Range = { start: number; end: number };

export function segments(text: string, marks: readonly Mark[], masked: readonly (Range & { reason: string })[]): Segment[] {
  const points = Array.from(text);
  const bounds = new Set([0, points.length]);
  const clamp = (at: number) => Math.min(Math.max(at, 0), points.length);
  for (const range of [...marks, ...masked]) {
    bounds.add(clamp(range.start));
    bounds.add(clamp(range.end));
  }
  const cuts = [...bounds].sort((one, other) => one - other);
  const pieces: Segment[] = [];
  for (let at = 0; at + 1 < cuts.length; at += 1) {
    const [start, end] = [cuts[at] ?? 0, cuts[at + 1] ?? 0];
    const inside = (range: Range) => range.start <= start && range.end >= end;
    const here = marks.flatMap((mark, index) => (inside(mark) ? [index] : []));
    here.sort((one, other) => length(marks[one]) - length(marks[other]));
    pieces.push({
      text: points.slice(start, end).join(""),
      marks: here,
      masked: masked.find(inside)?.reason ?? null,
    });
  }
  return pieces;
}

function length(mark: Mark | undefined): number {
  return mark === undefined ? 0 : mark.end - mark.start;
}

/** Where words stand in a text, in code points; null where they do not. */
export function find(text: string, words: string): Range | null {
  const at = text.indexOf(words);
  if (at < 0 || words === "") return null;
  const start = Array.from(text.slice(0, at)).length;
  return { start, end: start + Array.from(words).length };
}
