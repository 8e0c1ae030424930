// What this browser remembers of an upload that was not finished: its number and which file it was, nothing of its content.

const PREFIX = "huancheng-upload:";

/** Which file an upload is of. */
export interface Mark {
  name: string;
  size: number;
  modified: number;
}

/** A file that was taken in. */
export interface Held {
  id: string;
  name: string;
}

/** Remember an upload. */
export function keep(key: string, upload: Mark & { id: string }): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(upload));
  } catch {
    // A browser that keeps nothing only loses the way back to an upload after a reload.
  }
}

/** Return the upload remembered; null for none. */
export function recall(key: string): (Mark & { id: string }) | null {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? "null") as (Mark & { id: string }) | null;
  } catch {
    return null;
  }
}

/** Forget an upload. */
export function forget(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing was kept.
  }
}
