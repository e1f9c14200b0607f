/**
 * The real supervisor with the real database around two tiny processes instead of web and worker, so that its
 * behaviour can be tested in seconds. PORT is served by the first child.
 */
import path from "node:path";
import { planFrom } from "../lib/local-environment";
import { supervise } from "../lib/supervisor";
import { runMain } from "../lib/user-error";

await runMain(() => {
  const plan = planFrom(process.env);
  const env = (database: { variables: Record<string, string> }, kind: string) => ({
    ...database.variables,
    KIND: kind,
  });
  const script = path.join(import.meta.dirname, "child-fixture.mjs");
  return supervise({
    plan,
    showAll: true,
    say: (text) => console.log(text),
    prepare: () => Promise.resolve(() => undefined),
    children: (database) => [
      { name: "web", script, env: env(database, "web") },
      ...(process.env["STUBBORN"] ? [{ name: "stubborn", script, env: env(database, "stubborn") }] : []),
    ],
    onReady: (database, children) => {
      const pids = children.map((child) => [child.spec.name, child.pid]);
      const adopted = database.server?.adopted ?? false;
      console.log(
        `READY ${JSON.stringify({ ...Object.fromEntries(pids), postgres: database.server?.pid, adopted })}`,
      );
      return Promise.resolve();
    },
  });
});
