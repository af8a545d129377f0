import { describe, expect, it } from "vitest";
import { asksForCustomer, filled, hostOf, templateProblem } from "@/shared/screen-pop";

describe("another system's address", () => {
  it("gets its values encoded, and nothing for what is not known", () => {
    const template = "https://crm.example/find?phone={customer.phone}&name={customer.name}&case={case.id}#{channel}";
    expect(filled(template, { "customer.phone": "+44 20", "customer.name": "Pat & Söhne/#?", channel: "chat" })).toBe("https://crm.example/find?phone=%2B44%2020&name=Pat%20%26%20S%C3%B6hne%2F%23%3F&case=#chat");
    expect([hostOf(template), asksForCustomer(template), asksForCustomer("https://crm.example/{case.id}")]).toEqual(["crm.example", true, false]);
  });

  it.each(["//evil.example/", "@evil.example", "javascript:alert(1)", "..", ".", "\\\\evil.example", "https://evil.example", "a\r\nb", "\u0000", "\ud800", "%2e%2e%2f", "{case.id}"])("stays where it was with %j", (value) => {
    for (const template of ["https://crm.example/{customer.name}", "https://crm.example/a/{customer.name}/b?q={customer.name}", "https://crm.example?{customer.name}", "http://crm.example:8080/#{customer.name}"]) {
      const url = filled(template, { "customer.name": value });
      expect(url).not.toBeNull();
      const { origin, username, pathname } = new URL(url ?? "");
      expect([origin, username]).toEqual([new URL(template.replaceAll("{customer.name}", "")).origin, ""]);
      if (template.includes("/a/")) expect(pathname).toMatch(/^\/a\/[^/]*\/b$/);
    }
  });

  it("is refused where it could lead elsewhere, and an unknown placeholder is named", () => {
    for (const wrong of ["crm.example", "javascript:alert(1)", "https://{customer.name}/", "https://crm.example{case.id}/", "https://ana@crm.example/", "https://", "ftp://crm.example/", "https://crm.example/{", "https://crm.example/a b"]) {
      expect([wrong, templateProblem(wrong)?.kind, filled(wrong, {})]).toEqual([wrong, "url", null]);
    }
    expect(templateProblem("https://crm.example/{customer.fon}")).toEqual({ kind: "unknown", name: "{customer.fon}" });
  });
});
