import { callFinch } from "../http/call";
import type { FinchCaller, FinchToken } from "../caller";
import { tokenClient } from "../http/client";
import { entityQuery, type EntityScope } from "../entity";
import type { Outcome } from "../outcome";
import { part } from "../reshape";
import type { FinchBenefit, FinchDocumentContent, FinchDocuments } from "./types";
import * as wire from "./wire";

/** The company's deductions and contributions, all of them: Finch has no pages here. */
export function listBenefits(
  caller: FinchCaller,
  token: FinchToken,
  scope: EntityScope,
): Promise<Outcome<FinchBenefit[]>> {
  return callFinch(caller, {
    endpoint: "GET /employer/benefits",
    token,
    schema: wire.benefits,
    send: (options) => tokenClient(token).hris.benefits.list(entityQuery(scope), options),
    reshape: ({ wire: list, json }) =>
      list.map((benefit, index) => ({
        id: benefit.benefit_id,
        type: benefit.type,
        description: benefit.description,
        frequency: benefit.frequency,
        companyContribution: benefit.company_contribution,
        raw: part(json, index),
      })),
  });
}

/** All W-4 forms. Before Finch fetched any: `unprocessable` with finchCode `w4_sync_required`. */
export function listDocuments(
  caller: FinchCaller,
  token: FinchToken,
  scope: EntityScope,
): Promise<Outcome<FinchDocuments>> {
  return callFinch(caller, {
    endpoint: "GET /employer/documents",
    token,
    schema: wire.documents,
    // Without a limit Finch gives all.
    send: (options) => tokenClient(token).hris.documents.list(entityQuery(scope), options),
    reshape: ({ wire: { paging, documents }, json }) => ({
      count: paging?.count ?? null,
      offset: paging?.offset ?? 0,
      documents: documents.map((document, index) => ({
        id: document.id,
        individualId: document.individual_id,
        type: document.type,
        year: document.year,
        raw: part(json, "documents", index),
      })),
    }),
  });
}

/** One form's data. Unknown to Finch: `unprocessable` with finchCode `w4_sync_required`, which is all it declares. */
export function getDocument(
  caller: FinchCaller,
  token: FinchToken,
  query: EntityScope & { documentId: string },
): Promise<Outcome<FinchDocumentContent>> {
  return callFinch(caller, {
    endpoint: "GET /employer/documents/{document_id}",
    token,
    schema: wire.document,
    send: (options) =>
      // The SDK's own spelling.
      tokenClient(token).hris.documents.retreive(query.documentId, entityQuery(query), options),
    reshape: ({ wire: { type, year, data }, json }) => ({
      type,
      year,
      individualId: data?.individual_id ?? null,
      content: part(json, "data"),
      raw: json,
    }),
  });
}
