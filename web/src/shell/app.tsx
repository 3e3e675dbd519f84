/** The page around every view: header, as-of control, the view, footer. */
import { useEffect } from "preact/hooks";
import { api, locked } from "../data/api";
import { useResource } from "../data/resource";
import { serverStatus } from "../data/role";
import { useStore } from "../data/store";
import type { ServerStatus } from "../data/types";
import { AsOf } from "../moment/asof";
import { Problem } from "../parts/small";
import { useAddress } from "../route/router";
import { FirstRun } from "../views/firstrun";
import { Footer } from "./footer";
import { Header } from "./header";
import { Help } from "./help";
import { Pill } from "./pill";
import { SignIn } from "./signin";
import { View } from "./views";

export function App() {
  const { path } = useAddress();
  const isLocked = useStore(locked);
  const status = useResource<ServerStatus>(api("/status"));
  useEffect(() => serverStatus.set(status.value), [status.value]);
  useTitle(path);
  if (isLocked) return <SignIn />;
  const empty = status.value !== null && status.value.store.reports === 0;
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), document.querySelector<HTMLElement>("main h1")?.focus())}>
        Skip to the content
      </a>
      <Header />
      {!empty && <AsOf />}
      <main id="main">
        {status.error !== null && <Problem error={status.error} />}
        {status.value !== null && (empty && path !== "/add" ? <FirstRun /> : <View path={path} />)}
      </main>
      <Footer />
      <Pill />
      <Help />
    </>
  );
}

/** The document's title is the view's heading, so that tabs and histories say where they lead. */
function useTitle(path: string): void {
  useEffect(() => {
    const update = () => {
      const title = document.querySelector<HTMLElement>("main h1")?.dataset["title"];
      const past = document.documentElement.hasAttribute("data-past") ? " (as of then)" : "";
      document.title = title === undefined ? "Watchkeeper" : `${title}${past} · Watchkeeper`;
    };
    const observer = new MutationObserver(update);
    observer.observe(document.body, { childList: true, subtree: true });
    update();
    return () => observer.disconnect();
  }, [path]);
}
