/** All warnings, all threats. */
import { api } from "../data/api";
import { usePages } from "../data/pages";
import { useResource } from "../data/resource";
import type { Outcome, Page, Threat, Warning } from "../data/types";
import { ThreatList, WarningList } from "../parts/notices";
import { Heading, Loaded, More } from "../parts/small";
import { hereWith, useAddress } from "../route/router";
import { OUTCOME } from "../words/labels";

const OUTCOMES = Object.keys(OUTCOME) as Outcome[];

function useNotices<Item>(path: string) {
  const { query } = useAddress();
  const names = ["outcome", "country", "issuer", "speaker", "as_of", "recorded_by"];
  const full = api(path, { ...Object.fromEntries(names.map((name) => [name, query.get(name)])), limit: "50" });
  const page = useResource<Page<Item>>(full);
  return { page, ...usePages(full, page.value) };
}

function OutcomeFilter() {
  const { query } = useAddress();
  const chosen = query.get("outcome");
  return (
    <nav class="choices" aria-label="Outcome">
      <a href={hereWith({ outcome: null })} aria-current={chosen === null ? "true" : undefined}>
        all
      </a>
      {OUTCOMES.map((outcome) => (
        <a key={outcome} href={hereWith({ outcome })} aria-current={chosen === outcome ? "true" : undefined}>
          {OUTCOME[outcome]}
        </a>
      ))}
    </nav>
  );
}

export function Warnings() {
  const { page, items, next, more } = useNotices<Warning>("/warnings");
  return (
    <div class="reading">
      <Heading title="Warnings">Warnings</Heading>
      <OutcomeFilter />
      <Loaded of={page}>{() => <WarningList warnings={items} about="incident" />}</Loaded>
      <More next={next} more={more} />
    </div>
  );
}

export function Threats() {
  const { page, items, next, more } = useNotices<Threat>("/threats");
  return (
    <div class="reading">
      <Heading title="Threats and vows">Threats and vows</Heading>
      <OutcomeFilter />
      <Loaded of={page}>{() => <ThreatList threats={items} about="incident" />}</Loaded>
      <More next={next} more={more} />
    </div>
  );
}
