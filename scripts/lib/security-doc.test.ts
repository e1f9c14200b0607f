import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { getTableName, is, Table } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import * as schema from "@/db/schema";
import { testEnvironment } from "@/db/testing/environment";
import { permissions, roles, roleTable } from "@/lib/auth/permissions";
import { sessionLimits } from "@/lib/auth/session-limits";
import { limits } from "@/lib/domain/limits/limits";
import { root } from "./local-environment";

/** docs/security.md says the same as the code, where a table or a list can be compared. */

const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const document = read("docs/security.md");

/** Lines of a table's body below a heading, as trimmed cells. */
function tableBelow(heading: string): string[][] {
  const section = document.split(`\n${heading}\n`)[1]?.split(/\n#{1,3} /)[0] ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("|"));
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}

describe("docs/security.md", () => {
  beforeAll(() => {
    const url = (login: string) => `postgres://perch_${login}:x@127.0.0.1/perch`;
    Object.assign(
      process.env,
      testEnvironment(
        { app: url("app"), auth: url("auth"), worker: url("worker"), owner: url("owner") },
        "/tmp",
      ),
      {
        PERCH_MODE: "server",
        NEXTAUTH_URL: "https://perch.example.com",
        SMTP_URL: "smtps://mail.example.com",
      },
      { FINCH_CLIENT_SECRET: "a-secret-of-our-own" },
    );
  });

  it("has the table of roles and permissions as the code has it", () => {
    const table = tableBelow("## Who may do what");
    expect(table[0]).toEqual(["permission", ...roles]);
    const written = table.slice(2, 2 + Object.keys(permissions).length);
    const real = Object.keys(permissions).map((permission) => [
      `\`${permission}\``,
      ...roles.map((role) => (roleTable[role].permissions.some((one) => one === permission) ? "✓" : "")),
    ]);
    expect(written).toEqual(real);
  });

  it("names every database role of the roles' table", () => {
    for (const role of roles) expect(document).toContain(`\`${roleTable[role].databaseRole}\``);
  });

  it("has a place for every table of the schema", () => {
    const tables = Object.values<unknown>(schema).flatMap((one) =>
      is(one, Table) ? [getTableName(one)] : [],
    );
    expect(tables.length).toBeGreaterThan(30);
    const classes = tableBelow("## Data classes").flat().join(" ");
    expect(tables.filter((table) => !classes.includes(`\`${table}\``))).toEqual([]);
  });

  it("names every secret of the configuration", () => {
    const variables = [...read(".env.example").matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(
      ([, name]) => name ?? "",
    );
    const secret = variables.filter((name) => /SECRET|KEY|TOKEN|PASSWORD|DATABASE_URL|SMTP_URL/.test(name));
    expect(secret.length).toBeGreaterThan(10);
    const inventory = tableBelow("## Keys and secrets").flat().join(" ");
    expect(secret.filter((name) => !inventory.includes(`\`${name}\``))).toEqual([]);
  });

  it("lists the fields of a log line, no more and no fewer", () => {
    const fields = /interface LogFields \{([\s\S]*?)\n\}/.exec(read("lib/log.ts"))?.[1] ?? "";
    const real = [...fields.matchAll(/^ {2}(\w+)\?:/gm)].map(([, name]) => name);
    const list = document.split("\n").find((line) => line.startsWith("`reference`, ")) ?? "";
    expect([...list.matchAll(/`(\w+)`/g)].map(([, name]) => name).sort()).toEqual(real.sort());
  });

  it("has the limits as a server has them", () => {
    const written = tableBelow("## Limits").slice(2);
    const inWords: Record<string, number> = {
      "10 minutes": 600,
      "15 minutes": 900,
      "1 hour": 3600,
      "1 day": 86_400,
    };
    const said = written.map(([name = "", , points = "", time = ""]) => ({
      name: name.replaceAll("`", ""),
      points: Number.parseInt(points, 10),
      seconds: inWords[time],
    }));
    const real = Object.entries(limits()).map(([name, { points, seconds }]) => ({ name, points, seconds }));
    expect(said).toEqual(real);
  });

  it("has the times of sessions", () => {
    const { person, staff } = sessionLimits;
    const hours = (ms: number) => ms / 3_600_000;
    expect([hours(person.idleMs), hours(staff.idleMs) * 60]).toEqual([12, 30]);
    expect([hours(person.absoluteMs) / 24, hours(staff.absoluteMs)]).toEqual([7, 12]);
    const [, , idle, absolute] = tableBelow("## Sessions");
    expect(idle).toEqual(["ends without use", "12 hours", "30 minutes"]);
    expect(absolute).toEqual(["ends in any case", "7 days", "12 hours"]);
  });

  it("has in each row of a table the cells of its head", () => {
    const tables = document
      .split(/\n(?!\|)/)
      .map((block) => block.split("\n").filter((line) => /^\|/.test(line)));
    const cells = (line: string) => line.split("|").length - 2;
    const heads = tables.filter((lines) => lines.length > 1);
    expect(heads.length).toBeGreaterThan(15);
    const odd = heads.flatMap(([head = "", ...rows]) => rows.filter((row) => cells(row) !== cells(head)));
    expect(odd).toEqual([]);
  });

  it("names only files that are there", () => {
    const files = [...document.matchAll(/`((?:[\w.@()[\]-]+\/)+[\w.@()[\]-]*)`/g)].map(
      ([, file]) => file ?? "",
    );
    expect(files.length).toBeGreaterThan(30);
    const missing = files.filter(
      (file) => !/^(DATA_DIR|api)\//.test(file) && !existsSync(path.join(root, file)),
    );
    expect(missing).toEqual([]);
  });
});
