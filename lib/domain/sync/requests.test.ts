import { describe, expect, it } from "vitest";
import { drive, type PageSizes } from "./steps/testing";
import { everyProduct, useSyncWorld, type ConnectOptions, type TestConnection } from "./testing";

const world = useSyncWorld();

/** What the sandbox has of one entity, by its own answers. */
interface Shape {
  people: number;
  payGroups: number;
  /** Statements of each payment. */
  statements: number[];
  benefits: number;
  documents: number;
}

const finchs: PageSizes = { directory: 10_000, people: 10_000, statements: 5_000 };
const pages = (items: number, size: number) => Math.ceil(items / size);
const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);

/** The least possible requests of a full sync: the formula of the design, for a provider that offers everything. */
function leastRequests(shapes: Shape[], sizes: PageSizes): number {
  const ofEntity = ({ people, payGroups, statements, benefits, documents }: Shape) =>
    1 +
    pages(people, sizes.directory) +
    2 * pages(people, sizes.people) +
    (1 + payGroups) +
    1 +
    pages(sum(statements.map((count) => pages(count, sizes.statements))), 10) +
    2 +
    (1 + benefits) +
    (1 + documents);
  return 2 + sum(shapes.map(ofEntity));
}

interface Wire {
  paging: { count: number };
  responses: { body: { paging: { count: number } } }[];
}

async function shapeOf({ accessToken }: TestConnection, entityId?: string): Promise<Shape> {
  const query = entityId ? `entity_ids=${entityId}&` : "";
  const get = <T>(path: string) => world.finch<T>("GET", `/employer/${path}`, undefined, accessToken);
  const list = await get<{ id: string }[]>(`payment?${query}start_date=2000-01-01&end_date=2099-12-31`);
  const statements: number[] = [];
  for (let from = 0; from < list.length; from += 10) {
    const requests = list.slice(from, from + 10).map(({ id }) => ({ payment_id: id, offset: 0, limit: 1 }));
    const path = `/employer/pay-statement?${query}`;
    const answer = await world.finch<Wire>("POST", path, { requests }, accessToken);
    statements.push(...answer.responses.map(({ body }) => body.paging.count));
  }
  return {
    people: (await get<Wire>(`directory?${query}limit=1`)).paging.count,
    payGroups: (await get<unknown[]>(`pay-groups?${query}`)).length,
    statements,
    benefits: (await get<unknown[]>(`benefits?${query}`)).length,
    documents: (await get<Wire>(`documents?${query}`).catch(() => ({ paging: { count: 0 } }))).paging.count,
  };
}

/** Requests of a full sync by the sandbox's log, and what the formula says. */
async function countRequests(connection: TestConnection, shapes: Shape[], sizes = finchs) {
  const { runId } = await world.enqueue(connection);
  const before = await world.lastRequest();
  await drive(connection, runId, sizes);
  const seen = await world.requestsSince(before, connection);
  const [planned] = await world.rows(
    `select sum(planned_requests)::int as planned, sum(requests)::int as requests,
       array_agg(distinct status) as states from sync_steps where run_id = $1`,
    [runId],
  );
  return { seen: sum(Object.values(seen)), least: leastRequests(shapes, sizes), planned };
}

/** Has Finch fetch the tax forms of some people. */
async function fetchForms({ accessToken }: TestConnection, people: number): Promise<void> {
  const { individuals } = await world.finch<{ individuals: { id: string }[] }>(
    "GET",
    `/employer/directory?limit=${people}`,
    undefined,
    accessToken,
  );
  for (const { id } of individuals) {
    const body = { type: "w4_form_employee_sync", params: { individual_id: id } };
    await world.finch("POST", "/jobs/automated", body, accessToken);
  }
  await world.finch("POST", "/_sandbox/jobs/complete", {});
}

/** ADP Run offers everything that Perch reads. */
const connect = (options: ConnectOptions) =>
  world.connect({ provider: "adp_run", products: everyProduct, ...options });

describe("a full sync of everything", () => {
  it("of a small company takes the least possible requests, and plans them", async () => {
    const connection = await connect({ employees: 12, payments: 30 });
    await fetchForms(connection, 3);
    const shape = await shapeOf(connection);
    expect(shape.documents).toBeGreaterThan(0);
    expect(shape.benefits).toBeGreaterThan(0);
    const { seen, least, planned } = await countRequests(connection, [shape]);
    expect(seen).toBe(least);
    expect(planned).toEqual({ planned: least, requests: least, states: ["succeeded"] });
  });

  it("of many pages takes the least possible requests too", async () => {
    const connection = await connect({ employees: 230, payments: 9 });
    await fetchForms(connection, 1);
    const shape = await shapeOf(connection);
    const sizes = { directory: 50, people: 40, statements: 60 };
    expect(pages(shape.people, sizes.directory)).toBeGreaterThan(4);
    expect(Math.max(...shape.statements)).toBeGreaterThan(2 * sizes.statements);
    const { seen, least, planned } = await countRequests(connection, [shape], sizes);
    expect(seen).toBe(least);
    expect(planned).toMatchObject({ requests: least, states: ["succeeded"] });
  });

  it("of several entities asks for each on its own", async () => {
    const connection = await connect({
      entities: [
        { name: "Acme East", people: 7 },
        { name: "Acme West", people: 11 },
      ],
      payments: 4,
    });
    const { entities } = await world.finch<{ entities: { id: string }[] }>(
      "GET",
      "/introspect",
      undefined,
      connection.accessToken,
    );
    const shapes = [];
    for (const { id } of entities) shapes.push(await shapeOf(connection, id));
    expect(shapes.map((shape) => shape.people)).toEqual([7, 11]);
    const { seen, least } = await countRequests(connection, shapes);
    expect(seen).toBe(least);
    const people = await world.rows(
      `select entity_id, count(*)::int as n from individuals where connection_id = $1 and deleted_at is null
       group by 1 order by 2`,
      [connection.connectionId],
    );
    expect(people).toEqual([
      { entity_id: entities[0]?.id, n: 7 },
      { entity_id: entities[1]?.id, n: 11 },
    ]);
  });
});

describe("what is not granted", () => {
  it("costs no request", async () => {
    const connection = await connect({ products: ["directory", "payment"], employees: 5, payments: 3 });
    const before = await world.lastRequest();
    await drive(connection, (await world.enqueue(connection)).runId);
    const { payGroups } = await world.row<{ payGroups: number }>(
      `select count(*)::int as "payGroups" from pay_groups where connection_id = $1`,
      [connection.connectionId],
    );
    expect(await world.requestsSince(before, connection)).toEqual({
      "GET /introspect": 1,
      "GET /jobs/automated": 1,
      "GET /employer/directory": 1,
      "GET /employer/payment": 1,
      "GET /employer/pay-groups": 1,
      "GET /employer/pay-groups/{pay_group_id}": payGroups,
    });
  });
});
