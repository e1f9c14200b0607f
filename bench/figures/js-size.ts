import { gzipSync } from "node:zlib";
import { atMost, type Figure } from "@/bench/lib/figure";
import { startStand } from "@/bench/lib/stand";
import {
  createTestConnection,
  createTestCustomer,
  createTestIndividuals,
  createTestUser,
} from "@/db/seed/factories";
import { paths } from "@/lib/paths";

const script = /<script[^>]*\ssrc="([^"]+\.js[^"]*)"[^>]*>/g;

/** gzip bytes of the scripts that a page's HTML asks for; what only old browsers load is left out. */
async function scriptBytes(origin: string, path: string, cookie: string): Promise<number> {
  const html = await (await fetch(origin + path, { headers: { cookie } })).text();
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

/** Scripts of the heaviest page ÷ what Next and React send for an empty page. */
export async function jsSize(): Promise<Figure[]> {
  // The floor of the pinned Next and React, measured apart: a constant, no part of this run (docs/figures.md).
  const emptyPageBytes = 134_502;
  const stand = await startStand();
  try {
    const customer = await createTestCustomer(stand.sql);
    const connection = await createTestConnection(stand.sql, { customerId: customer.id });
    const [person = ""] = await createTestIndividuals(stand.sql, {
      customerId: customer.id,
      connectionId: connection.id,
      count: 60,
    });
    const admin = await stand.cookieOf(
      (await createTestUser(stand.sql, { role: "employer_admin", customerId: customer.id })).id,
    );
    const staff = await stand.cookieOf((await createTestUser(stand.sql, { role: "staff_admin" })).id);
    const pages: [string, string][] = [
      [paths.signIn(), ""],
      [paths.employer(customer.id), admin],
      [paths.connections(customer.id), admin],
      [paths.connectNew(customer.id), admin],
      [paths.connection(customer.id, connection.id), admin],
      [paths.directory(customer.id), admin],
      [paths.individual(customer.id, person), admin],
      [paths.admin(), staff],
      [paths.adminConnections(), staff],
    ];
    let heaviest = { path: "", bytes: 0 };
    for (const [path, cookie] of pages) {
      const bytes = await scriptBytes(stand.url, path, cookie);
      if (bytes > heaviest.bytes) heaviest = { path, bytes };
    }
    const name = heaviest.path
      .replace(customer.id, "[customerId]")
      .replace(connection.id, "[id]")
      .replace(person, "[id]");
    return [
      atMost(
        "js.size",
        heaviest.bytes / emptyPageBytes,
        1.8,
        `${heaviest.bytes} bytes gzip on ${name} ÷ ${emptyPageBytes}`,
      ),
    ];
  } finally {
    await stand.stop();
  }
}
