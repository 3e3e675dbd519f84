/** Public actors, and what one of them said and is said to have done. */
import { api, part } from "../data/api";
import { usePages } from "../data/pages";
import { useResource } from "../data/resource";
import type { ActorDetail, ActorItem, Page, Said } from "../data/types";
import { ThreatList, WarningList } from "../parts/notices";
import { ActorName, Dash, Heading, Loaded, More, Quote, SourceName, Time, wordsHref } from "../parts/small";
import { go, href, hereWith, useAddress } from "../route/router";
import { capital, countryName, group, plural, spaced, STANCE_SIDE, STANCE_VERB } from "../words/labels";

export function Actors() {
  const { query } = useAddress();
  const path = api("/actors", { q: query.get("q"), as_of: query.get("as_of"), recorded_by: query.get("recorded_by"), limit: "100" });
  const page = useResource<Page<ActorItem>>(path);
  const { items, next, more } = usePages(path, page.value);
  return (
    <div class="reading">
      <Heading title="Actors">Actors</Heading>
      <p class="hint">States, bodies, groups and office-holders. Private persons have no page.</p>
      <form class="inline" role="search" onSubmit={(event) => event.preventDefault()}>
        <label>
          Name{" "}
          <input type="search" value={query.get("q") ?? ""} onInput={(event) => go(hereWith({ q: event.currentTarget.value }), "replace")} />
        </label>
      </form>
      <Loaded of={page}>
        {() => (
          <>
            <div class="scroll" tabIndex={0} role="region" aria-label="Actors">
              <table class="list">
                <thead>
                  <tr>
                    <th scope="col">Name</th>
                    <th scope="col">Kind</th>
                    <th scope="col" class="number">Claims</th>
                    <th scope="col" class="number">Accused</th>
                    <th scope="col" class="number">Denies</th>
                    <th scope="col" class="number">Incidents</th>
                  </tr>
                </thead>
                <tbody data-list>
                  {items.map((actor) => (
                    <tr key={actor.key}>
                      <th scope="row">
                        <a href={href(`/actors/${part(actor.key)}`)} data-item>
                          {actor.name}
                        </a>
                      </th>
                      <td>{kindText(actor)}</td>
                      <td class="number">{group(actor.claims)}</td>
                      <td class="number">{group(actor.accused_of)}</td>
                      <td class="number">{group(actor.denials)}</td>
                      <td class="number">{group(actor.incidents)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {items.length === 0 && <p class="nothing">No actor fits.</p>}
            <More next={next} more={more} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function kindText(actor: { kind: string; country: string | null; name: string }): string {
  const country = actor.country === null ? null : countryName(actor.country);
  return country === null || country === actor.name ? spaced(actor.kind) : `${spaced(actor.kind)}, ${country}`;
}

export function Actor({ id }: { id: string }) {
  const { query } = useAddress();
  const actor = useResource<ActorDetail>(api(`/actors/${part(id)}`, { as_of: query.get("as_of"), recorded_by: query.get("recorded_by") }));
  return (
    <Loaded of={actor}>
      {(value) => (
        <div class="columns">
          <div class="reading">
            <Heading title={value.name}>{value.name}</Heading>
            <p class="facts">
              <span>{capital(kindText(value))}</span>
              {value.aliases.length > 0 && <span>also {value.aliases.join(", ")}</span>}
            </p>
            <section aria-labelledby="said">
              <h2 id="said">What it said</h2>
              <SaidList said={value.said} who="actor" />
            </section>
            <section aria-labelledby="said-of">
              <h2 id="said-of">What is said of it</h2>
              <SaidList said={value.said_of} who="speaker" />
            </section>
          </div>
          <aside class="context" aria-label="Record of this actor">
            <section>
              <h2>First words, later revised</h2>
              <p class="figure">
                {value.revised === null || value.revised.of === 0 ? (
                  <Dash />
                ) : (
                  <>
                    <b>{group(value.revised.revised)}</b> of {plural(value.revised.of, "attribution")}
                  </>
                )}
              </p>
            </section>
            <section>
              <h2>Warnings</h2>
              <WarningList warnings={value.warnings} about="incident" />
            </section>
            <section>
              <h2>Threats</h2>
              <ThreatList threats={value.threats} about="incident" />
            </section>
          </aside>
        </div>
      )}
    </Loaded>
  );
}

function SaidList({ said, who }: { said: Said[]; who: "actor" | "speaker" }) {
  if (said.length === 0) return <p class="nothing">Nothing on record.</p>;
  return (
    <ol class="acts" data-list>
      {said.map((one, at) => (
        <li key={at} class={`act ${STANCE_SIDE[one.stance]}`}>
          <p class="act-line">
            {who === "speaker" && (one.speaker ? <ActorName actor={one.speaker} /> : <SourceName name={one.source} />)} <b class="stance">{STANCE_VERB[one.stance]}</b>{" "}
            {who === "actor" && one.actor && <ActorName actor={one.actor} />}
            {" · "}
            <a href={href(`/incidents/${part(one.incident)}`)}>{one.incident_title ?? "the incident"}</a>
          </p>
          <Quote text={one.quote} to={wordsHref(one.report, one.fact, one.quote)} />
          <p class="act-foot">
            <Time at={one.published} short /> {one.source && <>in <SourceName name={one.source} /></>}
          </p>
        </li>
      ))}
    </ol>
  );
}
