/** Typed hrefs: the only place where a URL of Perch is spelled. */
const employer = (customerId: string) => `/e/${customerId}`;

const withQuery = (path: string, query: Record<string, string>) =>
  Object.keys(query).length > 0 ? `${path}?${new URLSearchParams(query).toString()}` : path;

export const paths = {
  home: () => "/",
  signIn: (callbackUrl?: string) =>
    callbackUrl ? `/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}` : "/sign-in",
  signInSent: () => "/sign-in/sent",
  signInConfirm: () => "/sign-in/confirm",
  signInProblem: (reason: string) => `/sign-in/problem?reason=${encodeURIComponent(reason)}`,
  renewSession: (callbackUrl: string) => `/api/auth/renew?callbackUrl=${encodeURIComponent(callbackUrl)}`,
  oidcSignIn: (callbackUrl?: string) =>
    callbackUrl
      ? `/api/auth/oidc/start?callbackUrl=${encodeURIComponent(callbackUrl)}`
      : "/api/auth/oidc/start",
  oidcStepUp: (callbackUrl: string) =>
    `/api/auth/oidc/step-up?callbackUrl=${encodeURIComponent(callbackUrl)}`,
  oidcCallback: () => "/api/auth/oidc/callback",
  account: () => "/account",
  accountSecurity: () => "/account/security",
  chooseEmployer: () => "/e",
  employer,
  connections: (customerId: string) => `${employer(customerId)}/connections`,
  connectNew: (customerId: string) => `${employer(customerId)}/connections/new`,
  connectProblem: (customerId: string, about: Record<string, string>) =>
    `${employer(customerId)}/connections/problem?${new URLSearchParams(about).toString()}`,
  connectTrouble: (reason: string) => `/connect/problem?reason=${encodeURIComponent(reason)}`,
  connection: (customerId: string, connectionId: string) =>
    `${employer(customerId)}/connections/${connectionId}`,
  directory: (customerId: string) => `${employer(customerId)}/directory`,
  directoryExport: (customerId: string) => `${employer(customerId)}/directory/export`,
  individual: (customerId: string, individualId: string) =>
    `${employer(customerId)}/directory/${individualId}`,
  orgChart: (customerId: string, query: Record<string, string> = {}) =>
    withQuery(`${employer(customerId)}/directory/chart`, query),
  orgChartBranch: (customerId: string, query: Record<string, string>) =>
    withQuery(`/api/e/${customerId}/directory/chart`, query),
  payGroupsExport: (customerId: string, query: Record<string, string> = {}) =>
    withQuery(`${employer(customerId)}/company/pay-groups/export`, query),
  payGroupExport: (customerId: string, id: string, query: Record<string, string> = {}) =>
    withQuery(`${employer(customerId)}/company/pay-groups/${id}/export`, query),
  company: (customerId: string) => `${employer(customerId)}/company`,
  payGroups: (customerId: string) => `${employer(customerId)}/company/pay-groups`,
  /** `id` is a pay group's, or a connection's that has none. */
  payGroup: (customerId: string, id: string) => `${employer(customerId)}/company/pay-groups/${id}`,
  documentsExport: (customerId: string) => `${employer(customerId)}/documents/export`,
  documents: (customerId: string) => `${employer(customerId)}/documents`,
  document: (customerId: string, documentId: string) => `${employer(customerId)}/documents/${documentId}`,
  payroll: (customerId: string) => `${employer(customerId)}/payroll`,
  payrollExport: (customerId: string, query: Record<string, string> = {}) =>
    withQuery(`${employer(customerId)}/payroll/export`, query),
  payrollPaymentExport: (customerId: string, paymentId: string, query: Record<string, string> = {}) =>
    withQuery(`${employer(customerId)}/payroll/${paymentId}/export`, query),
  payrollPayment: (customerId: string, paymentId: string) => `${employer(customerId)}/payroll/${paymentId}`,
  payStatement: (customerId: string, paymentId: string, statementId: string) =>
    `${employer(customerId)}/payroll/${paymentId}/${statementId}`,
  payStatementPdf: (customerId: string, paymentId: string, statementId: string) =>
    `${employer(customerId)}/payroll/${paymentId}/${statementId}/pdf`,
  ytdExport: (customerId: string) => `${employer(customerId)}/ytd/export`,
  ytdPersonExport: (customerId: string, individualId: string) =>
    `${employer(customerId)}/ytd/${individualId}/export`,
  box1RulesExport: (customerId: string) => `${employer(customerId)}/ytd/box-1/export`,
  payLimitsExport: (customerId: string) => `${employer(customerId)}/ytd/limits/export`,
  ytdLinksExport: (customerId: string) => `${employer(customerId)}/ytd/links/export`,
  payItemsExport: (customerId: string, query: Record<string, string>) =>
    withQuery(`${employer(customerId)}/payroll/items/export`, query),
  payItemRulesExport: (customerId: string, query: Record<string, string>) =>
    withQuery(`${employer(customerId)}/payroll/items/rules/export`, query),
  ytd: (customerId: string) => `${employer(customerId)}/ytd`,
  ytdPerson: (customerId: string, individualId: string) => `${employer(customerId)}/ytd/${individualId}`,
  ytdLinks: (customerId: string) => `${employer(customerId)}/ytd/links`,
  box1Rules: (customerId: string) => `${employer(customerId)}/ytd/box-1`,
  payLimits: (customerId: string) => `${employer(customerId)}/ytd/limits`,
  payItems: (customerId: string, query: Record<string, string> = {}) =>
    withQuery(`${employer(customerId)}/payroll/items`, query),
  payItemRules: (customerId: string, query: Record<string, string> = {}) =>
    withQuery(`${employer(customerId)}/payroll/items/rules`, query),
  employeesExport: (customerId: string) => `${employer(customerId)}/team/employees/export`,
  team: (customerId: string) => `${employer(customerId)}/team`,
  teamEmployees: (customerId: string) => `${employer(customerId)}/team/employees`,
  teamPeople: (customerId: string) => `/api/e/${customerId}/team/people`,
  audit: (customerId: string) => `${employer(customerId)}/audit`,
  auditExport: (customerId: string) => `${employer(customerId)}/audit/export`,
  invitation: (token: string) => `/invite/${token}`,
  me: () => "/me",
  /** One's own page as one of several persons. */
  meAs: (individualId: string) => `/me?as=${individualId}`,
  /** Own pay; `as` names one of several own persons. */
  mePay: (query: Record<string, string> = {}) => withQuery("/me/pay", query),
  mePayExport: (query: Record<string, string> = {}) => withQuery("/me/pay/export", query),
  mePayStatement: (statementId: string, query: Record<string, string> = {}) =>
    withQuery(`/me/pay/${statementId}`, query),
  mePayStatementPdf: (statementId: string, query: Record<string, string> = {}) =>
    withQuery(`/me/pay/${statementId}/pdf`, query),
  admin: () => "/admin",
  adminCustomers: () => "/admin/customers",
  adminConnections: () => "/admin/connections",
  adminBreakGlass: (place: Record<string, string> = {}) => withQuery("/admin/break-glass", place),
  adminAudit: () => "/admin/audit",
  adminAuditChains: () => "/admin/audit/chains",
  adminAuditOf: (customerId: string) => `/admin/audit?employer=${customerId}`,
  adminAuditExport: () => "/admin/audit/export",
  adminActivity: (place: Record<string, string> = {}) => withQuery("/admin/activity", place),
  adminJobs: (place: Record<string, string> = {}) => withQuery("/admin/jobs", place),
  adminQuota: () => "/api/admin/quota",
  adminRetention: () => "/admin/retention",
  devMailbox: () => "/dev/mailbox",
  devAuthenticator: () => "/dev/authenticator",
  finchCallback: () => "/api/finch/callback",
} as const;
