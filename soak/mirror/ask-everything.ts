import {
  Asker,
  NotAtRest,
  Refused,
  type Answers,
  type Benefit,
  type Company,
  type Enrollment,
  type EntityAnswers,
  type FinchDocument,
  type FinchJob,
  type Introspection,
  type JobBody,
  type LineItem,
  type PayGroup,
  type Payment,
  type PersonBody,
  type Place,
  type Rule,
  type Statement,
} from "./ask";

const directoryPage = 10_000;
const batch = 10_000;
const statementPage = 5_000;

interface Item<T> {
  individual_id: string;
  code: number;
  body: T;
}

/** All that Finch gives about a connection now. @throws NotAtRest where something is still being fetched */
export async function askEverything(place: Place): Promise<Answers> {
  const asker = new Asker(place);
  const introspection = await asker.ask<Introspection>("/introspect");
  const listed = introspection.entities ?? [];
  const open = listed.filter(({ status }) => status !== "disconnected").map(({ id }) => id);
  const entities: EntityAnswers[] = [];
  for (const entityId of listed.length > 0 ? open : [""]) {
    entities.push(await askEntity(asker, place, introspection.products, entityId));
  }
  const isAssisted = introspection.authentication_methods.every(({ type }) => type === "assisted");
  return { introspection, jobs: isAssisted ? null : await jobsOf(asker), entities };
}

async function jobsOf(asker: Asker): Promise<FinchJob[]> {
  return (await asker.ask<{ data: FinchJob[] }>("/jobs/automated")).data;
}

async function askEntity(
  asker: Asker,
  { from, to }: Place,
  products: readonly string[],
  entityId: string,
): Promise<EntityAnswers> {
  const has = (product: string) => products.includes(product);
  const at = { entityId };
  const directory = has("directory") ? await directoryOf(asker, entityId) : null;
  const ids = (directory ?? []).map(({ id }) => id);
  const people = <T>(path: string, more: object = {}) => peopleOf<T>(asker, entityId, path, ids, more);
  const range = `/employer/payment?start_date=${from}&end_date=${to}`;
  const payments = has("payment") ? await asker.askIfOffered<Payment[]>(range, at) : null;
  const responses = async <T>(path: string) =>
    has("pay_statement")
      ? ((await asker.askIfOffered<{ responses: T[] }>(path, at))?.responses ?? null)
      : null;
  const ssn = has("ssn") ? { options: { include: ["ssn"] } } : {};
  return {
    entityId,
    company: has("company") ? await asker.ask<Company>("/employer/company", at) : null,
    directory,
    individuals: has("individual") ? await people<PersonBody>("/employer/individual", ssn) : null,
    employments: has("employment") ? await people<JobBody>("/employer/employment") : null,
    payGroups: has("payment") ? await payGroupsOf(asker, entityId) : null,
    payments,
    statements: has("pay_statement") && payments ? await statementsOf(asker, entityId, payments) : null,
    items: await responses<LineItem>("/employer/pay-statement-item"),
    rules: await responses<Rule>("/employer/pay-statement-item/rule"),
    benefits: has("benefits") ? await benefitsOf(asker, entityId) : null,
    documents: has("documents") ? await documentsOf(asker, entityId) : null,
  };
}

async function directoryOf(asker: Asker, entityId: string) {
  const people: NonNullable<EntityAnswers["directory"]> = [];
  for (;;) {
    const path = `/employer/directory?limit=${directoryPage}&offset=${people.length}`;
    const page = await asker.ask<{ individuals: typeof people; paging: { count: number } }>(path, {
      entityId,
    });
    people.push(...page.individuals);
    if (people.length >= page.paging.count || page.individuals.length === 0) return people;
  }
}

async function peopleOf<T>(
  asker: Asker,
  entityId: string,
  path: string,
  ids: readonly string[],
  more: object,
): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  for (let at = 0; at < ids.length; at += batch) {
    const requests = ids.slice(at, at + batch).map((id) => ({ individual_id: id }));
    const query = { entityId, body: { requests, ...more } };
    const { responses } = await asker.ask<{ responses: Item<T>[] }>(path, query);
    for (const item of responses) {
      if (item.code !== 200) throw new NotAtRest(`${path} answered ${item.code} for ${item.individual_id}`);
      found.set(item.individual_id, item.body);
    }
  }
  return found;
}

async function payGroupsOf(asker: Asker, entityId: string): Promise<PayGroup[] | null> {
  const list = await asker.askIfOffered<{ id: string }[]>("/employer/pay-groups", { entityId });
  const groups: PayGroup[] = [];
  for (const { id } of list ?? [])
    groups.push(await asker.ask<PayGroup>(`/employer/pay-groups/${id}`, { entityId }));
  return list && groups;
}

interface StatementItem {
  payment_id: string;
  code: number;
  body: { paging: { count: number }; pay_statements: Statement[] };
}

/** Page by page and payment by payment; the product asks for ten at once. */
async function statementsOf(asker: Asker, entityId: string, payments: readonly Payment[]) {
  const all = new Map<string, Statement[]>();
  for (const { id } of payments) {
    const own: Statement[] = [];
    for (;;) {
      const requests = [{ payment_id: id, limit: statementPage, offset: own.length }];
      const query = { entityId, body: { requests } };
      const answer = await asker.ask<{ responses: StatementItem[] }>("/employer/pay-statement", query);
      const item = answer.responses[0];
      if (item?.code !== 200) throw new NotAtRest(`the statements of ${id} answered ${item?.code}`);
      own.push(...item.body.pay_statements);
      if (own.length >= item.body.paging.count || item.body.pay_statements.length === 0) break;
    }
    all.set(id, own);
  }
  return all;
}

async function benefitsOf(asker: Asker, entityId: string) {
  const list = await asker.askIfOffered<Benefit[]>("/employer/benefits", { entityId });
  if (!list) return null;
  const found: NonNullable<EntityAnswers["benefits"]> = [];
  for (const benefit of list) {
    const path = `/employer/benefits/${benefit.benefit_id}/individuals`;
    found.push({ benefit, enrolled: await asker.ask<Enrollment[]>(path, { entityId }) });
  }
  return found;
}

async function documentsOf(asker: Asker, entityId: string) {
  const found: NonNullable<EntityAnswers["documents"]> = [];
  try {
    const query = { entityId };
    const list = await asker.askIfOffered<{ documents: FinchDocument[] }>("/employer/documents", query);
    if (!list) return null;
    for (const document of list.documents) {
      const content = await asker.ask<{ data: unknown }>(`/employer/documents/${document.id}`, query);
      found.push({ document, content: content.data });
    }
    return found;
  } catch (error) {
    // Nothing was fetched for anybody yet: there are no forms.
    if (error instanceof Refused && error.code === "w4_sync_required") return found;
    throw error;
  }
}
