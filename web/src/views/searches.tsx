/** Searches kept under a name. */
import { useState } from "preact/hooks";
import { ApiError, api, part, remove, send } from "../data/api";
import { refresh } from "../data/live";
import { useResource } from "../data/resource";
import { useMayEdit } from "../data/role";
import type { SavedSearch } from "../data/types";
import { useAddress } from "../route/router";
import { Problem } from "../parts/small";

export function SavedSearches() {
  const searches = useResource<{ items: SavedSearch[] }>(api("/searches")).value?.items ?? [];
  const mayEdit = useMayEdit();
  const { query } = useAddress();
  const [name, setName] = useState("");
  const [error, setError] = useState<ApiError | null>(null);
  const act = (work: Promise<unknown>) =>
    work.then(() => {
      setName("");
      setError(null);
      refresh();
    }, (failure: unknown) => setError(failure instanceof ApiError ? failure : new ApiError(0, String(failure))));
  const present = query.toString();
  if (searches.length === 0 && (present === "" || !mayEdit)) return null;
  return (
    <section class="searches">
      <h2>Saved searches</h2>
      <ul>
        {searches.map((search) => (
          <li key={search.id}>
            <a href={`/?${search.query.replace(/^\?/, "")}`}>{search.name}</a>
            {mayEdit && (
              <button type="button" class="quiet" aria-label={`Forget the search ${search.name}`} onClick={() => act(remove(api(`/searches/${part(search.id)}`)))}>
                forget
              </button>
            )}
          </li>
        ))}
      </ul>
      {mayEdit && present !== "" && (
        <form
          class="inline"
          onSubmit={(event) => {
            event.preventDefault();
            void act(send(api("/searches"), { name, query: present }));
          }}
        >
          <label>
            <span class="unseen">Name of this search</span>
            <input required value={name} placeholder="Name of this search" onInput={(event) => setName(event.currentTarget.value)} />
          </label>
          <button type="submit">Save</button>
        </form>
      )}
      {error !== null && <Problem error={error} />}
    </section>
  );
}
