/*
 * A provider of sign-in (OpenID Connect) on loopback: node provider.mjs PORT REDIRECT_ADDRESS
 *
 * Whoever gives an address is let in with it. What comes before a dot in its host makes the token
 * wrong in one way: siti@audience.contoh.example is given one that is meant for another app.
 */
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import Provider, { interactionPolicy } from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const { privateKey } = await generateKeyPair("RS256", { extractable: true });
const { privateKey: anotherKey } = await generateKeyPair("RS256");
const key = { ...(await exportJWK(privateKey)), kid: "a", alg: "RS256", use: "sig" };
const HOUR = 3600;

/** @type {Record<string, (claims: Record<string, any>) => Record<string, any>>} */
const WRONG = {
  audience: (claims) => ({ ...claims, aud: "another-app" }),
  expired: (claims) => ({ ...claims, iat: claims.iat - 2 * HOUR, exp: claims.iat - HOUR }),
  issuer: (claims) => ({ ...claims, iss: "https://another.example" }),
  forged: (claims) => claims, // signed with a key that is none of the provider's
  yesterday: (claims) => ({ ...claims, iat: claims.iat - 24 * HOUR }),
};

const policy = interactionPolicy.base();
policy.add(new interactionPolicy.Prompt({ name: "select_account", requestable: true }), 0);

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "peta-kim",
      client_secret: "rahasia-peta-kim",
      redirect_uris: [redirect],
      post_logout_redirect_uris: [redirect],
    },
  ],
  jwks: { keys: [key] },
  cookies: { keys: ["rahasia-kue"] },
  claims: { email: ["email", "email_verified"], profile: ["name", "groups"] },
  conformIdTokenClaims: false, // claims are in the ID token, as with Keycloak
  features: { devInteractions: { enabled: false } },
  interactions: { policy, url: (_, interaction) => `/interaction/${interaction.uid}` },
  async findAccount(_, id) {
    const claims = {
      sub: id,
      email: id,
      email_verified: !id.startsWith("belum."),
      name: "Siti <b>Aminah</b>",
      groups: Array.from({ length: 100 }, () => randomUUID()), // of a large office
    };
    return { accountId: id, claims: async () => claims };
  },
  async loadExistingGrant({ oidc }) {
    const grant = new provider.Grant({
      clientId: oidc.client.clientId,
      accountId: oidc.session.accountId,
    });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

provider.use(async (context, next) => {
  await next();
  const token = context.path === "/token" && context.body?.id_token;
  if (!token) return;
  const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
  const wrong = claims.email.split("@")[1].split(".")[0];
  if (!(wrong in WRONG)) return;
  context.body.id_token = await new SignJWT(WRONG[wrong](claims))
    .setProtectedHeader({ alg: "RS256", kid: "a" })
    .sign(wrong === "forged" ? anotherKey : privateKey);
});

const answer = provider.callback();
createServer(async (request, response) => {
  if (!request.url?.startsWith("/interaction/")) return answer(request, response);
  if (request.method !== "POST") {
    response.setHeader("content-type", "text/html");
    return response.end('<form method="post"><input name="email"><button>Masuk</button></form>');
  }
  let body = "";
  for await (const part of request) body += part;
  const accountId = new URLSearchParams(body).get("email") ?? "";
  await provider.interactionFinished(request, response, { login: { accountId }, select_account: {} });
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
