import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { signChain } from "@/lib/domain/audit/sign-chain";
import { useAuditWorld } from "@/lib/domain/audit/testing";

const world = useAuditWorld();
const root = path.resolve(import.meta.dirname, "../..");

interface Ended {
  code: number;
  output: string;
}

/** The command as an operator runs it. */
function verify(...args: string[]): Promise<Ended> {
  const { env } = world.database();
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--import", "tsx", "scripts/perch.ts", "audit:verify", ...args],
      { cwd: root, env: { ...process.env, ...env } },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr }),
    );
  });
}

describe("perch audit:verify", () => {
  it(
    "prints a line for each chain, names what is broken where and ends with 1",
    { timeout: 120_000 },
    async () => {
      const [sound, broken] = [await world.chain(3), await world.chain(3)];
      await signChain(sound);
      const before = await verify();
      expect(before).toMatchObject({ code: 0 });
      expect(before.output).toMatch(/3 entries up to #3, signed up to #3 with test at 2\d{3}-/);
      expect(before.output).toContain("Every chain verifies.");

      const [signed] = await world.sql()`select hash from audit_signatures where customer_id = ${sound}`;
      const file = path.join(world.database().env["DATA_DIR"] ?? "", "..", `${sound}.log`);
      const line = {
        level: 30,
        customerId: sound,
        seq: 3,
        hash: signed?.["hash"],
        keyId: "test",
        msg: "audit head signed",
      };
      await writeFile(file, `${JSON.stringify(line)}\n`);
      expect((await verify("--heads", file)).code).toBe(0);

      await world.sql()`update audit_log set actor_id = 'x' where customer_id = ${broken} and seq = 2`;
      await world.sql()`delete from audit_signatures where customer_id = ${sound}`;
      const after = await verify();
      expect(after.code).toBe(1);
      expect(after.output).toContain("Entry #2 was changed after it was written.");
      expect(after.output).toContain("1 chain does not verify.");
      expect((await verify("--customer", sound)).code).toBe(0);
      const compared = await verify("--customer", sound, "--heads", file);
      expect(compared.code).toBe(1);
      expect(compared.output).toContain(
        "The head that was noted at entry #3 when it was signed is not in the database any more.",
      );
    },
  );

  it("refuses what it does not know", { timeout: 120_000 }, async () => {
    expect(await verify("--everything")).toMatchObject({ code: 1 });
    expect((await verify("--customer", crypto.randomUUID())).output).toContain("There is no employer");
    expect((await verify("--heads", "/nowhere")).output).toContain("cannot be read");
  });
});
