// A file field that brings its file ahead of the form, piece by piece: drop or choose, see how far it is, lose the
// connection and go on where it stopped, even after the page was closed. Without this module the field is a plain one.
import { Failure, send } from "./sending";
import { type Held, type Mark, forget, keep, recall } from "./kept";

const LONGEST_PAUSE = 30_000;

interface Upload {
  id: string;
  piece: number;
  received: number;
  done: boolean;
}

/** Start one field. */
export function start(root: HTMLElement): void {
  const field = new UploadField(root);
  field.begin();
}

class UploadField {
  private readonly input: HTMLInputElement;
  private readonly hidden: HTMLInputElement;
  private readonly status: HTMLElement;
  private readonly row: HTMLElement;
  private readonly bar: HTMLProgressElement;
  private readonly retry: HTMLButtonElement;
  private readonly key: string;
  private run = 0;
  private busy = false;
  private abort: AbortController | null = null;
  private sendsWith: HTMLElement | null | undefined = undefined;

  constructor(private readonly root: HTMLElement) {
    this.input = part(root, "input[type=file]", HTMLInputElement);
    this.hidden = part(root, "input[type=hidden]", HTMLInputElement);
    this.status = part(root, ".upload-status", HTMLElement);
    this.row = part(root, ".upload-progress", HTMLElement);
    this.bar = part(root, "progress", HTMLProgressElement);
    this.retry = part(root, ".upload-retry", HTMLButtonElement);
    this.key = `${document.body.dataset["person"] ?? ""}:${location.pathname}:${this.input.name}`;
  }

  begin(): void {
    part(this.root, ".upload-hint", HTMLElement).hidden = false;
    this.input.addEventListener("change", () => this.chosen(this.input.files?.[0]));
    part(this.root, ".upload-cancel", HTMLButtonElement).addEventListener("click", () => this.cancel());
    this.retry.addEventListener("click", () => this.chosen(this.input.files?.[0]));
    this.listenToDrops();
    this.input.form?.addEventListener("submit", (event) => this.hold(event), { capture: true });
    if (this.hidden.value === "" && recall(this.key) !== null) {
      this.say(this.word("again"));
    }
  }

  /** Bring a file, on from where an earlier attempt with the same file stopped. */
  private chosen(file: File | undefined): void {
    if (file === undefined) {
      return;
    }
    this.hidden.value = "";
    const run = ++this.run;
    this.abort?.abort();
    this.abort = new AbortController();
    this.show(true);
    this.bring(file, run, this.abort.signal).catch((trouble: unknown) => {
      if (run === this.run) {
        this.fail(trouble instanceof Failure ? trouble.message : String(trouble));
      }
    });
  }

  private async bring(file: File, run: number, signal: AbortSignal): Promise<void> {
    const mark: Mark = { name: file.name, size: file.size, modified: file.lastModified };
    let upload = await this.resumed(mark, signal);
    if (upload === null) {
      const fields = new URLSearchParams({ name: file.name, size: String(file.size) });
      upload = await this.persist<Upload>("POST", this.url(), fields, signal);
      keep(this.key, { ...mark, id: upload.id });
    }
    while (!upload.done && upload.received < file.size) {
      upload = await this.next(file, upload, signal);
      this.progress(upload.received, file.size);
    }
    this.say(this.word("checking"));
    const taken = await this.persist<Held>("POST", this.url(upload.id, "finish/"), null, signal);
    if (run === this.run) {
      this.finished(upload.id, taken.name);
    }
  }

  /** Ask how far an earlier upload of the same file has come; null where there is none any more. */
  private async resumed(mark: Mark, signal: AbortSignal): Promise<Upload | null> {
    const known = recall(this.key);
    if (known === null || known.name !== mark.name || known.size !== mark.size || known.modified !== mark.modified) {
      forget(this.key);
      return null;
    }
    try {
      return await this.persist<Upload>("GET", this.url(known.id), null, signal);
    } catch (trouble) {
      forget(this.key);
      if (trouble instanceof Failure && trouble.status === 404) {
        return null;
      }
      throw trouble;
    }
  }

  /** Send the next piece; where the server has come further or less far, go on from there. */
  private async next(file: File, upload: Upload, signal: AbortSignal): Promise<Upload> {
    const offset = upload.received;
    const piece = file.slice(offset, offset + upload.piece);
    try {
      const address = `${this.url(upload.id)}?offset=${offset}`;
      return await this.persist<Upload>("PUT", address, piece, signal, (sent) => this.progress(offset + sent, file.size));
    } catch (trouble) {
      const received = trouble instanceof Failure && trouble.status === 409 ? trouble.answer["received"] : undefined;
      if (typeof received === "number" && received !== offset) {
        return { ...upload, received };
      }
      throw trouble;
    }
  }

  /** Send a request again and again while the connection is lost; pauses grow, and end when the network is back. */
  private async persist<Answer>(
    method: string, url: string, body: Blob | URLSearchParams | null, signal: AbortSignal, progress?: (sent: number) => void,
  ): Promise<Answer> {
    for (let pause = 1000; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        const answer = await send(method, url, body, this.token(), signal, progress);
        this.say(this.word("sending"));
        return answer as Answer;
      } catch (trouble) {
        if (!(trouble instanceof Failure) || !trouble.isPassing) {
          throw trouble;
        }
        this.say(this.word("lost"));
        await rest(pause, signal);
      }
    }
  }

  private finished(id: string, name: string): void {
    this.hidden.value = id;
    this.input.value = "";
    this.input.required = false;
    this.input.removeAttribute("aria-invalid");
    forget(this.key);
    this.show(false);
    this.say(`${this.word("done")}：${name}`);
    if (this.sendsWith !== undefined) {
      this.input.form?.requestSubmit(this.sendsWith);
    }
    this.sendsWith = undefined;
  }

  private fail(words: string): void {
    this.sendsWith = undefined;
    this.busy = false;
    this.retry.hidden = false;
    const signedOut = words === "signed-out";
    this.say(signedOut ? this.word("signedOut") : `${this.word("failed")}：${words}`);
    this.input.setAttribute("aria-invalid", "true");
  }

  private cancel(): void {
    this.sendsWith = undefined;
    this.run += 1;
    this.abort?.abort();
    const known = recall(this.key);
    forget(this.key);
    if (known !== null) {
      void send("DELETE", this.url(known.id), null, this.token(), new AbortController().signal).catch(() => undefined);
    }
    this.input.value = "";
    this.show(false);
    this.say(this.word("cancelled"));
    this.input.focus();
  }

  /** Let a form wait while its file is still on the way, and send it then; a file that failed goes with the form itself. */
  private hold(event: SubmitEvent): void {
    if (this.busy) {
      this.sendsWith = event.submitter;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.say(this.word("wait"));
    }
  }

  private listenToDrops(): void {
    for (const kind of ["dragover", "dragleave", "drop"]) {
      this.root.addEventListener(kind, (event) => {
        event.preventDefault();
        this.root.classList.toggle("over", kind === "dragover");
      });
    }
    this.root.addEventListener("drop", (event) => {
      const dropped = event.dataTransfer?.files;
      if (dropped !== undefined && dropped.length > 0) {
        this.input.files = dropped;
        this.chosen(dropped[0]);
      }
    });
  }

  private show(busy: boolean): void {
    this.busy = busy;
    this.row.hidden = !busy;
    this.retry.hidden = true;
    this.bar.value = 0;
  }

  private progress(sent: number, size: number): void {
    const percent = size === 0 ? 100 : Math.floor((sent * 100) / size);
    this.bar.value = percent;
    part(this.row, ".number", HTMLElement).textContent = `${percent}%`;
  }

  private say(words: string): void {
    if (this.status.textContent !== words) {
      this.status.textContent = words;
    }
  }

  private word(key: string): string {
    return this.root.dataset[`word${key[0]?.toUpperCase() ?? ""}${key.slice(1)}`] ?? key;
  }

  private url(id = "", end = ""): string {
    return `${this.root.dataset["url"] ?? ""}${id === "" ? "" : `${id}/`}${end}`;
  }

  private token(): string {
    return this.input.form?.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  }
}

function part<Kind extends HTMLElement>(root: HTMLElement, selector: string, kind: new () => Kind): Kind {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) {
    throw new Error(`an upload field lacks ${selector}`);
  }
  return found;
}

function rest(pause: number, signal: AbortSignal): Promise<void> {
  return new Promise((go, stop) => {
    const timer = window.setTimeout(go, pause);
    window.addEventListener("online", () => go(), { once: true });
    signal.addEventListener("abort", () => {
      window.clearTimeout(timer);
      stop(new Failure(0, "cancelled"));
    }, { once: true });
  });
}
