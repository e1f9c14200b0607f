// Loaded into every process that the supervisor starts: when the supervisor is gone, however it ended, the
// channel to it closes, and the process stops as if it had been asked to.
const graceMs = 3_000;

if (process.channel) {
  process.on("disconnect", () => {
    setTimeout(() => {
      try {
        process.kill(-process.pid, "SIGKILL");
      } catch {
        process.exit(1);
      }
    }, graceMs).unref();
    process.kill(process.pid, "SIGTERM");
  });
  process.channel.unref();
}
