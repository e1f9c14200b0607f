import { expect, it } from "vitest";
import { formatHours } from "./hours";

it("groups thousands and keeps every decimal", () => {
  const texts = ["0", "8", "79.9833", "1906.74", "-1234567.5", "92233720368547758070.125"].map(formatHours);
  expect(texts).toEqual(["0", "8", "79.9833", "1,906.74", "−1,234,567.5", "92,233,720,368,547,758,070.125"]);
});

it("leaves what is no decimal as it came", () => expect(formatHours("8 h")).toBe("8 h"));
