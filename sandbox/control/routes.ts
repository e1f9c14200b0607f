import type { SandboxApp } from "@/sandbox/app";
import type { Desk } from "@/sandbox/dispatch";

export function mountControl(_app: SandboxApp, _desk: Desk): void {}
