import { startSandbox } from "@/sandbox/server";
import { bombard } from "@/sandbox/testing/soak/bombard";
import type { SoakResult } from "./result";

/** Random requests against the sandbox alone: none ends in a 500, a hang or a stack trace. */
export async function sandboxRequests({ count, seed }: { count: number; seed: number }): Promise<SoakResult> {
  const running = await startSandbox({ jobDelayMs: 200, initialSyncMs: 0 });
  try {
    const onProgress = (sent: number) => process.stderr.write(`\r${sent} of ${count} requests`);
    const { sent, statuses, slowestMs, findings } = await bombard(running, {
      count,
      seed,
      onProgress,
    });
    for (const finding of findings.slice(0, 30)) process.stderr.write(`\n${finding}`);
    const answered = Object.fromEntries(
      Object.entries(statuses).map(([status, n]): [string, number] => [`status ${status}`, n]),
    );
    const megabytes = Math.round(process.memoryUsage().rss / 2 ** 20);
    return {
      soak: "sandbox-requests",
      pass: findings.length === 0 && sent === count,
      detail: {
        count,
        seed,
        findings: findings.length,
        slowestMs,
        megabytes,
        ...answered,
      },
    };
  } finally {
    await running.close();
  }
}
