import fastify, { type FastifyInstance } from "fastify";

/** For benchmarks: a server that does nothing but send these bytes. */
export async function barePageServer(url: string, page: string): Promise<FastifyInstance> {
  const bare = fastify();
  bare.get(url, (_request, reply) => reply.type("text/html; charset=utf-8").send(page));
  await bare.ready();
  return bare;
}
