import {
  answerWith,
  failWith,
  type JsonObject,
  type ProviderAnswer,
  type ProviderRequest,
} from "@/sandbox/forward/messages";
import type { People } from "@/sandbox/people";
import type { Company, Person } from "@/sandbox/seed/types";

/** The provider's own data: what is written is there at once, before any sync of Finch. */
export interface ProviderData {
  company: Company;
  people: People;
  write(personId: string, values: Partial<Person>): void;
}

type Route = (request: ProviderRequest, data: ProviderData, argument: string) => ProviderAnswer;

const pageSize = 50;
const firstNumber = 1001;

/** The person whom the provider knows by a number; `source_id` of `/employer/employment` is that number. */
function findBySource(people: People, source: string): Person | null {
  const place = Number(/^E-(\d{4,9})$/.exec(source)?.[1] ?? NaN) - firstNumber;
  const [guess] = place >= 0 ? people.page(place, 1) : [];
  if (guess?.source_id === source) return guess;
  const last = people.page(Math.max(0, people.count - 500), 500);
  return last.find((person) => person.source_id === source) ?? null;
}

const attribute = (label: string, value: string | number | null, type = "standard"): JsonObject => ({
  label,
  value,
  type,
});

function toEmployee(person: Person): JsonObject {
  const left = person.employment_status === "terminated";
  return {
    type: "Employee",
    attributes: {
      id: attribute("ID", person.source_id),
      first_name: attribute("First name", person.first_name),
      last_name: attribute("Last name", person.last_name),
      preferred_name: attribute("Preferred name", person.preferred_name),
      email: attribute("Email", person.emails?.[0]?.data ?? null),
      status: attribute("Status", person.is_active ? "active" : "inactive"),
      position: attribute("Position", person.title),
      department: attribute("Department", person.department?.name ?? null),
      hire_date: attribute("Hire date", person.start_date, "date"),
      termination_date: attribute("Termination date", person.end_date, "date"),
      // Finch's model has no reason: it is what forwarding is for (Finch: Request Forwarding, "Example Usage").
      termination_reason: attribute("Termination reason", left ? "employee-quit" : null),
    },
  };
}

const listEmployees: Route = (request, { people }) => {
  const limit = Math.min(Number(request.params.get("limit") ?? pageSize), 200);
  const offset = Number(request.params.get("offset") ?? 0);
  if (!Number.isInteger(limit) || !Number.isInteger(offset) || limit < 1 || offset < 0)
    return failWith(request, 422, "limit and offset have to be whole numbers");
  const data = people.page(offset, limit).map(toEmployee);
  return answerWith(request, 200, { success: true, metadata: { total: people.count, limit, offset }, data });
};

const readEmployee: Route = (request, { people }, source) => {
  const person = findBySource(people, source);
  if (!person) return failWith(request, 404, `No employee ${source}`);
  return answerWith(request, 200, { success: true, data: toEmployee(person) });
};

const writable = {
  first_name: "first_name",
  last_name: "last_name",
  preferred_name: "preferred_name",
  position: "title",
} as const;

function parseObject(text: string | null): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

const changeEmployee: Route = (request, data, source) => {
  const person = findBySource(data.people, source);
  if (!person) return failWith(request, 404, `No employee ${source}`);
  const body = parseObject(request.data);
  if (!body) return failWith(request, 400, "The body has to be a JSON object");
  const values: Partial<Person> = {};
  for (const [name, value] of Object.entries(body)) {
    if (!Object.hasOwn(writable, name) || typeof value !== "string")
      return failWith(request, 422, `${name} cannot be changed`);
    values[writable[name as keyof typeof writable]] = value;
  }
  data.write(person.id, values);
  return answerWith(request, 200, { success: true, data: { id: source, message: "updated" } });
};

const readCompany: Route = (request, { company }) => {
  const { legal_name, ein, primary_email, departments } = company;
  const names = (departments ?? []).map((department) => department?.name ?? null);
  return answerWith(request, 200, {
    success: true,
    data: { legal_name, ein, primary_email, departments: names },
  });
};

const echo: Route = (request) => {
  const { method, path, headers, data } = request;
  return answerWith(request, 200, {
    method,
    path,
    params: Object.fromEntries(request.params),
    headers,
    data,
  });
};

/** Any status on demand, so that a client meets a provider's failures. */
const status: Route = (request, _data, argument) => {
  const code = Number(argument);
  if (code < 200 || code > 599) return failWith(request, 404, "No such status");
  if (code === 204) return { statusCode: code, headers: {}, data: null };
  const answer =
    code < 400 ? answerWith(request, code, { success: true }) : failWith(request, code, `Status ${code}`);
  return code === 429 ? { ...answer, headers: { ...answer.headers, "retry-after": "30" } } : answer;
};

const routes: { path: RegExp; methods: Record<string, Route> }[] = [
  { path: /^\/company$/, methods: { GET: readCompany } },
  { path: /^\/company\/employees$/, methods: { GET: listEmployees } },
  { path: /^\/company\/employees\/([^/]+)$/, methods: { GET: readEmployee, PATCH: changeEmployee } },
  { path: /^\/echo$/, methods: { GET: echo, POST: echo, PUT: echo, PATCH: echo, DELETE: echo } },
  { path: /^\/status\/(\d{3})$/, methods: { GET: status, POST: status } },
];

/**
 * The small API that stands for every provider which requests can be forwarded to: a company, its
 * employees, an echo and failures. Nothing leaves this process.
 */
export function answerOf(request: ProviderRequest, data: ProviderData): ProviderAnswer {
  for (const { path, methods } of routes) {
    const match = path.exec(request.path);
    if (!match) continue;
    const route = methods[request.method];
    if (!route) {
      const refusal = failWith(request, 405, `${request.method} is not allowed here`);
      return { ...refusal, headers: { ...refusal.headers, allow: Object.keys(methods).join(", ") } };
    }
    return route(request, data, match[1] ?? "");
  }
  return failWith(request, 404, `${request.path} does not exist`);
}
