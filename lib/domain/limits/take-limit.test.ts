import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { networkOf, returnLimit, takeLimit, tryLimit } from "@/lib/domain/limits";
import { limits } from "./limits";

const database = useTestDatabase();
const sql = () => database().sql("superuser");

async function takeAll(key: string): Promise<void> {
  for (let count = 0; count < limits()["step-up"].points; count += 1) await takeLimit("step-up", key);
}

describe("a limit", () => {
  it("lets its points through and then says when it works again", async () => {
    await takeAll("user-1");
    await expect(takeLimit("step-up", "user-1")).rejects.toMatchObject({
      code: "RATE_LIMITED",
      message: "Too many wrong codes were entered. It works again in 15 minutes.",
      retryable: true,
    });
    const refused = await tryLimit("step-up", "user-1");
    expect(refused.retryAfterSeconds).toBeGreaterThan(14 * 60);
    expect(refused.retryAfterSeconds).toBeLessThanOrEqual(15 * 60);
  });

  it("counts for one key and one kind only", async () => {
    await takeAll("user-2");
    await expect(takeLimit("step-up", "user-3")).resolves.toBeUndefined();
    await expect(takeLimit("reveal-user", "user-2")).resolves.toBeUndefined();
  });

  it("has room again when its window is over", async () => {
    await takeAll("user-4");
    await sql()`update rate_limits set expire = expire - 15 * 60 * 1000`;
    await expect(takeLimit("step-up", "user-4")).resolves.toBeUndefined();
  });

  it("has one first refusal, also where many come at once", async () => {
    const taken = await Promise.all(Array.from({ length: 40 }, () => tryLimit("step-up", "user-5")));
    expect(taken.filter(({ ok }) => ok)).toHaveLength(10);
    expect(taken.filter(({ isFirstRefusal }) => isFirstRefusal)).toHaveLength(1);
  });

  it("takes back a point that was given for nothing", async () => {
    await takeAll("user-6");
    await returnLimit("step-up", "user-6");
    await expect(takeLimit("step-up", "user-6")).resolves.toBeUndefined();
    expect((await tryLimit("step-up", "user-6")).ok).toBe(false);
  });

  it("keeps no key in the clear", async () => {
    await takeLimit("export", "user-canary");
    expect(JSON.stringify(await sql()`select * from rate_limits`)).not.toContain("canary");
  });
});

describe("networks", () => {
  it("of IPv6 are the first 64 bits, of IPv4 the address", () => {
    expect(networkOf("203.0.113.9")).toBe("203.0.113.9");
    expect(networkOf("::ffff:203.0.113.9")).toBe("203.0.113.9");
    expect(networkOf("2001:db8:1:2:3:4:5:6")).toBe(networkOf("2001:db8:1:2::9"));
    expect(networkOf("2001:db8:1:2::9")).not.toBe(networkOf("2001:db8:1:3::9"));
    expect(networkOf("2001:db8::1")).toBe("2001:db8:0:0");
  });
});
