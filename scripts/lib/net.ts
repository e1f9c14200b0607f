import net from "node:net";

export const loopback = "127.0.0.1";

/** What happens when we try to listen there: `forbidden` is a port that only an administrator may use. */
export function probePort(port: number, host = loopback): Promise<"free" | "taken" | "forbidden"> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", ({ code }: NodeJS.ErrnoException) =>
      resolve(code === "EACCES" ? "forbidden" : "taken"),
    );
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve("free")));
  });
}

/** True when nobody listens on the port and we may. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await probePort(port)) === "free";
}

/** A port that was free a moment ago, chosen by the operating system. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen({ port: 0, host: loopback, exclusive: true }, () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
