import { Worker } from "node:worker_threads";

/** A thread that answers one question after another, and is known to be dead however and whenever it died. */
export class AskedThread<Question, Answer> {
  readonly #worker: Worker;
  readonly #died: Promise<never>;
  /** Who waits for an answer, in the order of the questions. */
  readonly #waiting: ((answer: Answer) => void)[] = [];

  /** @param name what an error calls it */
  constructor(file: URL, name: string, workerData?: unknown) {
    this.#worker = new Worker(file, { workerData });
    this.#died = new Promise<never>((_, reject) => {
      this.#worker.once("error", (cause) => reject(cause));
      this.#worker.once("exit", (status) => reject(new Error(`${name} ended with ${status}`)));
    });
    this.#worker.on("message", (answer: Answer) => this.#waiting.shift()?.(answer));
    // It may die while nobody waits for it; whoever asks next is told.
    this.#died.catch(() => {});
    this.#worker.unref();
  }

  /** Questions are answered in their order; the next may be asked before the last is answered. @throws Error when the thread dies */
  async ask(question: Question): Promise<Answer> {
    this.#worker.ref();
    const answered = new Promise<Answer>((resolve) => this.#waiting.push(resolve));
    this.#worker.postMessage(question);
    try {
      return await Promise.race([answered, this.#died]);
    } finally {
      if (this.#waiting.length === 0) this.#worker.unref();
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
