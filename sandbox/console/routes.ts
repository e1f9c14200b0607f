import { html } from "hono/html";
import type { SandboxApp } from "@/sandbox/app";
import { renderShell } from "@/sandbox/console/shell";
import { topBar } from "@/sandbox/console/top-bar";
import { views } from "@/sandbox/console/views";
import { connectionsView } from "@/sandbox/console/views/connections";
import { refusal } from "@/sandbox/control/guard";
import type { Desk, SandboxContext } from "@/sandbox/dispatch";
import { pageResponse } from "@/sandbox/pages/page";

/** One view with the bar above it, for those who may control the sandbox. */
async function fragment(desk: Desk, c: SandboxContext): Promise<Response> {
  const { world } = desk;
  const reason = refusal(world.settings, c);
  if (reason !== null) return Response.json({ error: reason }, { status: 403 });
  const url = new URL(c.req.url);
  const wanted = url.searchParams.get("view") ?? "";
  const view = (Object.hasOwn(views, wanted) ? views[wanted] : null) ?? connectionsView;
  const now = world.clock.now();
  const body = await view({ desk, world, params: url.searchParams, now, origin: url.origin });
  world.store.flush();
  return new Response(
    String(
      await html`<div id="bar">${topBar(desk)}</div>
        <div id="view">${body}</div>`,
    ),
    {
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
      },
    },
  );
}

/**
 * The page for people at `/`. It holds no data itself: all of it comes from `/_sandbox/*`, which asks for a
 * header that no other site can send.
 */
export function mountConsole(app: SandboxApp, desk: Desk): void {
  app.get("/", (c) => {
    const view = new URL(c.req.url).searchParams.get("view") ?? "connections";
    return pageResponse(200, { connects: true }, (nonce) => renderShell(view, nonce));
  });
  app.get("/_sandbox/console", (c) => fragment(desk, c));
}
