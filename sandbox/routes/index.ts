import type { Handler } from "@/sandbox/call";
import type { AllRoutes } from "@/sandbox/results";
import { authToken } from "@/sandbox/routes/auth-token";
import { benefitIndividuals } from "@/sandbox/routes/benefit-individuals";
import { benefitRoutes } from "@/sandbox/routes/benefits";
import { company } from "@/sandbox/routes/company";
import { connectSessions } from "@/sandbox/routes/connect-sessions";
import { directory } from "@/sandbox/routes/directory";
import { disconnectRoutes } from "@/sandbox/routes/disconnect";
import { documents } from "@/sandbox/routes/documents";
import { employment } from "@/sandbox/routes/employment";
import { forwarding } from "@/sandbox/routes/forward";
import { individual } from "@/sandbox/routes/individual";
import { introspect } from "@/sandbox/routes/introspect";
import { automatedJobs } from "@/sandbox/routes/jobs-automated";
import { manualJobs } from "@/sandbox/routes/jobs-manual";
import { ledgerRoutes } from "@/sandbox/routes/ledger-items";
import { payGroupRoutes } from "@/sandbox/routes/pay-groups";
import { payStatementRoutes } from "@/sandbox/routes/pay-statement";
import { payStatementItemRoutes } from "@/sandbox/routes/pay-statement-item";
import { payStatementRuleRoutes } from "@/sandbox/routes/pay-statement-rules";
import { paymentRoutes } from "@/sandbox/routes/payment";
import { planRoutes } from "@/sandbox/routes/plans";
import { providerList } from "@/sandbox/routes/providers";
import { sandboxCompany } from "@/sandbox/routes/sandbox-company";
import { sandboxConnections } from "@/sandbox/routes/sandbox-connections";
import { sandboxJobs } from "@/sandbox/routes/sandbox-jobs";
import { sandboxPayment } from "@/sandbox/routes/sandbox-payment";
import { sandboxPeople } from "@/sandbox/routes/sandbox-people";

const routes: AllRoutes = {
  ...connectSessions,
  ...authToken,
  ...introspect,
  ...providerList,
  ...company,
  ...directory,
  ...individual,
  ...employment,
  ...paymentRoutes,
  ...payStatementRoutes,
  ...payStatementItemRoutes,
  ...payStatementRuleRoutes,
  ...payGroupRoutes,
  ...ledgerRoutes,
  ...benefitRoutes,
  ...benefitIndividuals,
  ...planRoutes,
  ...automatedJobs,
  ...manualJobs,
  ...documents,
  ...forwarding,
  ...disconnectRoutes,
  ...sandboxConnections,
  ...sandboxCompany,
  ...sandboxPeople,
  ...sandboxPayment,
  ...sandboxJobs,
};

/** What answers each operation, by id. */
export const handlers: Readonly<Record<string, Handler>> = routes;
