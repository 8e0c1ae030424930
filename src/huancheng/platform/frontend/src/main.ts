// What every page loads: htmx, the frame's own habits, and the modules that elements ask for by `data-module`.
import htmx from "htmx.org";
import { modules } from "huancheng:modules";

import { startDrafts } from "./common/drafts";
import { startFloating } from "./common/floating";
import { startFrame } from "./common/frame";
import { startRequests } from "./common/requests";

/** Start the modules of elements that came onto the page; each element once. */
function startModules(root: ParentNode): void {
  const found = [...root.querySelectorAll<HTMLElement>("[data-module]")];
  if (root instanceof HTMLElement && root.matches("[data-module]")) {
    found.unshift(root);
  }
  for (const element of found) {
    for (const name of (element.dataset["module"] ?? "").split(" ").filter(Boolean)) {
      void startModule(element, name);
    }
  }
}

async function startModule(element: HTMLElement, name: string): Promise<void> {
  const started = (element.dataset["started"] ?? "").split(" ");
  if (started.includes(name)) {
    return;
  }
  element.dataset["started"] = [...started, name].join(" ").trim();
  const load = modules[name];
  if (load === undefined) {
    console.error(`no module is called ${name}`);
    return;
  }
  (await load()).start(element);
}

startDrafts();
startFrame();
startFloating();
startRequests();
startModules(document);
htmx.onLoad((element) => {
  if (element instanceof HTMLElement) {
    startModules(element);
  }
});
document.documentElement.dataset["ready"] = "";
