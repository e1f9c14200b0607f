/** Typed hrefs: the only place where a URL of Perch is spelled. */
const employer = (customerId: string) => `/e/${customerId}`;

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
  me: () => "/me",
  admin: () => "/admin",
  adminCustomers: () => "/admin/customers",
  adminConnections: () => "/admin/connections",
  devMailbox: () => "/dev/mailbox",
  devAuthenticator: () => "/dev/authenticator",
  finchCallback: () => "/api/finch/callback",
} as const;
