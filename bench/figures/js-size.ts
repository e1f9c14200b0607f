import { gzipSync } from "node:zlib";
import type { Sql } from "postgres";
import { atMost, type Figure } from "@/bench/lib/figure";
import { startStand, type Stand } from "@/bench/lib/stand";
import { fillWages } from "@/bench/lib/wages";
import { closeDatabase } from "@/db/client";
import { createTestUser } from "@/db/seed/factories";
import { paths } from "@/lib/paths";

const script = /<script[^>]*\ssrc="([^"]+\.js[^"]*)"[^>]*>/g;

/** gzip bytes of the scripts that a page's HTML asks for; what only old browsers load is left out. */
async function scriptBytes(origin: string, path: string, cookie: string): Promise<number> {
  const answer = await fetch(origin + path, { headers: { cookie }, redirect: "manual" });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  const html = await answer.text();
  const sources = new Set<string>();
  for (const [tag, source] of html.matchAll(script))
    if (source && !/\snomodule/i.test(tag)) sources.add(source);
  if (sources.size === 0) throw new Error(`${path} asks for no script: is it an error page?`);
  const sizes = await Promise.all(
    [...sources].map(async (source) => {
      const response = await fetch(new URL(source, origin));
      if (!response.ok) throw new Error(`${source} answered ${response.status}`);
      return gzipSync(Buffer.from(await response.arrayBuffer())).length;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function oneOfEach(sql: Sql, customerId: string) {
  const [row] = await sql<{ person: string; payment: string; statement: string }[]>`
    select individual_id as person, payment_id as payment, id as statement from pay_statements
    where customer_id = ${customerId} limit 1`;
  if (!row) throw new Error("There is no statement.");
  return row;
}

/** Every page of an employer with pay, of an employee and of staff: its address and who opens it. */
async function fillPages(stand: Stand): Promise<{ pages: [string, string][]; ids: Record<string, string> }> {
  const { customerId, connectionId } = await fillWages(stand.sql, stand.workerUrl, 60);
  const { person, payment, statement } = await oneOfEach(stand.sql, customerId);
  const cookieOf = async (options: Parameters<typeof createTestUser>[1]) =>
    stand.cookieOf((await createTestUser(stand.sql, options)).id);
  const admin = await cookieOf({ role: "employer_admin", customerId });
  const employee = await cookieOf({ role: "employee", customerId, connectionId, individualId: person });
  const staff = await cookieOf({ role: "staff_admin" });
  const ofEmployer = [
    paths.employer(customerId),
    paths.connections(customerId),
    paths.connectNew(customerId),
    paths.connection(customerId, connectionId),
    paths.directory(customerId),
    paths.individual(customerId, person),
    paths.orgChart(customerId),
    paths.company(customerId),
    paths.payGroups(customerId),
    paths.payGroup(customerId, connectionId),
    paths.documents(customerId),
    paths.payroll(customerId),
    paths.payrollPayment(customerId, payment),
    paths.payStatement(customerId, payment, statement),
    paths.payItems(customerId),
    paths.payItemRules(customerId),
    paths.ytd(customerId),
    paths.ytdPerson(customerId, person),
    paths.ytdLinks(customerId),
    paths.box1Rules(customerId),
    paths.payLimits(customerId),
    paths.team(customerId),
    paths.teamEmployees(customerId),
    paths.audit(customerId),
  ];
  const pages: [string, string][] = [
    [paths.signIn(), ""],
    ...ofEmployer.map((page): [string, string] => [page, admin]),
    ...[paths.me(), paths.mePay(), paths.mePayStatement(statement)].map((page): [string, string] => [
      page,
      employee,
    ]),
    ...[paths.admin(), paths.adminConnections(), paths.adminActivity(), paths.adminJobs()].map(
      (page): [string, string] => [page, staff],
    ),
  ];
  return {
    pages,
    ids: { customerId, connectionId, individualId: person, paymentId: payment, statementId: statement },
  };
}

/** Scripts of the heaviest page ÷ what Next and React send for an empty page. */
export async function jsSize(): Promise<Figure[]> {
  // The floor of the pinned Next and React, measured apart: a constant, no part of this run (docs/figures.md).
  const emptyPageBytes = 134_502;
  const stand = await startStand();
  try {
    const { pages, ids } = await fillPages(stand);
    let heaviest = { path: "", bytes: 0 };
    for (const [path, cookie] of pages) {
      const bytes = await scriptBytes(stand.url, path, cookie);
      if (bytes > heaviest.bytes) heaviest = { path, bytes };
    }
    const name = Object.entries(ids).reduce(
      (address, [key, id]) => address.replaceAll(id, `[${key}]`),
      heaviest.path,
    );
    return [
      atMost(
        "js.size",
        heaviest.bytes / emptyPageBytes,
        1.8,
        `${heaviest.bytes} bytes gzip on ${name} ÷ ${emptyPageBytes}`,
      ),
    ];
  } finally {
    await closeDatabase();
    await stand.stop();
  }
}
