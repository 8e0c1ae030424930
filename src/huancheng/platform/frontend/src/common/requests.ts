// What htmx leaves open: failed requests are said in words, and slow ones show a skeleton after a moment.
import { words } from "./words";
import { toast } from "./toast";

const PATIENCE = 300;

/** Watch every request of the page. */
export function startRequests(): void {
  const waiting = new WeakMap<EventTarget, number>();
  document.addEventListener("htmx:beforeRequest", (event) => {
    const target = (event as CustomEvent).detail.target as HTMLElement;
    waiting.set(target, window.setTimeout(() => target.setAttribute("aria-busy", "true"), PATIENCE));
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const target = (event as CustomEvent).detail.target as HTMLElement;
    window.clearTimeout(waiting.get(target));
    target.removeAttribute("aria-busy");
  });
  document.addEventListener("htmx:sendError", () => toast(words("lost"), "late"));
  document.addEventListener("htmx:timeout", () => toast(words("lost"), "late"));
  document.addEventListener("htmx:responseError", (event) => {
    const answer = (event as CustomEvent).detail.xhr as XMLHttpRequest;
    const said = answer.getResponseHeader("X-Said");
    toast(said === null ? words("refused").replace("{status}", String(answer.status)) : decodeURIComponent(said), "late");
  });
  document.addEventListener("huancheng:say", (event) => {
    const { text, tone } = (event as CustomEvent<{ text: string; tone?: string }>).detail;
    toast(text, tone ?? "done");
  });
}
