import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { startSandbox } from "@/sandbox/server";
import {
  allProducts,
  basicClient,
  bearerClient,
  createTestConnection,
  failureOf,
} from "@/sandbox/testing/harness";

const root = path.resolve(import.meta.dirname, "..");
const folder = mkdtempSync(path.join(tmpdir(), "sandbox-test-"));
const children: ChildProcess[] = [];
let folders = 0;

const newFolder = () => path.join(folder, String(folders++));

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Started {
  child: ChildProcess;
  url: string;
  output: () => string;
}

/** The process as `npm run sandbox` starts it, once it says that it is ready or has ended. */
function startProcess(
  env: Record<string, string>,
  args: string[] = [],
  main = ["--import", "tsx", "sandbox/main.ts"],
): Promise<Started> {
  const child = spawn(process.execPath, [...main, ...args], {
    cwd: root,
    env: { ...process.env, DATA_DIR: "", ...env },
  });
  children.push(child);
  let text = "";
  return new Promise((resolve) => {
    const settle = () => resolve({ child, url: /http:\S+/.exec(text)?.[0] ?? "", output: () => text });
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("ready on")) settle();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("close", settle);
  });
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.on("exit", (code) => resolve(code));
  });

describe("state in a data folder", () => {
  it("survives SIGKILL of the process: sessions, connections, tokens and writes", async () => {
    const dataDir = newFolder();
    const env = { SANDBOX_PORT: "0", DATA_DIR: dataDir };
    const first = await startProcess(env, ["--job-delay", "0"]);
    const connection = await basicClient(first.url).sandbox.connections.create({
      provider_id: "gusto",
      products: allProducts,
    });
    const session = await basicClient(first.url).connect.sessions.new({
      customer_id: "kept",
      customer_name: "Kept",
      products: ["company"],
    });
    const before = await bearerClient(first.url, connection.access_token).hris.directory.list();
    await bearerClient(first.url, connection.access_token).sandbox.individual.update(
      before.individuals[0]?.id ?? "",
      {
        first_name: "Written",
      },
    );
    first.child.kill("SIGKILL");
    await ended(first.child);

    const second = await startProcess(env, ["--job-delay", "0"]);
    const client = bearerClient(second.url, connection.access_token);
    expect((await client.hris.directory.list()).individuals).toEqual(before.individuals);
    await client.sandbox.jobs.create({ type: "data_sync_all" });
    expect((await client.hris.directory.list()).individuals[0]?.first_name).toBe("Written");
    const page = await fetch(
      `${second.url}/authorize?session=${session.session_id}&app_type=spa&sdk_host_url=http://localhost:1`,
    );
    expect(page.status).toBe(200);
  });

  it("is readable by its owner only", async () => {
    const dataDir = newFolder();
    const running = await startSandbox({ dataDir });
    expect(statSync(path.join(dataDir, "sandbox")).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(dataDir, "sandbox", "sandbox.sqlite")).mode & 0o777).toBe(0o600);
    await running.close();
  });

  it("is used by one sandbox at a time", async () => {
    const dataDir = newFolder();
    const running = await startSandbox({ dataDir });
    const second = await startProcess({ SANDBOX_PORT: "0", DATA_DIR: dataDir });
    expect(await ended(second.child)).toBe(1);
    expect(second.output()).toContain("Another sandbox uses this data folder");
    await running.close();
  });

  it("is not there without a folder", async () => {
    const first = await startSandbox({ jobDelayMs: 0 });
    const { token } = await createTestConnection(first);
    await first.close();
    const second = await startSandbox({ port: first.port, jobDelayMs: 0 });
    expect((await failureOf(bearerClient(second.url, token).account.introspect())).status).toBe(401);
    await second.close();
  });
});

describe("the process", () => {
  it("is ready after little work, started as npm does", async () => {
    const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
      scripts: { sandbox: string };
    };
    const [, node, ...args] = manifest.scripts.sandbox.split(" ");
    expect(node).toBe("node");
    const report = "process.on('exit', () => console.log(JSON.stringify(process.cpuUsage())))";
    const once = async () => {
      const imports = ["--import", `data:text/javascript,${encodeURIComponent(report)}`];
      const { child, output } = await startProcess({ SANDBOX_PORT: "0" }, [], [...imports, ...args]);
      child.kill("SIGTERM");
      await ended(child);
      const { user, system } = JSON.parse(output().split("\n")[1] ?? "") as NodeJS.CpuUsage;
      return (user + system) / 1_000;
    };
    // The first start may still have to compile what others keep.
    await once();
    expect(await once()).toBeLessThan(3_000);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends cleanly on %s", async (signal) => {
    const { child } = await startProcess({ SANDBOX_PORT: "0" });
    child.kill(signal);
    expect(await ended(child)).toBe(0);
  });

  it("says which port is taken and what to do", async () => {
    const blocker = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => blocker.once("listening", resolve));
    const address = blocker.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const { child, output } = await startProcess({ SANDBOX_PORT: String(port) });
    expect(await ended(child)).toBe(1);
    expect(output()).toContain(`Port ${port} is taken`);
    expect(output()).toContain("SANDBOX_PORT");
    blocker.close();
  });

  it.each([
    [{ SANDBOX_PORT: "many" }, "is not a port"],
    [{ SANDBOX_PORT: "0", SANDBOX_CLIENTS: "without-secret" }, "SANDBOX_CLIENTS must be id:secret"],
    [{ SANDBOX_PORT: "0", SANDBOX_CONTROL_KEY: "short" }, "at least 32 bytes"],
  ])("refuses %o in one sentence", async (env, words) => {
    const { child, output } = await startProcess(env);
    expect(await ended(child)).toBe(1);
    expect(output()).toContain(words);
    expect(output()).not.toContain("    at ");
  });

  it("takes its clients from the environment", async () => {
    const env = {
      SANDBOX_PORT: "0",
      SANDBOX_CLIENT_ID: "mine",
      SANDBOX_CLIENT_SECRET: "s1",
      SANDBOX_CLIENTS: "b:s2,c:s3",
    };
    const { url } = await startProcess(env);
    const statuses = ["mine:s1", "b:s2", "c:s3", "b:s3"].map(async (pair) => {
      const headers = { Authorization: `Basic ${btoa(pair)}` };
      const body = JSON.stringify({ provider_id: "gusto" });
      return (await fetch(`${url}/sandbox/connections`, { method: "POST", headers, body })).status;
    });
    expect(await Promise.all(statuses)).toEqual([200, 200, 200, 401]);
  });
});
