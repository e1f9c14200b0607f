import { help, readCommand, UsageError } from "@/sandbox/cli";
import { startSandbox } from "@/sandbox/server";

/** What went wrong, in words for the person at the terminal. */
function explain(error: unknown, port: number): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : String(error);
  if (code === "EADDRINUSE") {
    return `Port ${port} is taken, so the sandbox did not start. Stop what uses it, or set SANDBOX_PORT to another one.`;
  }
  if (code === "EACCES" && !message.includes("mkdir"))
    return `Port ${port} may not be used by this user. Set SANDBOX_PORT.`;
  if (message.includes("database is locked")) {
    return "Another sandbox uses this data folder. Stop it, or set DATA_DIR to another folder.";
  }
  if (message.includes("not a database")) {
    return "The file sandbox.sqlite of this data folder is damaged. Move it away to start anew.";
  }
  return `The sandbox did not start: ${message}`;
}

async function main(): Promise<void> {
  const options = readCommand(process.argv.slice(2), process.env);
  if (options === null) return console.log(help);
  const running = await startSandbox(options).catch((error: unknown) => {
    throw new UsageError(explain(error, options.port));
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void running.close().then(() => process.exit(0));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // Only now: whoever waits for this line may send a signal at once.
  console.log(`Finch sandbox ready on ${running.url}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 1;
});
