/** The keys and the signs. */
import { createStore, useStore } from "../data/store";
import { Dialog } from "../parts/dialog";
import { DecidedMark } from "../parts/small";
import { StatusMark } from "../parts/status";
import { STATUSES, STATUS_RULE } from "../words/labels";
import { KEYS } from "./keys";

export const helpOpen = createStore(false);

export function Help() {
  if (!useStore(helpOpen)) return null;
  return (
    <Dialog title="Keys and signs" onClose={() => helpOpen.set(false)}>
      <div class="help">
        <section>
          <h3>What is said of an actor comes to</h3>
          <dl>
            {STATUSES.map((status) => (
              <div key={status}>
                <dt>
                  <StatusMark status={status} />
                </dt>
                <dd>{STATUS_RULE[status]}</dd>
              </div>
            ))}
            <div>
              <dt>
                <DecidedMark what="decided" />
              </dt>
              <dd>A person decided it. What has no such sign was read by the machine, which errs.</dd>
            </div>
          </dl>
        </section>
        <section>
          <h3>Keys</h3>
          <dl>
            {KEYS.map(([keys, words]) => (
              <div key={keys}>
                <dt>
                  <kbd>{keys}</kbd>
                </dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}
