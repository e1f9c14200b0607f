import type { SandboxApp } from "@/sandbox/app";
import type { World } from "@/sandbox/call";
import { completeSession, repairedConnection } from "@/sandbox/connect/finish";
import { advance, emptyProgress } from "@/sandbox/connect/flow";
import { openWithoutSession } from "@/sandbox/connect/sessionless";
import { renderClosed, renderProblem, renderStep } from "@/sandbox/connect/views";
import { openSession, readVisit, redirectTarget, type Visit } from "@/sandbox/connect/visit";
import type { SandboxContext } from "@/sandbox/dispatch";
import { pageResponse } from "@/sandbox/pages/page";
import type { ConnectSession } from "@/sandbox/records";

type Render = (nonce: string) => unknown;

/** A page that the application alone may frame. */
function page(visit: Visit, session: ConnectSession | null, status: number, render: Render): Response {
  const leaves = session?.redirectUri && visit.flow === "redirect";
  return pageResponse(
    status,
    {
      frameAncestors: visit.hostOrigin ?? "'none'",
      // Browsers check the redirect after a form too, so the application's origin has to be named.
      formTargets: leaves ? [new URL(session.redirectUri ?? "").origin] : [],
    },
    render,
  );
}

function show(world: World, c: SandboxContext): Response {
  const params = new URL(c.req.url).searchParams;
  const visit = readVisit(world, params);
  if (!params.has("session") && params.has("client_id")) {
    const opened = openWithoutSession(world, visit, params);
    if ("session" in opened) {
      const query = new URLSearchParams(`session=${opened.session.id}&${visit.query}`);
      return c.redirect(`/authorize?${query.toString()}`, 303);
    }
    return page(visit, null, 400, (nonce) => renderProblem({ visit, problem: opened.problem, nonce }));
  }
  const { session, problem } = openSession(world, visit, params.get("session"));
  if (problem) return page(visit, session, 400, (nonce) => renderProblem({ visit, problem, nonce }));
  if (session.status === "created" || session.status === "closed") {
    world.store.sessions.set(session.id, { ...session, status: "opened" });
    world.store.flush();
  }
  const search = params.get("q") ?? "";
  const connection = repairedConnection(world, session);
  return page(visit, session, 200, (nonce) =>
    renderStep({ world, visit, session, connection, search, nonce }),
  );
}

/** A form of another site must not drive the page; a missing Origin is no browser. */
function isForeign(world: World, c: SandboxContext): boolean {
  const origin = c.req.header("origin");
  return origin !== undefined && origin !== new URL(c.req.url).origin && origin !== world.settings.publicUrl;
}

async function act(world: World, c: SandboxContext): Promise<Response> {
  const params = new URL(c.req.url).searchParams;
  const visit = readVisit(world, params);
  if (isForeign(world, c)) return new Response("Foreign origin", { status: 403 });
  // Read first: nothing may come between what is known of the session and what is made of it.
  const form = new URLSearchParams(await c.req.text());
  const { session, problem } = openSession(world, visit, params.get("session"));
  const again = `/authorize?${visit.query}`;
  if (problem) return c.redirect(again, 303);
  const action = c.req.param("action") ?? "";
  if (action === "close") return close(world, visit, session);
  if (session.status !== "succeeded") {
    const connection = repairedConnection(world, session);
    const { progress, done } = advance({ session, connection }, action, form);
    if (done) completeSession(world, session, progress, visit.flow);
    else world.store.sessions.set(session.id, { ...session, progress });
    world.store.flush();
  }
  return c.redirect(again, 303);
}

function close(world: World, visit: Visit, session: ConnectSession): Response {
  if (session.status !== "succeeded") {
    world.store.sessions.set(session.id, { ...session, status: "closed", progress: emptyProgress() });
    world.store.flush();
  }
  if (visit.flow === "embedded") return page(visit, session, 200, (nonce) => renderClosed({ visit, nonce }));
  const denied = { error: "access_denied", error_description: "The user closed Finch Connect" };
  return new Response(null, { status: 303, headers: { Location: redirectTarget(session, visit, denied) } });
}

/** The page that employers see: `/authorize`, and the forms on it. */
export function mountConnect(app: SandboxApp, world: World): void {
  app.get("/authorize", (c) => show(world, c));
  app.post("/authorize/:action", (c) => act(world, c));
}
