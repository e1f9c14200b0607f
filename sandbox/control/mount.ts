import type { SandboxApp } from "@/sandbox/app";
import { refusal } from "@/sandbox/control/guard";
import type { Desk, SandboxContext } from "@/sandbox/dispatch";
import { FinchError } from "@/sandbox/errors";
import { parseJsonBody } from "@/sandbox/json-body";

type Action = (c: SandboxContext) => unknown;

/** What a part of the control routes is mounted with. */
export interface Mount {
  app: SandboxApp;
  desk: Desk;
  /** A route for those who may control the sandbox; what the action returns is the answer. */
  guarded: (action: Action) => (c: SandboxContext) => Promise<Response>;
}

export function toMount(app: SandboxApp, desk: Desk): Mount {
  const guarded = (action: Action) => async (c: SandboxContext) => {
    const reason = refusal(desk.world.settings, c);
    if (reason !== null) return Response.json({ error: reason }, { status: 403 });
    try {
      const answer = await action(c);
      desk.world.store.flush();
      return Response.json(answer);
    } catch (error) {
      if (error instanceof FinchError) return Response.json(error.body("plain"), { status: error.status });
      throw error;
    }
  };
  return { app, desk, guarded };
}

/** The body of a control request; nothing is an empty object. @throws FinchError 400 where it is no JSON */
export async function readJson(c: SandboxContext): Promise<unknown> {
  const text = await c.req.text();
  return text.trim() === "" ? {} : parseJsonBody(text);
}
