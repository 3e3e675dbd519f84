/** Says that there are changes; nothing moves until the reader asks. */
import { pending, pendingCount, refresh } from "../data/live";
import { useStore } from "../data/store";
import { plural } from "../words/labels";

export function Pill() {
  const changes = useStore(pending);
  return (
    <div class="pill" role="status">
      {changes.length > 0 && (
        <button type="button" onClick={refresh}>
          {plural(pendingCount(changes), "change")}: show
        </button>
      )}
    </div>
  );
}
