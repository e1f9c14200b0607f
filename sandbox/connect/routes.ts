import type { SandboxApp } from "@/sandbox/app";
import type { World } from "@/sandbox/call";

export function mountConnect(_app: SandboxApp, _world: World): void {}
