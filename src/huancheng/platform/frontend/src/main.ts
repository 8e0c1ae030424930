// What every page loads: htmx, the frame's own habits, and the modules that elements ask for by `data-module`.
import htmx from "htmx.org";
import { modules } from "huancheng:modules";

import { startDrafts } from "./common/drafts";
import { startFloating } from "./common/floating";
import { startFrame } from "./common/frame";
import { startRequests } from "./common/requests";

const begun = new WeakSet<HTMLElement>();

/** Start the modules of elements that came onto the page, each element once; ends when all of them answer. */
async function startModules(root: ParentNode): Promise<void> {
  const found = [...root.querySelectorAll<HTMLElement>("[data-module]")];
  if (root instanceof HTMLElement && root.matches("[data-module]")) {
    found.unshift(root);
  }
  await Promise.all(found.filter((element) => !begun.has(element)).map(startElement));
}

async function startElement(element: HTMLElement): Promise<void> {
  begun.add(element);
  const names = (element.dataset["module"] ?? "").split(" ").filter(Boolean);
  await Promise.all(names.map((name) => startModule(element, name)));
  element.dataset["started"] = names.join(" ");
}

async function startModule(element: HTMLElement, name: string): Promise<void> {
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
void startModules(document).finally(() => (document.documentElement.dataset["ready"] = ""));
htmx.onLoad((element) => {
  if (element instanceof HTMLElement) {
    void startModules(element);
  }
});
