// One request of an upload, with its progress; what goes wrong is a Failure that says whether trying again may help.

const SECONDS = 120;

/** A request that did not succeed. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly answer: Record<string, unknown> = {},
  ) {
    super(message);
  }

  /** Whether it may pass: the connection was lost, or the server was busy for a moment. */
  get isPassing(): boolean {
    return (this.status === 0 && this.message !== "cancelled") || [408, 502, 503, 504].includes(this.status);
  }
}

/** Send a request and return the JSON it is answered with. */
export function send(
  method: string,
  url: string,
  body: Blob | URLSearchParams | null,
  token: string,
  signal: AbortSignal,
  progress?: (sent: number) => void,
): Promise<unknown> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.timeout = SECONDS * 1000;
    request.setRequestHeader("X-CSRFToken", token);
    request.setRequestHeader("Accept", "application/json");
    if (progress !== undefined) {
      request.upload.addEventListener("progress", (event) => progress(event.loaded));
    }
    request.addEventListener("load", () => {
      const answer = parsed(request.responseText);
      const signedOut = request.status === 403 || !request.responseURL.includes(url.split("?")[0] ?? url);
      if (request.status < 300 && !signedOut) {
        done(answer);
      } else {
        failed(new Failure(request.status, signedOut ? "signed-out" : told(answer, request.status), answer));
      }
    });
    for (const kind of ["error", "timeout"]) {
      request.addEventListener(kind, () => failed(new Failure(0, "lost")));
    }
    request.addEventListener("abort", () => failed(new Failure(0, "cancelled")));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body);
  });
}

function told(answer: Record<string, unknown>, status: number): string {
  const words = [answer["error"], answer["cure"]].filter((part) => typeof part === "string" && part !== "");
  return words.length > 0 ? words.join("。") : String(status);
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
