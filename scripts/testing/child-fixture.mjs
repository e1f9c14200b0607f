import { createServer } from "node:http";

if (process.env.KIND === "stubborn") {
  // Ignores every polite request, as a hung process does.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => undefined);
  setInterval(() => undefined, 1_000);
  process.send?.("ready");
} else {
  createServer((_, response) => response.end("here")).listen(Number(process.env.PORT), "127.0.0.1", () =>
    process.send?.("ready"),
  );
}
