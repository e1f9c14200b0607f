import { operations, type Operation } from "@/sandbox/operations";
import { isRule } from "@/sandbox/testing/walk/stops";
import { isObject, type Json } from "@/sandbox/testing/finch-schema";

/**
 * Where an answer is right although Finch's OpenAPI document does not say so. References are to the sections of
 * the API reference that the sandbox is built after. The walk fails for a row and operation that no answer needed.
 */
interface Row {
  status: number;
  operations: readonly string[];
  reason: string;
}

/** A status that the document leaves out, or has without a body. Where it has one, the row says nothing. */
export interface Undeclared extends Row {
  /** What the body is: a component of the document, or what a test says. */
  shape:
    "BatchError" | "ErrorResponse" | "AcceptedResponse" | "AutomatedJobResponse" | ((body: Json) => boolean);
  /** Only for some bodies. */
  when?: (body: Json) => boolean;
}

/** A body that the document has otherwise. With the difference mended, it must be what the document says. */
export interface Contradiction extends Row {
  mend: (body: Json) => Json;
}

const among = (test: (operation: Operation) => boolean) => operations.filter(test).map(({ id }) => id);

const isData = ({ path }: Operation) => path.startsWith("/employer/");
const isPlain = ({ errors }: Operation) => errors !== "triple";
const needsToken = ({ auth }: Operation) => auth === "bearer";
const needsProduct = ({ product }: Operation) => product !== null;
// Every provider of the network has these.
const organization = ["company", "directory", "individual", "employment"];
const mayLack = ({ id, product }: Operation) =>
  product !== null && !organization.includes(product) && !isRule(id);
const isNameless = (body: Json) =>
  isObject(body) && typeof body["message"] === "string" && body["code"] === 401;
const isJob = (body: Json) => isObject(body) && body["remaining_refreshes"] === 0 && !("code" in body);

export const undeclared: readonly Undeclared[] = [
  {
    status: 202,
    operations: among(isData),
    shape: "AcceptedResponse",
    reason: "§1: any data endpoint may answer 202 instead of data",
  },
  {
    status: 400,
    operations: among(isData),
    shape: "BatchError",
    reason: "§1, §2: entity_ids takes exactly one uuid, anything else is bad_request",
  },
  {
    status: 400,
    operations: [
      "POST /sandbox/connections",
      "POST /sandbox/connections/accounts",
      "PUT /sandbox/connections/accounts",
      "PUT /sandbox/company",
      "POST /sandbox/directory",
      "PUT /sandbox/individual/{individual_id}",
      "PUT /sandbox/employment/{individual_id}",
      "POST /sandbox/payment",
      "POST /sandbox/jobs",
      "PUT /sandbox/jobs/configuration",
      "POST /forward",
    ],
    shape: "BatchError",
    reason: "§2: bad_request where a body is not valid",
  },
  {
    status: 400,
    operations: ["GET /jobs/automated", "POST /auth/token"],
    shape: "ErrorResponse",
    reason: "§2: jobs and /auth/token repeat the number three times",
  },
  {
    status: 401,
    operations: among((operation) => needsToken(operation) && isPlain(operation)),
    shape: "BatchError",
    reason: "§2: every Bearer operation refuses a missing, wrong or dead token",
  },
  {
    status: 401,
    operations: ["GET /jobs/automated/{job_id}", "POST /disconnect-entity", "POST /auth/token"],
    shape: "ErrorResponse",
    reason: "§2: these repeat the number three times, also for wrong credentials",
  },
  {
    status: 401,
    operations: ["POST /sandbox/connections", "POST /sandbox/connections/accounts"],
    shape: isNameless,
    reason: "§2: wrong Basic credentials, as the document declares it for connect sessions: without a name",
  },
  {
    status: 403,
    operations: among(needsProduct),
    shape: "BatchError",
    reason: "§2: insufficient_scope_error where the token lacks the product",
  },
  {
    status: 404,
    operations: among(isData),
    shape: "BatchError",
    reason: "§2: not_found_error for an entity that the connection does not have",
  },
  {
    status: 404,
    operations: ["PUT /sandbox/individual/{individual_id}", "PUT /sandbox/employment/{individual_id}"],
    shape: "BatchError",
    reason: "§2: individual_not_found",
  },
  {
    status: 404,
    operations: ["POST /sandbox/connections/accounts"],
    shape: "BatchError",
    reason: "§2: not_found_error for a company that is not connected at the provider",
  },
  {
    status: 404,
    operations: ["GET /jobs/automated/{job_id}"],
    shape: "ErrorResponse",
    reason: "§4.33: declared without a schema; §2: jobs repeat the number three times",
  },
  {
    status: 429,
    operations: ["POST /sandbox/jobs"],
    shape: "AutomatedJobResponse",
    when: isJob,
    reason: "§4.32, §4.45: the quota of sandbox jobs answers as that of automated ones",
  },
  {
    status: 429,
    operations: among(() => true),
    shape: "ErrorResponse",
    reason: "§2: every 429 repeats the number three times",
  },
  {
    status: 501,
    operations: among(mayLack),
    shape: "BatchError",
    reason: "§2: not_implemented_error where the provider lacks the endpoint",
  },
  {
    status: 501,
    operations: ["POST /forward"],
    shape: "BatchError",
    reason: "§2: not_implemented_error; Finch forwards to a few providers (Request Forwarding)",
  },
  {
    status: 501,
    operations: ["POST /jobs/automated"],
    shape: "ErrorResponse",
    reason:
      "§2: not_implemented_error where the provider has no W-4 forms; jobs repeat the number three times",
  },
];

/** Every value below `metadata` made an object. */
function withMetadataObjects(node: Json): Json {
  if (Array.isArray(node)) return node.map(withMetadataObjects);
  if (!isObject(node)) return node;
  const entries = Object.entries(node).map(([key, value]): [string, Json] => {
    if (key !== "metadata" || !isObject(value)) return [key, withMetadataObjects(value)];
    return [key, Object.fromEntries(Object.keys(value).map((name) => [name, {}]))];
  });
  return Object.fromEntries(entries);
}

function withJob(body: Json): Json {
  const isNone = isObject(body) && body["job_id"] === null && body["job_url"] === null;
  return isNone ? { ...body, job_id: "11111111-1111-4111-8111-111111111111", job_url: "x" } : body;
}

/** As if the reason were the only one that the document knows. */
const withSyncRequired = (body: Json): Json =>
  isObject(body) && body["finch_code"] === "invalid_request"
    ? { ...body, finch_code: "w4_sync_required" }
    : body;

/** The limit of an address is one for all operations, and answers everywhere alike. */
const withoutAddressLimit = (body: Json): Json =>
  isObject(body) && body["finch_code"] === "finch_api_ip_rl"
    ? { allowed_refreshes: 0, remaining_refreshes: 0 }
    : body;

export const contradictions: readonly Contradiction[] = [
  {
    status: 200,
    operations: ["POST /sandbox/jobs"],
    mend: withJob,
    reason: "§4.45: assisted connections get no job, although both keys are strings in the document",
  },
  {
    status: 400,
    operations: ["GET /employer/documents", "GET /employer/documents/{document_id}"],
    mend: withSyncRequired,
    reason: "§1, §2: bad parameters are invalid_request; the document's 400 knows w4_sync_required alone",
  },
  {
    status: 429,
    operations: ["POST /jobs/automated"],
    mend: withoutAddressLimit,
    reason:
      "§2: the limit of an address repeats the number three times; the document's 429 is the job quota's",
  },
  {
    status: 200,
    operations: ["POST /employer/pay-statement"],
    mend: withMetadataObjects,
    reason:
      "§4.8: a rule's values may be of any type, and the document's example is a text; here it wants objects",
  },
];

/** Bad input that is taken all the same: the note of a spoiled request, and why. */
export const leniencies: readonly { operation: string; note: RegExp; reason: string }[] = [
  {
    operation: "PUT /sandbox/company",
    note: /^body\.(entity|departments|locations|accounts)\.[\w.]+ missing$/,
    reason: "§4.40: the eight keys are required, what is inside them is not",
  },
  {
    operation: "PUT /sandbox/employment/{individual_id}",
    note: /^body\.\w+\.[\w.]+ missing$/,
    reason: "§4.43: a partial update in practice",
  },
];
