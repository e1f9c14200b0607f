/** Runs once when Next's server starts, before the first request. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const [{ env }, { captureConsole, configureLog }] = await Promise.all([
    import("@/lib/env"),
    import("@/lib/log"),
  ]);
  const { LOG_LEVEL, NODE_ENV } = env();
  configureLog({ level: LOG_LEVEL, name: "web" });
  if (NODE_ENV === "production") captureConsole();
}

/** An error that reached Next: logged by name, code and place, never by message (SECURITY 20). */
export async function onRequestError(
  error: unknown,
  request: { method: string },
  context: { routePath: string },
): Promise<void> {
  const { log } = await import("@/lib/log");
  log.error("a page failed", error, { method: request.method, route: context.routePath });
}
