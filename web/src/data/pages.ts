/** A list that grows page by page. */
import { useEffect, useState } from "preact/hooks";
import { read } from "./api";
import type { Page } from "./types";

export interface Pages<Item> {
  items: Item[];
  next: string | null;
  more: () => void;
}

/** The first page's items and those that were asked for after it. */
export function usePages<Item>(path: string, first: Page<Item> | null): Pages<Item> {
  const [later, setLater] = useState<{ items: Item[]; next: string | null } | null>(null);
  useEffect(() => setLater(null), [first]);
  const next = later === null ? (first?.next ?? null) : later.next;
  const more = () => {
    if (next === null) return;
    void read<Page<Item>>(`${path}&cursor=${encodeURIComponent(next)}`).then((page) => {
      setLater((before) => ({ items: [...(before?.items ?? []), ...page.items], next: page.next }));
    });
  };
  return { items: [...(first?.items ?? []), ...(later?.items ?? [])], next, more };
}
