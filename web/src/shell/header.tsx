import { go, href, useAddress } from "../route/router";
import { useMayEdit } from "../data/role";
import { token, signIn } from "../data/api";
import { useStore } from "../data/store";
import { helpOpen } from "./help";
import { nextTheme, theme, THEME_WORD } from "./theme";

const PLACES: readonly [string, string][] = [
  ["/", "Incidents"],
  ["/map", "Map"],
  ["/warnings", "Warnings"],
  ["/threats", "Threats"],
  ["/actors", "Actors"],
  ["/sources", "Sources"],
];

export function Header() {
  const { path, query } = useAddress();
  const mayEdit = useMayEdit();
  const bearer = useStore(token);
  const look = useStore(theme);
  const search = (event: SubmitEvent) => {
    event.preventDefault();
    const q = new FormData(event.currentTarget as HTMLFormElement).get("q");
    go(href("/search", { q: String(q ?? "").trim() }));
  };
  return (
    <header class="top">
      <a class="mark" href={href("/")}>
        Watchkeeper
      </a>
      <nav aria-label="Views" class="places">
        {PLACES.map(([to, words]) => (
          <a key={to} href={href(to)} aria-current={path === to ? "page" : undefined}>
            {words}
          </a>
        ))}
      </nav>
      <form class="find" role="search" onSubmit={search}>
        <label>
          <span class="unseen">Search incidents and reports</span>
          <input id="search" type="search" name="q" placeholder="Search" defaultValue={path === "/search" ? (query.get("q") ?? "") : ""} key={path === "/search" ? query.get("q") : ""} />
        </label>
      </form>
      <div class="tools">
        {mayEdit && (
          <a class="button" href={href("/add")} aria-current={path === "/add" ? "page" : undefined}>
            Add
          </a>
        )}
        <button type="button" class="quiet" onClick={nextTheme} aria-label={`Theme: ${THEME_WORD[look]}`} title="Light, dark, or as the system has it">
          {THEME_WORD[look]}
        </button>
        <button type="button" class="quiet" aria-label="Keys and signs" onClick={() => helpOpen.set(true)}>
          ?
        </button>
        {bearer !== null && (
          <button type="button" class="quiet" onClick={() => signIn(null)}>
            Sign out
          </button>
        )}
      </div>
    </header>
  );
}
