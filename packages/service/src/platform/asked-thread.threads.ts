import { Worker } from "node:worker_threads";

/** A thread that answers one question after another, and is known to be dead however and whenever it died. */
export class AskedThread<Question, Answer> {
  readonly #worker: Worker;
  readonly #died: Promise<never>;

  /** @param name what an error calls it */
  constructor(file: URL, name: string, workerData?: unknown) {
    this.#worker = new Worker(file, { workerData });
    this.#died = new Promise<never>((_, reject) => {
      this.#worker.once("error", (cause) => reject(cause));
      this.#worker.once("exit", (status) => reject(new Error(`${name} ended with ${status}`)));
    });
    // It may die while nobody waits for it; whoever asks next is told.
    this.#died.catch(() => {});
    this.#worker.unref();
  }

  /** One question at a time. @throws Error when the thread dies */
  async ask(question: Question): Promise<Answer> {
    this.#worker.ref();
    const answered = new Promise<Answer>((resolve) => this.#worker.once("message", resolve));
    this.#worker.postMessage(question);
    try {
      return await Promise.race([answered, this.#died]);
    } finally {
      this.#worker.unref();
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
