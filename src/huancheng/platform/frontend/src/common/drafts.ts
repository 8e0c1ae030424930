// Which draft's form is on its way, and which arrived: told between browser and server by two short-lived cookies.

/** How the names of drafts begin in the browser's store. */
export const DRAFT = "draft:";

/** Say that the form of a draft leaves now. */
export function sendingDraft(key: string): void {
  document.cookie = `draft_sent=${encodeURIComponent(key)}; path=/; max-age=600; samesite=lax`;
}

/** Forget the draft whose form arrived; called as each page begins, also when one comes back to it. */
export function startDrafts(): void {
  forget();
  window.addEventListener("pageshow", forget);
}

function forget(): void {
  const arrived = cookie("draft_arrived");
  if (arrived.startsWith(DRAFT)) {
    localStorage.removeItem(arrived);
  }
  for (const name of ["draft_sent", "draft_arrived"]) {
    document.cookie = `${name}=; path=/; max-age=0; samesite=lax`;
  }
}

function cookie(name: string): string {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return decodeURIComponent(found?.slice(name.length + 1).replace(/^"|"$/g, "") ?? "");
}
