// An OpenID Connect provider: a real one of a few lines, on loopback.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createHash, generateKeyPairSync, sign } from "node:crypto";

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/// A provider that gives whatever `claims` say to whoever comes; it checks the client as a real one does.
export class Provider {
  claims = {};
  starts = new Map(); // code → what the browser brought
  held = null; // answers to who looks for the provider, while it does not answer
  key = this.new_key("k1");

  new_key(kid) {
    return { kid, ...generateKeyPairSync("rsa", { modulusLength: 2048 }) };
  }

  async listen() {
    this.server = createServer((request, answer) => this.serve(request, answer));
    await new Promise((done) => this.server.listen(0, "127.0.0.1", done));
    this.issuer = `http://127.0.0.1:${this.server.address().port}/realm`;
  }

  async serve(request, answer) {
    const json = (value, status = 200) => answer.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    if (this.held && request.url.startsWith("/realm/.well-known/")) return this.held.push(answer);
    if (request.url === "/realm/.well-known/openid-configuration") {
      return json({ issuer: this.issuer, authorization_endpoint: `${this.issuer}/authorise`, token_endpoint: `${this.issuer}/token`, jwks_uri: `${this.issuer}/keys` });
    }
    if (request.url.startsWith("/realm/authorise?")) {
      const { code, state, back } = this.visit(new URL(request.url, this.issuer));
      return answer.writeHead(302, { location: `${back}?code=${code}&state=${state}` }).end();
    }
    if (request.url === "/realm/keys") return json({ keys: [{ ...this.key.publicKey.export({ format: "jwk" }), kid: this.key.kid, use: "sig", alg: "RS256" }] });
    let text = "";
    for await (const chunk of request) text += chunk;
    const form = new URLSearchParams(text);
    const begun = this.starts.get(form.get("code"));
    const fits = begun && form.get("client_secret") === "of the client" && createHash("sha256").update(form.get("code_verifier")).digest("base64url") === begun.challenge;
    return fits ? json({ token_type: "Bearer", id_token: this.token(begun) }) : json({ error: "invalid_grant" }, 400);
  }

  token(begun) {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: this.issuer, aud: "rapport", iat: now, exp: now + 300, nonce: begun.nonce, ...this.claims };
    const signed = `${encoded({ alg: "RS256", kid: this.key.kid })}.${encoded(claims)}`;
    return `${signed}.${sign("sha256", Buffer.from(signed), this.key.privateKey).toString("base64url")}`;
  }

  /// What a browser does at the provider: looks at the address, logs in, comes back with a code.
  visit(location) {
    const asked = new URL(location);
    assert.equal(asked.searchParams.get("response_type"), "code");
    assert.equal(asked.searchParams.get("code_challenge_method"), "S256");
    const code = `code-${this.starts.size}`;
    this.starts.set(code, { nonce: asked.searchParams.get("nonce"), challenge: asked.searchParams.get("code_challenge") });
    return { code, state: asked.searchParams.get("state"), back: asked.searchParams.get("redirect_uri") };
  }
}
