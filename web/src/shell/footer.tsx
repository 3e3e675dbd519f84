import { serverStatus } from "../data/role";
import { useStore } from "../data/store";
import { group, plural } from "../words/labels";
import { DecidedMark } from "../parts/small";

export function Footer() {
  const status = useStore(serverStatus);
  return (
    <footer class="bottom">
      <p>
        All values are read by a machine, which errs, unless marked <DecidedMark what="decided" />. Look at the words before you pass anything on. All times are UTC.
      </p>
      {status !== null && (
        <p>
          {plural(status.store.reports, "report")}, {group(status.store.incidents)} incidents · Watchkeeper {status.version}
        </p>
      )}
    </footer>
  );
}
