/** Adding reports by paste, file or address. */
import { useRef, useState } from "preact/hooks";
import { ApiError, api, part, send, sendFiles } from "../data/api";
import { refresh } from "../data/live";
import { useMayEdit } from "../data/role";
import type { IngestResult } from "../data/types";
import { Heading, Problem } from "../parts/small";
import { hereWith, href, useAddress } from "../route/router";
import { plural } from "../words/labels";

type Way = "paste" | "file" | "address";
const WAYS: readonly [Way, string][] = [
  ["paste", "Paste a text"],
  ["file", "Files"],
  ["address", "An address"],
];

export function Add() {
  const { query } = useAddress();
  const way = (WAYS.find(([name]) => name === query.get("by")) ?? WAYS[0])?.[0] ?? "paste";
  const [result, setResult] = useState<IngestResult | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const mayEdit = useMayEdit();
  const run = (work: Promise<IngestResult>) => {
    setBusy(true);
    setError(null);
    setResult(null);
    work
      .then(
        (answer) => {
          setResult(answer);
          refresh();
        },
        (failure: unknown) => setError(failure instanceof ApiError ? failure : new ApiError(0, String(failure))),
      )
      .finally(() => setBusy(false));
  };
  return (
    <div class="reading">
      <Heading title="Add reports">Add reports</Heading>
      {mayEdit ? (
        <>
          <nav class="choices" aria-label="How">
            {WAYS.map(([name, words]) => (
              <a key={name} href={hereWith({ by: name === "paste" ? null : name })} aria-current={name === way ? "true" : undefined}>
                {words}
              </a>
            ))}
          </nav>
          {way === "paste" && <Paste run={run} busy={busy} />}
          {way === "file" && <Files run={run} busy={busy} />}
          {way === "address" && <FromAddress run={run} busy={busy} />}
        </>
      ) : (
        <p>Reports are added by editors. You may read here.</p>
      )}
      <div role="status">{busy ? <p class="waiting">Reading …</p> : result !== null && <Result result={result} />}</div>
      {error !== null && <Problem error={error} />}
    </div>
  );
}

interface WayProperties {
  run: (work: Promise<IngestResult>) => void;
  busy: boolean;
}

function Paste({ run, busy }: WayProperties) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const body: Record<string, string> = {};
    for (const [name, value] of form) if (typeof value === "string" && value.trim() !== "") body[name] = value;
    if (body["published"] !== undefined) body["published"] += ":00Z";
    run(send<IngestResult>(api("/ingest"), body));
  };
  return (
    <form class="add" onSubmit={submit}>
      <label>
        Title
        <input name="title" autocomplete="off" />
      </label>
      <label>
        Text
        <textarea name="text" rows={12} required />
      </label>
      <div class="fields">
        <label>
          Source
          <input name="source" autocomplete="off" placeholder="the outlet" />
        </label>
        <label>
          Published (UTC)
          <input name="published" type="datetime-local" />
        </label>
        <label>
          Address
          <input name="url" type="url" autocomplete="off" placeholder="https://" />
        </label>
      </div>
      <p class="hint">Without a time of publication the report goes by the time at which it is recorded.</p>
      <button type="submit" class="strong" disabled={busy}>
        Read it
      </button>
    </form>
  );
}

function Files({ run, busy }: WayProperties) {
  const input = useRef<HTMLInputElement>(null);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    run(sendFiles<IngestResult>(api("/ingest"), input.current?.files ?? []));
  };
  return (
    <form class="add" onSubmit={submit}>
      <label>
        Files: text, HTML, JSON, feeds, WARC, CSV; their content tells
        <input ref={input} name="file" type="file" multiple required />
      </label>
      <button type="submit" class="strong" disabled={busy}>
        Read them
      </button>
    </form>
  );
}

function FromAddress({ run, busy }: WayProperties) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const address = new FormData(event.currentTarget as HTMLFormElement).get("address");
    run(send<IngestResult>(api("/ingest"), { address }));
  };
  return (
    <form class="add" onSubmit={submit}>
      <label>
        Address of a report or a feed
        <input name="address" type="url" required placeholder="https://" />
      </label>
      <p class="hint">The server fetches it, not this page.</p>
      <button type="submit" class="strong" disabled={busy}>
        Fetch and read
      </button>
    </form>
  );
}

function Result({ result }: { result: IngestResult }) {
  return (
    <div class="result">
      <p>
        <b>{plural(result.new, "new report")}</b>
        {result.known > 0 && `, ${plural(result.known, "report")} known before`}
        {result.rejected.length > 0 && `, ${result.rejected.length} could not be read`}.
      </p>
      <ul>
        {result.reports.map((report) => (
          <li key={report.id}>
            <a href={href(`/reports/${part(report.id)}`, { as_of: null })}>{report.title ?? "Report without a title"}</a>
            {report.incidents.map((incident) => (
              <span key={incident.id} class="muted">
                {" · "}
                <a href={href(`/incidents/${part(incident.id)}`, { as_of: null })}>{incident.title}</a>
              </span>
            ))}
          </li>
        ))}
        {result.rejected.map((one, at) => (
          <li key={`rejected ${at}`}>
            {[one.input, one.place].filter(Boolean).join(", ")}: {one.reason}
          </li>
        ))}
      </ul>
      <p>
        <a href={href("/", { as_of: null })}>To the incidents</a>
      </p>
    </div>
  );
}
