import type { ConnectProblem } from "@/lib/domain/connections/connect-problems";
import { paths } from "@/lib/paths";
import { isProblem } from "./problem-texts";

export type Finish =
  | { kind: "connected"; connectionId: string; reconnected: boolean }
  | { kind: "problem"; problem: ConnectProblem; connectionId: string | null; requestId: string | null }
  | { kind: "unreachable" }
  | { kind: "signed-out" };

const text = (body: unknown, field: string): string | null => {
  const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, field) : null;
  return typeof value === "string" ? value : null;
};

/** Hands the code in. May be called again with the same code: the first result counts. */
export async function finishConnect(code: string, state: string): Promise<Finish> {
  const response = await fetch(paths.finchCallback(), {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ code, state }),
  }).catch(() => null);
  if (!response) return { kind: "unreachable" };
  if (response.status === 401) return { kind: "signed-out" };
  const body: unknown = await response.json().catch(() => null);
  const connectionId = text(body, "connectionId");
  if (text(body, "kind") === "connected" && connectionId) {
    const reconnected =
      typeof body === "object" && body !== null && Reflect.get(body, "reconnected") === true;
    return { kind: "connected", connectionId, reconnected };
  }
  const problem = text(body, "problem");
  if (!isProblem(problem)) return { kind: "unreachable" };
  return { kind: "problem", problem, connectionId, requestId: text(body, "requestId") };
}
