import { spawn } from "node:child_process";
import path from "node:path";
import { root } from "./local-environment";
import { dim, green, red } from "./terminal";

export interface Step {
  name: string;
  /** Commands that run one after another; each is a script below node_modules and its arguments. */
  commands: { bin: string; args: string[] }[];
}

export interface StepResult {
  name: string;
  ok: boolean;
}

/** Runs a step, prints one line about it, and its output only where it failed. */
export async function runStep(step: Step): Promise<StepResult> {
  const started = performance.now();
  let output = "";
  let ok = true;
  for (const { bin, args } of step.commands) {
    const result = await capture(bin, args);
    output += result.output;
    ok = result.code === 0;
    if (!ok) break;
  }
  const seconds = dim(`${((performance.now() - started) / 1000).toFixed(1)} s`);
  console.log(`${ok ? green("✓") : red("✗")} ${step.name}  ${seconds}`);
  if (!ok) console.log(output.trim());
  return { name: step.name, ok };
}

/** At most `width` at the same time, in order. */
export async function runSteps(steps: Step[], width: number): Promise<StepResult[]> {
  const results: StepResult[] = [];
  const queue = steps.entries();
  const lane = async () => {
    for (const [index, step] of queue) results[index] = await runStep(step);
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}

function capture(bin: string, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, "node_modules", bin), ...args], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs a command with its output straight to the terminal. @returns its exit code */
export function runVisible(bin: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, "node_modules", bin), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: "inherit",
    });
    const relay = (signal: NodeJS.Signals) => child.kill(signal);
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, relay);
    child.once("close", (code) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, relay);
      resolve(code ?? 1);
    });
  });
}
