/** What a route of ours says when it refuses; see lib/web. */
export class RequestError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "RequestError";
  }
}

const unreachable = "Perch did not answer. Check the network; what you see may be old.";

async function problemOf(response: Response): Promise<RequestError> {
  const body: unknown = await response.json().catch(() => null);
  const field = (name: string): string | null => {
    const value: unknown = body && typeof body === "object" ? Reflect.get(body, name) : null;
    return typeof value === "string" ? value : null;
  };
  const message = field("detail") ?? field("message") ?? `The request was answered with ${response.status}.`;
  return new RequestError(response.status, field("code") ?? "INTERNAL", message);
}

/** Same-origin JSON. The type is the route's own view type: both ends are built together. */
export async function fetchJson<T>(url: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(url, {
    ...init,
    credentials: "same-origin",
    headers: { accept: "application/json", ...init.headers },
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new RequestError(0, "UNREACHABLE", unreachable);
  });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as T;
}
