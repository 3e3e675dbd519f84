/** Decisions by people: each has a reason and can be undone. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { ApiError, api, part, send } from "../data/api";
import { refresh } from "../data/live";
import { useResource } from "../data/resource";
import { useMayEdit } from "../data/role";
import type { Incident, IncidentPage } from "../data/types";
import { incidentTitle } from "../parts/card";
import { Dialog } from "../parts/dialog";
import { Problem, placeText } from "../parts/small";
import { go, href } from "../route/router";
import { spaced, STATUSES, typeLabel } from "../words/labels";
import { days, shortMoment } from "../words/time";
import type { IncidentType } from "../data/types";

interface FormProperties {
  title: string;
  /** What is decided; the form's named fields are added to it. */
  body: Record<string, unknown>;
  close: () => void;
  after?: () => void;
  children?: ComponentChildren;
  /** A note is its own reason. */
  reason?: "asked" | "none";
}

export function DecisionForm({ title, body, close, after, children, reason = "asked" }: FormProperties) {
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const fields: Record<string, unknown> = { ...body };
    for (const name of new Set(form.keys())) {
      const values = form.getAll(name);
      fields[name] = name === "reports" ? values : name === "credibility" ? Number(values[0]) : values[0];
    }
    setBusy(true);
    send(api("/decisions"), fields).then(
      () => {
        close();
        if (after !== undefined) after();
        refresh();
      },
      (failure: unknown) => {
        setBusy(false);
        setError(failure instanceof ApiError ? failure : new ApiError(0, String(failure)));
      },
    );
  };
  return (
    <Dialog title={title} onClose={close}>
      <form onSubmit={submit} class="decide">
        {children}
        {reason === "asked" && (
          <label>
            Reason
            <input name="reason" required autocomplete="off" />
          </label>
        )}
        {error !== null && <Problem error={error} />}
        <p class="buttons">
          <button type="submit" class="strong" disabled={busy}>
            Decide
          </button>
          <button type="button" onClick={close}>
            Cancel
          </button>
        </p>
      </form>
    </Dialog>
  );
}

type Kind = "override" | "merge" | "split" | "note";

export function DecideMenu({ incident }: { incident: Incident }) {
  const [open, setOpen] = useState<Kind | null>(null);
  const close = () => setOpen(null);
  if (!useMayEdit()) return null;
  return (
    <p class="buttons no-print">
      <button type="button" onClick={() => setOpen("note")}>
        Note
      </button>
      <button type="button" onClick={() => setOpen("override")}>
        Correct a value
      </button>
      <button type="button" onClick={() => setOpen("merge")}>
        Merge
      </button>
      <button type="button" onClick={() => setOpen("split")} disabled={incident.reports.length < 2}>
        Split
      </button>
      {open === "note" && (
        <DecisionForm title="Add a note" body={{ kind: "note", incident: incident.id }} close={close} reason="none">
          <label>
            Note
            <textarea name="text" required rows={4} />
          </label>
        </DecisionForm>
      )}
      {open === "override" && <Override incident={incident} close={close} />}
      {open === "merge" && <Merge incident={incident} close={close} />}
      {open === "split" && <Split incident={incident} close={close} />}
    </p>
  );
}

const TYPES: readonly IncidentType[] = [
  "bombing", "suicide_bombing", "armed_assault", "assassination", "vehicle_ramming", "stabbing", "hostage_taking", "kidnapping",
  "hijacking", "arson", "missile_or_air_strike", "sabotage", "chemical_attack", "cyber_attack", "unknown",
];
const STAGES = ["accomplished", "attempted", "foiled", "threatened"] as const;
const FIELDS = ["type", "stage", "date", "place", "killed", "injured", "missing", "detained", "status"] as const;

const EXAMPLE: Partial<Record<(typeof FIELDS)[number], string>> = {
  date: "2031-05-06, or 2031-05-06/2031-05-07",
  place: "Oran, DZ",
  killed: "at least 40, or 10-15",
  injured: "at least 40, or 10-15",
  missing: "up to 5",
  detained: "11",
};

function Override({ incident, close }: { incident: Incident; close: () => void }) {
  const [field, setField] = useState<(typeof FIELDS)[number]>("type");
  const choices = field === "type" ? TYPES : field === "stage" ? STAGES : field === "status" ? STATUSES : null;
  return (
    <DecisionForm title="Correct a value" body={{ kind: "override", incident: incident.id }} close={close}>
      <label>
        Value
        <select name="field" value={field} onChange={(event) => setField(event.currentTarget.value as typeof field)}>
          {FIELDS.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {field === "status" && (
        <label>
          Of
          <select name="actor" required>
            {incident.attributions.map(({ actor }) => (
              <option key={actor.name} value={actor.name}>
                {actor.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        Should be
        {choices === null ? (
          <input name="value" required placeholder={EXAMPLE[field]} autocomplete="off" />
        ) : (
          <select name="value" defaultValue={field === "status" ? undefined : incident[field as "type" | "stage"]}>
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {field === "type" ? typeLabel(choice as IncidentType) : spaced(choice)}
              </option>
            ))}
          </select>
        )}
      </label>
    </DecisionForm>
  );
}

function Merge({ incident, close }: { incident: Incident; close: () => void }) {
  const [into, setInto] = useState("");
  const others = useResource<IncidentPage>(api("/incidents", { limit: "200" })).value?.items.filter((item) => item.id !== incident.id) ?? [];
  return (
    <DecisionForm
      title="Merge into another incident"
      body={{ kind: "merge", incident: incident.id }}
      close={close}
      after={() => go(href(`/incidents/${part(into)}`))}
    >
      <p>Both tell of the same event. This one's address will lead to the other.</p>
      <label>
        Into
        <select name="into" required value={into} onChange={(event) => setInto(event.currentTarget.value)}>
          <option value="">choose …</option>
          {others.map((item) => (
            <option key={item.id} value={item.id}>
              {[incidentTitle(item), placeText(item.place), days(item.date)].filter(Boolean).join(" · ")}
            </option>
          ))}
        </select>
      </label>
    </DecisionForm>
  );
}

function Split({ incident, close }: { incident: Incident; close: () => void }) {
  return (
    <DecisionForm title="Split reports off" body={{ kind: "split", incident: incident.id }} close={close}>
      <fieldset>
        <legend>Reports that tell of another event</legend>
        {incident.reports.map((report) => (
          <label key={report.id} class="check">
            <input type="checkbox" name="reports" value={report.id} /> {report.source ?? "unnamed source"}, {shortMoment(report.published)}
            {report.title ? `: ${report.title}` : ""}
          </label>
        ))}
      </fieldset>
    </DecisionForm>
  );
}
