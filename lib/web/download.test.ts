import { describe, expect, it } from "vitest";
import { requireOwnSite } from "./download";

const started = (headers: Record<string, string>) => () =>
  requireOwnSite(new Request("http://localhost:3000/e/x/audit/export", { headers }));

describe("a download", () => {
  it.each<Record<string, string>>([{}, { "sec-fetch-site": "same-origin" }, { "sec-fetch-site": "none" }])(
    "starts with %j",
    (headers) => expect(started(headers)).not.toThrow(),
  );

  it.each<Record<string, string>>([
    { "sec-fetch-site": "cross-site" },
    // A neighbour under the same registrable domain: SameSite cookies reach us from there.
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "same-origin", "sec-purpose": "prefetch" },
  ])("is refused with %j", (headers) =>
    expect(started(headers)).toThrow(expect.objectContaining({ code: "FORBIDDEN" })),
  );
});
