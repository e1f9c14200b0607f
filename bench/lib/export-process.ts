/** A process that writes one file and says what that took: alone, so that nobody else's memory is counted. */
import { ExportProcessInput, type ExportProcessOutput } from "@/bench/lib/export-contract";
import { closeDatabase, configureDatabase } from "@/db/client";
import { roleContext } from "@/lib/domain/context";
import { exportPaymentsStatements } from "@/lib/domain/export/export-payments";

const asked = ExportProcessInput.parse(JSON.parse(process.env["PERCH_EXPORT"] ?? "{}"));
await configureDatabase({ url: asked.url });
const ctx = roleContext({
  actor: { kind: "user", userId: asked.userId, email: "bench@example.test", name: null },
  scope: { kind: "customer", customerId: asked.customerId, connectionIds: "all" },
  role: "employer_admin",
});
const resident = () => process.memoryUsage.rss();
const idleBytes = resident();
let peakBytes = idleBytes;
const watch = setInterval(() => (peakBytes = Math.max(peakBytes, resident())), 20);
const started = performance.now();
const { format, changes } = asked;
const { chunks } = await exportPaymentsStatements(ctx, { year: "all" }, { format, changes });
let startMs = 0;
let bytes = 0;
for await (const chunk of chunks) {
  startMs ||= performance.now() - started;
  bytes += chunk.byteLength;
  peakBytes = Math.max(peakBytes, resident());
}
clearInterval(watch);
const wholeMs = performance.now() - started;
await closeDatabase();
process.stdout.write(
  `${JSON.stringify({ startMs, wholeMs, bytes, peakBytes, idleBytes } satisfies ExportProcessOutput)}\n`,
);
