import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider, type Configuration } from "oidc-provider";

/** A real OpenID provider on loopback, for tests: whoever comes is signed in as the person it is told to be. */
export interface TestIssuer {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who signs in next. */
  person: TestPerson;
  /** Goes through the provider's pages as a browser does; returns the address that it leads back to. */
  visit(url: URL): Promise<URL>;
  close(): Promise<void>;
}

export interface TestPerson {
  subject: string;
  claims?: Record<string, unknown>;
  /** Says that the person signed in this many seconds ago. */
  signedInSecondsAgo?: number;
}

const client = { clientId: "perch-test", clientSecret: "a-secret-of-the-tests-0123456789" };

function configuration(issuerOf: () => TestIssuer, redirectUri: string): Configuration {
  return {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    // The address comes with the id token, as Entra and Okta send it.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    cookies: { keys: ["test"] },
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({ sub: id, ...issuerOf().person.claims }),
    }),
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({
        accountId: ctx.oidc.session?.accountId ?? "",
        clientId: client.clientId,
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  };
}

/** Starts a provider for one client of ours. */
export async function startTestIssuer(appUrl: string): Promise<TestIssuer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const self: TestIssuer = {
    issuer,
    ...client,
    person: { subject: "nobody" },
    visit: (url) => visit(url, issuer),
    close: () => stop(server),
  };
  const provider = new Provider(
    issuer,
    configuration(() => self, `${appUrl}/api/auth/oidc/callback`),
  );
  const handle = provider.callback();
  server.on("request", (request, response) => {
    if (!request.url?.startsWith("/interaction/")) return void handle(request, response);
    const { subject, signedInSecondsAgo = 0 } = self.person;
    const ts = Math.floor(Date.now() / 1000) - signedInSecondsAgo;
    void provider.interactionFinished(request, response, { login: { accountId: subject, ts } });
  });
  return self;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Follows redirects with cookies until one leads away from the provider. */
async function visit(start: URL, issuer: string): Promise<URL> {
  const jar = new Map<string, string>();
  let url = start;
  for (let step = 0; step < 10; step += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { redirect: "manual", headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    const location = response.headers.get("location");
    if (!location) throw new Error(`the provider stopped with ${response.status}: ${await response.text()}`);
    url = new URL(location, url);
    if (url.origin !== issuer) return url;
  }
  throw new Error("the provider led in circles");
}
