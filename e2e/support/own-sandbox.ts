import { spawn } from "node:child_process";
import { root } from "@/scripts/lib/local-environment";

const startTimeoutMs = 30_000;

export interface OwnSandbox {
  url: string;
  /** Calls `/_sandbox/*` as a program on this machine does. */
  control(path: string, body?: unknown, method?: string): Promise<unknown>;
  stop(): void;
}

/** A sandbox of this test process alone: its clock may be moved and its state forgotten. */
export async function startOwnSandbox(): Promise<OwnSandbox> {
  const child = spawn(process.execPath, ["--import", "tsx", "sandbox/main.ts", "--port", "0"], {
    cwd: root,
    env: {
      NODE_ENV: "production",
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      SANDBOX_RATE_LIMITS: "off",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    const fail = () => reject(new Error(`The sandbox did not start:\n${said}`));
    const timer = setTimeout(fail, startTimeoutMs);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const ready = /ready on (http\S+)/.exec(said)?.[1];
      if (!ready) return;
      clearTimeout(timer);
      resolve(ready);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", fail);
  });
  return {
    url,
    stop: () => void child.kill("SIGTERM"),
    async control(path, body, method = body === undefined ? "GET" : "POST") {
      const response = await fetch(`${url}/_sandbox${path}`, {
        method,
        headers: { "X-Sandbox-Control": "1", "Content-Type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`);
      return response.json();
    },
  };
}
