import closeWithGrace from "close-with-grace";
import type { FastifyInstance } from "fastify";
import { DomainError } from "../kernel/errors.ts";
import type { Config } from "../platform/config.env.ts";

type Openings = Readonly<{
  /** The door is open, and stopping is heard: work may begin. */
  onListening(): void;
  close(): Promise<void>;
}>;

/**
 * Listens until the process is told to stop; then finishes open requests and closes what was opened.
 * @throws DomainError port-in-use
 */
export async function listenUntilStopped(
  app: FastifyInstance,
  { host, port }: Config,
  { onListening, close }: Openings,
): Promise<void> {
  const stopped = Promise.withResolvers<void>();
  try {
    await app.listen({ host, port });
  } catch (cause) {
    await close();
    if ((cause as NodeJS.ErrnoException).code !== "EADDRINUSE") throw cause;
    throw new DomainError(
      "port-in-use",
      `PORT: ${host}:${port} is already in use. Stop the other program, or set PORT.`,
      { port },
    );
  }
  closeWithGrace({ delay: 10_000, logger: false }, async ({ err }) => {
    await app.close();
    await close();
    if (err) stopped.reject(err);
    else stopped.resolve();
  });
  onListening();
  await stopped.promise;
}
