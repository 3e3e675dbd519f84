/** Whether two columns fit. The width is the one of style/layout.css. */
import { useEffect, useState } from "preact/hooks";

const query = matchMedia("(min-width: 60rem)");

export function useWide(): boolean {
  const [wide, setWide] = useState(query.matches);
  useEffect(() => {
    const change = () => setWide(query.matches);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, []);
  return wide;
}
