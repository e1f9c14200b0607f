/**
 * What Finch gives about a connection's pay, asked as any client of Finch's would, and kept as it came: nobody reads
 * an amount here, so that no number passes through a floating-point one.
 */

export interface RawAnswer {
  /** '' where the connection has a single entity. */
  entity: string;
  what: "company" | "directory" | "payments" | "statements";
  /** The body's own text. */
  body: string;
}

export interface Door {
  url: string;
  token: string;
  /** The last pay date that is asked for (YYYY-MM-DD). */
  to: string;
  /** Statements and people a page. */
  limit: number;
}

const firstDay = "2000-01-01";
/** Finch answers for ten payments at once. */
const paymentsAtOnce = 10;

async function ask<T>(
  { url, token }: Door,
  path: string,
  entity: string,
  body?: unknown,
): Promise<{ text: string; read: T } | null> {
  const address = new URL(path, url);
  if (entity !== "") address.searchParams.append("entity_ids", entity);
  const response = await fetch(address, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  // The provider does not offer it.
  if (response.status === 501) return null;
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 300)}`);
  return { text, read: JSON.parse(text) as T };
}

/** Everything about pay that a connection has. @throws where something is refused or still being fetched */
export async function askPay(door: Door): Promise<RawAnswer[]> {
  const found = await ask<{ entities?: { id: string; status: string }[] }>(door, "/introspect", "");
  const entities = found?.read.entities?.filter(({ status }) => status !== "disconnected");
  const answers: RawAnswer[] = [];
  for (const entity of entities?.map(({ id }) => id) ?? [""]) {
    const add = (what: RawAnswer["what"], body: string | undefined) =>
      body !== undefined && answers.push({ entity, what, body });
    add("company", (await ask(door, "/employer/company", entity))?.text);
    await askDirectory(door, entity, (body) => add("directory", body));
    const range = `/employer/payment?start_date=${firstDay}&end_date=${door.to}`;
    const payments = await ask<{ id: string }[]>(door, range, entity);
    add("payments", payments?.text);
    const ids = payments?.read.map(({ id }) => id) ?? [];
    await askStatements(door, entity, ids, (body) => add("statements", body));
  }
  return answers;
}

type Keep = (body: string) => void;

async function askDirectory(door: Door, entity: string, keep: Keep): Promise<void> {
  for (let seen = 0; ;) {
    const path = `/employer/directory?limit=${door.limit}&offset=${seen}`;
    type Page = { individuals: unknown[]; paging: { count: number } };
    const page = await ask<Page>(door, path, entity);
    if (!page) return;
    keep(page.text);
    const { read } = page;
    seen += read.individuals.length;
    if (seen >= read.paging.count || read.individuals.length === 0) return;
  }
}

interface StatementPage {
  payment_id: string;
  code: number;
  body: { paging: { count: number }; pay_statements: unknown[] };
}

async function askStatements(door: Door, entity: string, ids: readonly string[], keep: Keep): Promise<void> {
  let open = ids.map((payment_id) => ({ payment_id, offset: 0 }));
  while (open.length > 0) {
    const requests = open.slice(0, paymentsAtOnce).map((each) => ({ ...each, limit: door.limit }));
    open = open.slice(paymentsAtOnce);
    type Batch = { responses: StatementPage[] };
    const page = await ask<Batch>(door, "/employer/pay-statement", entity, { requests });
    if (!page) return;
    keep(page.text);
    for (const { payment_id, code, body } of page.read.responses) {
      if (code !== 200) throw new Error(`The statements of ${payment_id} answered ${code}`);
      const before = requests.find((each) => each.payment_id === payment_id)?.offset ?? 0;
      const offset = before + body.pay_statements.length;
      if (offset < body.paging.count && offset > before) open.push({ payment_id, offset });
    }
  }
}
