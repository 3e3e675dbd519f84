import { render } from "preact";
import "./style/index.css";
import { listen as listenForChanges } from "./data/live";
import { listen as listenForLinks } from "./route/router";
import { App } from "./shell/app";
import { listen as listenForKeys } from "./shell/keys";
import { listen as listenForPrint } from "./shell/print";

const root = document.getElementById("app");
if (root !== null) {
  listenForLinks();
  listenForKeys();
  listenForPrint();
  render(<App />, root);
  void listenForChanges();
}
