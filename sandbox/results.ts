import type Finch from "@tryfinch/finch-api";
import type { Handler } from "@/sandbox/call";

interface Responses<Item> {
  responses: Item[];
}

/** Batches and pages of operations that the SDK has no method for; their items are checked by Finch's document alone. */
interface Page {
  paging: Finch.Paging;
}

type NoJob = Omit<Finch.Sandbox.JobCreateResponse, "job_id" | "job_url"> & { job_id: null; job_url: null };

/** What each operation answers, in the words of the official SDK: a handler that answers something else does not compile. */
interface Results {
  "GET /employer/company": Finch.HRIS.Company;
  "GET /employer/directory": Page & { individuals: Finch.HRIS.IndividualInDirectory[] };
  "POST /employer/individual": Responses<Finch.HRIS.IndividualResponse>;
  "POST /employer/employment": Responses<Finch.HRIS.EmploymentDataResponse>;
  "GET /employer/payment": Finch.HRIS.Payment[];
  "POST /employer/pay-statement": Responses<Finch.HRIS.PayStatementResponse>;
  "GET /employer/pay-statement-item": Responses<Finch.HRIS.PayStatementItemListResponse>;
  "POST /employer/pay-statement-item/rule": Finch.HRIS.PayStatementItem.RuleCreateResponse;
  "GET /employer/pay-statement-item/rule": Responses<Finch.HRIS.PayStatementItem.RuleListResponse>;
  "PUT /employer/pay-statement-item/rule/{rule_id}": Finch.HRIS.PayStatementItem.RuleUpdateResponse;
  "DELETE /employer/pay-statement-item/rule/{rule_id}": Finch.HRIS.PayStatementItem.RuleDeleteResponse;
  "GET /employer/pay-groups": Finch.Payroll.PayGroupListResponse[];
  "GET /employer/pay-groups/{pay_group_id}": Finch.Payroll.PayGroupRetrieveResponse;
  "GET /employer/benefits": Finch.HRIS.CompanyBenefit[];
  "POST /employer/benefits": Finch.HRIS.CreateCompanyBenefitsResponse;
  "POST /employer/benefits/register": Finch.HRIS.RegisterCompanyBenefitResponse;
  "GET /employer/benefits/meta": Finch.HRIS.SupportedBenefit[];
  "GET /employer/benefits/{benefit_id}": Finch.HRIS.CompanyBenefit;
  "POST /employer/benefits/{benefit_id}": Finch.HRIS.UpdateCompanyBenefitResponse;
  "GET /employer/benefits/{benefit_id}/enrolled": Finch.HRIS.Benefits.IndividualEnrolledIDsResponse;
  "GET /employer/benefits/{benefit_id}/individuals": Finch.HRIS.Benefits.IndividualBenefit[];
  "POST /employer/benefits/{benefit_id}/individuals": Finch.HRIS.Benefits.EnrolledIndividualBenefitResponse;
  "DELETE /employer/benefits/{benefit_id}/individuals": Finch.HRIS.Benefits.UnenrolledIndividualBenefitResponse;
  "GET /employer/documents": Finch.HRIS.DocumentListResponse;
  "GET /employer/documents/{document_id}": Finch.HRIS.DocumentRetreiveResponse;
  "POST /employer/ledger-items": Responses<object>;
  "GET /employer/plans": Page & { plans: object[] };
  "GET /employer/plans/{plan_id}": object;
  "GET /employer/plans-enrollments": Page & { enrollments: object[] };
  "POST /employer/plans-enrollments": Responses<object>;
  "GET /employer/plans-dependents": Page & { dependents: object[] };
  "POST /employer/plans-dependents": Responses<object>;
  "POST /auth/token": Finch.CreateAccessTokenResponse;
  "GET /providers": Finch.ProviderListResponse[];
  "GET /introspect": Finch.Introspection;
  "POST /disconnect": Finch.DisconnectResponse;
  "POST /disconnect-entity": Finch.DisconnectEntityResponse;
  "POST /forward": Finch.RequestForwardingForwardResponse;
  "GET /jobs/automated": Finch.Jobs.AutomatedListResponse;
  "POST /jobs/automated": Finch.Jobs.AutomatedCreateResponse;
  "GET /jobs/automated/{job_id}": Finch.Jobs.AutomatedAsyncJob;
  "GET /jobs/manual/{job_id}": Finch.Jobs.ManualAsyncJob;
  "POST /connect/sessions": Finch.Connect.SessionNewResponse;
  "POST /connect/sessions/reauthenticate": Finch.Connect.SessionReauthenticateResponse;
  "POST /sandbox/connections": Finch.Sandbox.ConnectionCreateResponse;
  "POST /sandbox/connections/accounts": Finch.Sandbox.Connections.AccountCreateResponse;
  "PUT /sandbox/connections/accounts": Finch.Sandbox.Connections.AccountUpdateResponse;
  "PUT /sandbox/company": Finch.Sandbox.CompanyUpdateResponse;
  "POST /sandbox/directory": Finch.Sandbox.DirectoryCreateResponse;
  "PUT /sandbox/individual/{individual_id}": Finch.Sandbox.IndividualUpdateResponse;
  "PUT /sandbox/employment/{individual_id}": Finch.Sandbox.EmploymentUpdateResponse;
  "POST /sandbox/payment": Finch.Sandbox.PaymentCreateResponse;
  // Assisted connections get null for the job, whatever the SDK says.
  "POST /sandbox/jobs": Finch.Sandbox.JobCreateResponse | NoJob;
  "GET /sandbox/jobs/configuration": Finch.Sandbox.Jobs.ConfigurationRetrieveResponse;
  "PUT /sandbox/jobs/configuration": Finch.Sandbox.Jobs.SandboxJobConfiguration;
}

export type OperationId = keyof Results;

/** The result of one operation. */
export type Result<Id extends OperationId> = Results[Id];

/** Handlers by the operation that they belong to. */
export type Routes = { [Id in OperationId]?: Handler<Results[Id]> };

/** A handler for every operation. */
export type AllRoutes = Required<Routes>;
