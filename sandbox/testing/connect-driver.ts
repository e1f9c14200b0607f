/** A person on the Connect page without a browser: loads pages and sends their forms. */
export class ConnectDriver {
  html = "";
  status = 0;
  /** Where the last answer leads outside of the page; null while it stays. */
  location: string | null = null;
  headers = new Headers();
  private address: string;

  constructor(
    private readonly origin: string,
    sessionId: string,
    params: Record<string, string> = {},
  ) {
    const query = new URLSearchParams({ session: sessionId, ...params });
    this.address = `${origin}/authorize?${query.toString()}`;
  }

  async open(more: Record<string, string> = {}): Promise<this> {
    const url = new URL(this.address);
    for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
    await this.keep(await fetch(url, { redirect: "manual" }));
    return this;
  }

  /** Sends the form of an action on this page, and follows to the next one. */
  async send(
    action: string,
    fields: Record<string, string> | [string, string][] = {},
    headers: Record<string, string> = {},
  ): Promise<this> {
    const query = new URL(this.address).search;
    const response = await fetch(`${this.origin}/authorize/${action}${query}`, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers,
      redirect: "manual",
    });
    const next = response.headers.get("location");
    if (response.status === 303 && next?.startsWith("/authorize")) return this.open();
    await this.keep(response);
    return this;
  }

  private async keep(response: Response): Promise<void> {
    this.status = response.status;
    this.headers = response.headers;
    this.location = response.headers.get("location");
    this.html = await response.text();
  }

  get heading(): string {
    return decode(/<h1[^>]*>([^<]*)</.exec(this.html)?.[1] ?? "");
  }

  /** The title of the message above the form, or null. */
  get alert(): string | null {
    const match = /class="alert-title">([^<]*)</.exec(this.html);
    return match ? decode(match[1] ?? "") : null;
  }

  /** The message for the framing page, or null, and the only origin it is meant for. */
  get message(): { target: string; data: Record<string, unknown> } | null {
    const text = decode(/data-message="([^"]*)"/.exec(this.html)?.[1] ?? "");
    const target = decode(/data-host="([^"]*)"/.exec(this.html)?.[1] ?? "");
    return text === "" ? null : { target, data: JSON.parse(text) as Record<string, unknown> };
  }

  /** Where the link of the last page leads. */
  get returnUrl(): URL {
    return new URL(decode(/href="([^"]*)"\s+data-finish/.exec(this.html)?.[1] ?? ""));
  }
}

function decode(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .trim();
}

/** The parameters that the SDK adds when it opens the page in a frame. */
export const sdkParams = (host: string, state?: string): Record<string, string> => ({
  ...(state === undefined ? {} : { state }),
  app_type: "spa",
  sdk_host_url: host,
  mode: "employer",
  sdk_version: "unified-5.0.0",
});
