import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./embedded-postgres";
import { isReachableByNobody, startedAsRoot } from "./postgres-binaries";
import { isAlive } from "./processes";
import { UserError } from "./user-error";

const superuserPassword = "it's a p@ss/word";
let home: string;

beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), "perch-postgres-"));
  chmodSync(home, 0o711);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function count({ superuserUrl }: EmbeddedPostgres): Promise<number> {
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql`create table if not exists kept (id int)`;
    await sql`insert into kept values (1)`;
    return (await sql`select from kept`).length;
  } finally {
    await sql.end();
  }
}

describe("startEmbeddedPostgres", () => {
  it("keeps data and port over a clean stop and over a kill, and closes its folder to others", async () => {
    const options = { dataDir: path.join(home, "data"), superuserPassword };
    const first = await startEmbeddedPostgres(options);
    expect(await count(first)).toBe(1);
    expect(statSync(options.dataDir).mode & 0o777).toBe(startedAsRoot ? 0o711 : 0o700);
    expect(statSync(first.folder).mode & 0o777).toBe(0o700);
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    const second = await startEmbeddedPostgres(options);
    expect(second.port).toBe(first.port);
    expect(await count(second)).toBe(2);
    process.kill(second.pid, "SIGKILL");
    await second.exited;

    const third = await startEmbeddedPostgres(options);
    expect(third.adopted).toBe(false);
    expect(await count(third)).toBe(3);

    const joined = await startEmbeddedPostgres(options);
    expect(joined).toMatchObject({ adopted: true, pid: third.pid });
    await expect(startEmbeddedPostgres({ ...options, superuserPassword: "wrong" })).rejects.toThrow(
      UserError,
    );
    await third.stop();
  });

  it("waits for the sessions of a killed one that still work", async () => {
    const options = { dataDir: path.join(home, "busy"), superuserPassword };
    const first = await startEmbeddedPostgres(options);
    const sql = postgres(first.superuserUrl, { max: 1, onnotice: () => undefined });
    // Works for some seconds without looking whether its server is still there.
    const busy = sql`select count(*) from generate_series(1, 20000000)`.catch(() => null);
    await sleep(300);
    process.kill(first.pid, "SIGKILL");
    await first.exited;
    const second = await startEmbeddedPostgres(options);
    expect(await count(second)).toBe(1);
    await busy;
    await sql.end({ timeout: 1 });
    await second.stop();
  }, 240_000);

  it("a stale pid file that names another living process neither misleads nor blocks", async () => {
    const dataDir = path.join(home, "stale");
    const options = { dataDir, superuserPassword };
    const first = await startEmbeddedPostgres(options);
    await first.stop();
    // As after a crash of the machine: the file is there, and its process id is somebody else's now.
    const lines = [process.pid, first.folder, 0, first.port, "", "127.0.0.1", "", "ready"];
    writeFileSync(path.join(first.folder, "postmaster.pid"), lines.join("\n"));
    const second = await startEmbeddedPostgres(options);
    expect(second.adopted).toBe(false);
    expect(await count(second)).toBe(1);
    await second.stop();
  });

  it.runIf(startedAsRoot)(
    "started as root in a folder of root's alone, it works elsewhere and says where",
    async () => {
      const closed = path.join(home, "closed");
      mkdirSync(closed, { mode: 0o700 });
      expect(isReachableByNobody(closed)).toBe(false);
      const server = await startEmbeddedPostgres({ dataDir: path.join(closed, "data"), superuserPassword });
      expect(server.notes.join(" ")).toContain(server.folder);
      expect(await count(server)).toBe(1);
      await server.stop();
      expect(existsSync(path.join(closed, "data", "postgres"))).toBe(false);
      rmSync(server.folder, { recursive: true });
    },
  );
});
