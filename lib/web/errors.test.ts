import { describe, expect, it } from "vitest";
import { DomainError, notFound } from "@/lib/domain/errors";
import { isNextNotFound, orNotFound, orNull } from "./errors";

const broken = () => Promise.reject(new Error("the database is away"));
const refused = () => Promise.reject(new DomainError("FORBIDDEN", "Not yours"));

describe("what is missing or not theirs", () => {
  it("is a 404 for a page, and other failures stay failures", async () => {
    await expect(orNotFound(Promise.resolve(3))).resolves.toBe(3);
    await expect(orNotFound(Promise.reject(notFound("company")))).rejects.toSatisfy(isNextNotFound);
    await expect(orNotFound(refused())).rejects.toSatisfy(isNextNotFound);
    await expect(orNotFound(broken())).rejects.toThrow("the database is away");
  });

  it("is left out of a page that stays, and other failures stay failures", async () => {
    await expect(orNull(Promise.resolve(3))).resolves.toBe(3);
    await expect(orNull(Promise.reject(notFound("company")))).resolves.toBeNull();
    await expect(orNull(refused())).resolves.toBeNull();
    await expect(orNull(broken())).rejects.toThrow("the database is away");
  });
});
