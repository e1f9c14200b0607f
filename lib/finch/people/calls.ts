import type { FinchCaller, FinchToken } from "../caller";
import { entityQuery, type EntityScope } from "../entity";
import { callFinch } from "../http/call";
import { tokenClient } from "../http/client";
import type { Outcome } from "../outcome";
import { reshapeCompany } from "./reshape";
import type { FinchCompany } from "./types";
import * as wire from "./wire";

/** The company, its locations, departments and bank accounts (numbers as secrets). */
export function getCompany(
  caller: FinchCaller,
  token: FinchToken,
  scope: EntityScope,
): Promise<Outcome<FinchCompany>> {
  return callFinch(caller, {
    endpoint: "GET /employer/company",
    token,
    schema: wire.company,
    send: (options) => tokenClient(token).hris.company.retrieve(entityQuery(scope), options),
    reshape: reshapeCompany,
  });
}
